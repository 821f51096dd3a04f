// TopicRouter: which topic a table's events go to, as Debezium's SchemaTopicNamingStrategy decides,
// and a guard: two tables whose names become the same topic after sanitising are refused, where the
// reference mixes them silently. Owned by the thread that routes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/error.h"

namespace outflow::relay {

class TopicRouter {
 public:
    TopicRouter(std::string prefix, std::string delimiter);

    // The topic of a table. On a collision OUT-1108 names both tables.
    std::optional<Failure> route(std::string_view schema, std::string_view table,
                                 std::string *topic);

    // Logical decoding messages: `<prefix>.message`.
    const std::string &message_topic() const { return message_topic_; }

 private:
    std::string prefix_;
    std::string delimiter_;
    std::string message_topic_;
    std::unordered_map<std::string, std::string> table_of_topic_;  // "schema.table", quoted
};

}  // namespace outflow::relay
