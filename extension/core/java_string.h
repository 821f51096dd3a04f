// A string as Java's ObjectOutputStream writes it (Java Object Serialization, "Stream Elements"):
// what Debezium feeds to the digest of a masked column.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// Stream header, tag, length, and the text in modified UTF-8.
void write_java_string(ByteSink *sink, std::string_view utf8);

}  // namespace outflow::core
