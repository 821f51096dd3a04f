#include "route/topic_router.h"

#include <fmt/format.h>

#include <utility>

#include "core/string_sink.h"
#include "core/topic_name.h"

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

TopicRouter::TopicRouter(std::string prefix, std::string delimiter)
    : prefix_(std::move(prefix)),
      delimiter_(std::move(delimiter)),
      message_topic_(prefix_ + ".message") {}

std::optional<Failure> TopicRouter::route(std::string_view schema, std::string_view table,
                                          std::string *topic) {
    core::StringSink name;
    core::append_topic_name(&name, prefix_, delimiter_, schema, table);
    const std::string qualified = quote(schema) + '.' + quote(table);
    const auto [entry, added] = table_of_topic_.try_emplace(name.str(), qualified);
    if (!added && entry->second != qualified) {
        Failure failure;
        failure.spec = error::kTopicCollision;
        failure.message = fmt::format("tables {} and {} would both write to topic {}",
                                      entry->second, qualified, entry->first);
        failure.next = "Rename one of them, or leave one out with table.exclude.list.";
        return failure;
    }
    *topic = entry->first;
    return std::nullopt;
}

}  // namespace outflow::relay
