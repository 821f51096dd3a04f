// Lower-case hexadecimal text of bytes, and of a UUID.
#pragma once

#include <cstddef>
#include <string_view>

namespace outflow::core {

constexpr std::size_t kUuidTextSize = 36;

// Writes 2 * bytes.size() characters at `out` and returns where they end.
char *encode_hex(std::string_view bytes, char *out);

// 8-4-4-4-12.
void format_uuid(const unsigned char (&uuid)[16], char (&text)[kUuidTextSize]);

}  // namespace outflow::core
