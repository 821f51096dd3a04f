// Base64 of RFC 4648 with padding, on one line.
#pragma once

#include <cstddef>
#include <string_view>

namespace outflow::core {

constexpr std::size_t base64_size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

// Write base64_size(bytes.size()) characters at `out` and return where they end.
char *encode_base64(std::string_view bytes, char *out);      // alphabet with + and /
char *encode_base64_url(std::string_view bytes, char *out);  // alphabet with - and _

// Writes the bytes of what encode_base64 wrote, at most text.size() / 4 * 3, and returns where they
// end. Reads nothing else right, but whatever it reads it stays within these bounds.
char *decode_base64(std::string_view text, char *out);

}  // namespace outflow::core
