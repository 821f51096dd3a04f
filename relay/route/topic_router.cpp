#include "route/topic_router.h"

#include <fmt/format.h>

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

}  // namespace

std::optional<Failure> TopicRouter::claim(std::string_view schema, std::string_view table,
                                          std::string_view topic) {
    if (schema.empty() && table.empty()) return std::nullopt;
    const std::string qualified = quote(schema) + '.' + quote(table);
    const auto [entry, added] = table_of_topic_.try_emplace(std::string(topic), qualified);
    if (added || entry->second == qualified) return std::nullopt;
    Failure failure;
    failure.spec = error::kTopicCollision;
    failure.message = fmt::format("tables {} and {} would both write to topic {}", entry->second,
                                  qualified, entry->first);
    failure.next = "Rename one of them, or leave one out with table.exclude.list.";
    return failure;
}

}  // namespace outflow::relay
