// Names in quotes. Debezium 3.6.1 takes a streamed column's bare name for a quoted identifier.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// Whether the name stands between two equal ones of `"`, `'` and `` ` ``.
bool is_quoted_name(std::string_view name);

// Appends what a quoted name is without its quotes; a doubled quote inside is one.
void append_unquoted_name(ByteSink *sink, std::string_view quoted);

}  // namespace outflow::core
