// TopicRouter: a guard over the topics that the plugin names: two tables whose names become the
// same topic after sanitising are refused, where the reference mixes them silently. Owned by the
// thread that routes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/error.h"

namespace outflow::relay {

// A table and its topic, as the plugin names it.
struct TableTopic {
    std::string schema;
    std::string table;
    std::string topic;
};
using Tables = std::vector<TableTopic>;

class TopicRouter {
 public:
    // Gives the topic to the table, for good. On a collision OUT-1108 names both tables. What is no
    // table (both names empty) takes part in no collision.
    std::optional<Failure> claim(std::string_view schema, std::string_view table,
                                 std::string_view topic);

 private:
    std::unordered_map<std::string, std::string> table_of_topic_;  // "schema.table", quoted
};

}  // namespace outflow::relay
