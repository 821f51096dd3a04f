// Record headers as Kafka Connect's SimpleHeaderConverter prints a struct: like JSON, but strings
// escape nothing except `\` and `"`.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// Appends the header text of a struct whose JSON (by json_writer.h) is `json`.
void append_header_text(ByteSink *sink, std::string_view json);

}  // namespace outflow::core
