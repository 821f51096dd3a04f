#include "lsn.h"

#include <charconv>

namespace outflow::core {
namespace {

char *write_hex(std::uint32_t half, char *out) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    int shift = 28;
    while (shift > 0 && (half >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) *out++ = kDigits[(half >> shift) & 0xF];
    return out;
}

bool parse_half(std::string_view text, std::uint32_t *half) {
    if (text.empty() || text.size() > 8) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *half, 16);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

int format_lsn(std::uint64_t lsn, char (&text)[kLsnTextSize]) {
    char *end = write_hex(static_cast<std::uint32_t>(lsn >> 32), text);
    *end++ = '/';
    end = write_hex(static_cast<std::uint32_t>(lsn), end);
    return static_cast<int>(end - text);
}

bool parse_lsn(std::string_view text, std::uint64_t *lsn) {
    const std::size_t slash = text.find('/');
    std::uint32_t high = 0;
    std::uint32_t low = 0;
    if (slash == std::string_view::npos || !parse_half(text.substr(0, slash), &high) ||
        !parse_half(text.substr(slash + 1), &low))
        return false;
    *lsn = static_cast<std::uint64_t>(high) << 32 | low;
    return true;
}

}  // namespace outflow::core
