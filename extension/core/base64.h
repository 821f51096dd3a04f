// Base64 of RFC 4648 with padding, on one line.
#pragma once

#include <cstddef>
#include <string_view>

namespace outflow::core {

constexpr std::size_t base64_size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

// Write base64_size(bytes.size()) characters at `out` and return where they end.
char *encode_base64(std::string_view bytes, char *out);      // alphabet with + and /
char *encode_base64_url(std::string_view bytes, char *out);  // alphabet with - and _

}  // namespace outflow::core
