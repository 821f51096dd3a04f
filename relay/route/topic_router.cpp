#include "route/topic_router.h"

#include <fmt/format.h>

#include "app/log.h"

namespace outflow::relay {
namespace {

std::string quote(std::string_view name) {
    std::string quoted = "\"";
    for (const char byte : name) {
        if (byte == '"') quoted.push_back('"');
        quoted.push_back(byte);
    }
    return quoted + '"';
}

std::string qualify(std::string_view schema, std::string_view table) {
    return quote(schema) + '.' + quote(table);
}

}  // namespace

std::string TopicRouter::other_holder(const std::string &qualified, std::string_view topic) {
    const auto [entry, added] = table_of_topic_.try_emplace(std::string(topic), qualified);
    return added || shared_ || entry->second == qualified ? std::string() : entry->second;
}

std::optional<Failure> TopicRouter::claim(std::string_view schema, std::string_view table,
                                          std::string_view topic) {
    if (schema.empty() && table.empty()) return std::nullopt;
    const std::string qualified = qualify(schema, table);
    const std::string other = other_holder(qualified, topic);
    if (other.empty()) return std::nullopt;
    Failure failure;
    failure.spec = error::kTopicCollision;
    failure.message =
        fmt::format("tables {} and {} would both write to topic {}", other, qualified, topic);
    failure.next = "Rename one of them, or leave one out with table.exclude.list.";
    return failure;
}

void TopicRouter::claim_past(std::string_view schema, std::string_view table,
                             std::string_view topic) {
    if (schema.empty() && table.empty()) return;
    const std::string qualified = qualify(schema, table);
    const std::string other = other_holder(qualified, topic);
    if (other.empty()) return;
    log_warn("route", {.code = error::kTopicCollision->code},
             "rows of {} from before it was renamed or dropped go to topic {}, which is {}'s",
             qualified, topic, other);
}

}  // namespace outflow::relay
