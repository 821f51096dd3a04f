#include "app/utf8.h"

namespace outflow::relay {
namespace {

std::size_t length_by_lead(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;  // a continuation byte, or an overlong form
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) return 3;
    return lead < 0xF5 ? 4 : 0;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::size_t length = length_by_lead(byte(0));
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0) != 0x80) return 0;
    }
    if (byte(0) == 0xE0 && byte(1) < 0xA0) return 0;   // overlong
    if (byte(0) == 0xED && byte(1) >= 0xA0) return 0;  // a surrogate
    if (byte(0) == 0xF0 && byte(1) < 0x90) return 0;   // overlong
    if (byte(0) == 0xF4 && byte(1) >= 0x90) return 0;  // above U+10FFFF
    return length;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

void append_utf8(std::string *text, std::uint32_t code_point) {
    if (code_point >= 0xD800 && code_point < 0xE000) code_point = 0xFFFD;
    const auto tail = [&](int shift) {
        text->push_back(static_cast<char>(0x80 | ((code_point >> shift) & 0x3F)));
    };
    if (code_point < 0x80) {
        text->push_back(static_cast<char>(code_point));
    } else if (code_point < 0x800) {
        text->push_back(static_cast<char>(0xC0 | (code_point >> 6)));
        tail(0);
    } else if (code_point < 0x10000) {
        text->push_back(static_cast<char>(0xE0 | (code_point >> 12)));
        tail(6);
        tail(0);
    } else {
        text->push_back(static_cast<char>(0xF0 | (code_point >> 18)));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace outflow::relay
