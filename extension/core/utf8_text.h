// One character as UTF-8.
#pragma once

#include <cstdint>

#include "byte_sink.h"

namespace outflow::core {

// `code`: a Unicode scalar value.
inline void append_utf8(ByteSink *sink, std::uint32_t code) {
    const auto rest = [code](int shift) {
        return static_cast<char>(0x80 | (code >> shift & 0x3F));
    };
    if (code < 0x80) {
        sink->append(static_cast<char>(code));
    } else if (code < 0x800) {
        const char bytes[] = {static_cast<char>(0xC0 | code >> 6), rest(0)};
        sink->append(std::string_view(bytes, sizeof bytes));
    } else if (code < 0x10000) {
        const char bytes[] = {static_cast<char>(0xE0 | code >> 12), rest(6), rest(0)};
        sink->append(std::string_view(bytes, sizeof bytes));
    } else {
        const char bytes[] = {static_cast<char>(0xF0 | code >> 18), rest(12), rest(6), rest(0)};
        sink->append(std::string_view(bytes, sizeof bytes));
    }
}

}  // namespace outflow::core
