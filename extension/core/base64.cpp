#include "base64.h"

#include <cstdint>

namespace outflow::core {
namespace {

constexpr char kStandard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kUrl[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

char *encode(std::string_view bytes, const char *alphabet, char *out) {
    const auto *at = reinterpret_cast<const unsigned char *>(bytes.data());
    std::size_t left = bytes.size();
    for (; left >= 3; left -= 3, at += 3) {
        const std::uint32_t group = std::uint32_t{at[0]} << 16 | std::uint32_t{at[1]} << 8 | at[2];
        *out++ = alphabet[group >> 18];
        *out++ = alphabet[group >> 12 & 63];
        *out++ = alphabet[group >> 6 & 63];
        *out++ = alphabet[group & 63];
    }
    if (left == 0) return out;
    const std::uint32_t group =
        std::uint32_t{at[0]} << 16 | (left == 2 ? std::uint32_t{at[1]} << 8 : 0);
    *out++ = alphabet[group >> 18];
    *out++ = alphabet[group >> 12 & 63];
    *out++ = left == 2 ? alphabet[group >> 6 & 63] : '=';
    *out++ = '=';
    return out;
}

std::uint32_t digit_of(char letter) {
    const auto at = std::string_view(kStandard, 64).find(letter);
    return at == std::string_view::npos ? 0 : static_cast<std::uint32_t>(at);  // `=` as well
}

}  // namespace

char *encode_base64(std::string_view bytes, char *out) { return encode(bytes, kStandard, out); }
char *encode_base64_url(std::string_view bytes, char *out) { return encode(bytes, kUrl, out); }

char *decode_base64(std::string_view text, char *out) {
    for (; text.size() >= 4; text.remove_prefix(4)) {
        std::uint32_t group = 0;
        for (int at = 0; at < 4; ++at) group = group << 6 | digit_of(text[at]);
        *out++ = static_cast<char>(group >> 16);
        if (text[2] != '=') *out++ = static_cast<char>(group >> 8);
        if (text[3] != '=') *out++ = static_cast<char>(group);
    }
    return out;
}

}  // namespace outflow::core
