// outflow.topic.overrides: the topics of single tables, `schema.table:topic` in a list with commas.
// They come last, behind the naming strategy and the routers, and leave schema names alone.
#pragma once

#include <string_view>

namespace outflow::plugin {

// Raises an error for an entry that is none.
void check_topic_overrides(std::string_view list);

// Empty when the list has none for the table.
std::string_view overriding_topic(std::string_view list, std::string_view schema,
                                  std::string_view table);

}  // namespace outflow::plugin
