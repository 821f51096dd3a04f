// A JSON value that json_writer.h has written, changed or read afterwards. So a transformation of
// columns works on every type's output without knowing the type.
#pragma once

#include <cstddef>
#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// The value is what the sink holds from `begin` on. Both cut a quoted value short and leave any
// other one alone: the string behind `units` UTF-16 units, as Java's substring does (which may
// leave half of a surrogate pair), the base64 text behind `bytes` of the bytes it stands for.
void cut_json_string(ByteSink *sink, std::size_t begin, std::size_t units);
void cut_json_base64(ByteSink *sink, std::size_t begin, std::size_t bytes);

// Appends the text that a JSON string stands for, as UTF-8.
void append_json_text(ByteSink *sink, std::string_view json);

inline bool is_json_string(std::string_view json) { return json.starts_with('"'); }

}  // namespace outflow::core
