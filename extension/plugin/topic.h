// The topic of a table under the session's naming strategy. Allocated in the current context.
#pragma once

#include <string_view>

#include "options.h"

namespace outflow::plugin {

// Schema and table as UTF-8. The name is the stem of the table's schema names as well.
std::string_view topic_of(const Options &options, std::string_view schema, std::string_view table);

// Where logical messages go.
std::string_view message_topic(const Options &options);

}  // namespace outflow::plugin
