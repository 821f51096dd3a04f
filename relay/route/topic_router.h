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

    std::string name() const { return schema + "." + table; }
};
using Tables = std::vector<TableTopic>;

class TopicRouter {
 public:
    // `shared`: a naming strategy by pattern sends several tables to one topic on purpose.
    explicit TopicRouter(bool shared = false) : shared_(shared) {}

    // Gives the topic to the table, for good. On a collision OUT-1108 names both tables. What is no
    // table (both names empty) takes part in no collision.
    std::optional<Failure> claim(std::string_view schema, std::string_view table,
                                 std::string_view topic);
    // The same for a name that may be over: the stream is behind the catalogue in which the tables
    // of before were found. A collision that somebody has ended by a rename is told and let pass,
    // else the rows from before the rename could never be read.
    void claim_past(std::string_view schema, std::string_view table, std::string_view topic);

 private:
    // The other table that has the topic; empty when it is free.
    std::string other_holder(const std::string &qualified, std::string_view topic);

    bool shared_;
    std::unordered_map<std::string, std::string> table_of_topic_;  // "schema.table", quoted
};

}  // namespace outflow::relay
