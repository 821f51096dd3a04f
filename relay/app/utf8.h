// The little of UTF-8 that reading configuration and writing log lines need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace outflow::relay {

// Bytes of the well-formed character at the front of `text` (not empty); 0 when there is none.
std::size_t utf8_length(std::string_view text);

bool is_utf8(std::string_view text);

// A lone surrogate becomes U+FFFD.
void append_utf8(std::string *text, std::uint32_t code_point);

}  // namespace outflow::relay
