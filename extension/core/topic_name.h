// The name of a table's topic, as Debezium's SchemaTopicNamingStrategy makes it. Shared because it
// is also the stem of the schema names in `schemas.enable=true` values.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

constexpr std::size_t kMaxTopicBytes = 249;

// Appends `<prefix><delimiter><schema><delimiter><table>`: each UTF-16 unit outside
// `A-Z a-z 0-9 . _ -` becomes `_` (a character above U+FFFF gives two), the result is cut to 249.
void append_topic_name(ByteSink *sink, std::string_view prefix, std::string_view delimiter,
                       std::string_view schema, std::string_view table);

// Appends `<prefix>.message`, where logical messages go: with a dot, whatever the delimiter is.
void append_message_topic(ByteSink *sink, std::string_view prefix);

}  // namespace outflow::core
