#include "java_string.h"

#include <cstdint>

namespace outflow::core {
namespace {

constexpr char kStreamHeader[] = {'\xAC', '\xED', '\x00', '\x05'};
constexpr char kString = 0x74;      // a length of two bytes follows
constexpr char kLongString = 0x7C;  // one of eight
constexpr std::size_t kLongestString = 0xFFFF;

bool is_above_bmp(char lead) { return static_cast<unsigned char>(lead) >= 0xF0; }

// Modified UTF-8 writes a character above U+FFFF as its two surrogates, three bytes each.
std::uint64_t modified_size(std::string_view utf8) {
    std::uint64_t size = utf8.size();
    for (const char byte : utf8) size += is_above_bmp(byte) ? 2 : 0;
    return size;
}

void append_big_endian(ByteSink *sink, std::uint64_t number, int bytes) {
    for (int at = bytes - 1; at >= 0; --at) sink->append(static_cast<char>(number >> (8 * at)));
}

void append_surrogate(ByteSink *sink, std::uint32_t unit) {
    sink->append(static_cast<char>(0xE0 | unit >> 12));
    sink->append(static_cast<char>(0x80 | (unit >> 6 & 0x3F)));
    sink->append(static_cast<char>(0x80 | (unit & 0x3F)));
}

void append_surrogates(ByteSink *sink, std::string_view four) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(four[at]); };
    const std::uint32_t code = (byte(0) & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 |
                               (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
    append_surrogate(sink, 0xD800 + ((code - 0x10000) >> 10));
    append_surrogate(sink, 0xDC00 + ((code - 0x10000) & 0x3FF));
}

}  // namespace

void write_java_string(ByteSink *sink, std::string_view utf8) {
    const std::uint64_t size = modified_size(utf8);
    sink->append(std::string_view(kStreamHeader, sizeof kStreamHeader));
    sink->append(size > kLongestString ? kLongString : kString);
    append_big_endian(sink, size, size > kLongestString ? 8 : 2);
    while (!utf8.empty()) {
        std::size_t plain = 0;
        while (plain < utf8.size() && !is_above_bmp(utf8[plain])) ++plain;
        sink->append({utf8.data(), plain});
        utf8.remove_prefix(plain);
        if (utf8.size() < 4) return sink->append(utf8);
        append_surrogates(sink, utf8);
        utf8.remove_prefix(4);
    }
}

}  // namespace outflow::core
