// Record headers as Kafka Connect's SimpleHeaderConverter prints a struct: like JSON, but strings
// escape nothing except `\` and `"`.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// Appends the header text of a struct whose JSON (by json_writer.h) is `json`.
void append_header_text(ByteSink *sink, std::string_view json);

// The same for a value of any kind: a string stands there bare, without quotes and escapes.
void append_plain_text(ByteSink *sink, std::string_view json);

// A string of nothing but characters that Java's String.trim takes away, or none.
bool is_blank_json_string(std::string_view json);

}  // namespace outflow::core
