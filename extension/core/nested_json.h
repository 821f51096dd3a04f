// JSON text inside a JSON string: how a jsonb value is printed, whose server text is the content of
// a string, and an hstore. Both levels of escaping are done in one pass.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// How the inner text writes a control character without a name.
enum class InnerHex : bool { kLower, kUpper };  // the server (escape_json), Jackson

// A string of the inner JSON, with its quotes, escaped once more for the string around it.
void write_nested_json_string(ByteSink *sink, std::string_view utf8,
                              InnerHex hex = InnerHex::kLower);

}  // namespace outflow::core
