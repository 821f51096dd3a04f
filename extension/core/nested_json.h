// JSON text inside a JSON string: how a jsonb value is printed, whose server text is the content of
// a string. Both levels of escaping are done in one pass.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// A string of the inner JSON, with its quotes, as the server prints it (escape_json), escaped once
// more for the string around it.
void write_nested_json_string(ByteSink *sink, std::string_view utf8);

}  // namespace outflow::core
