#include "header_text.h"

#include <charconv>

namespace outflow::core {
namespace {

// The four digits behind `\u`, a UTF-16 unit.
std::uint32_t read_unit(const char *digits) {
    std::uint32_t unit = 0;
    std::from_chars(digits, digits + 4, unit, 16);
    return unit;
}

void append_utf8(ByteSink *sink, std::uint32_t code) {
    if (code < 0x80) {
        sink->append(static_cast<char>(code));
        return;
    }
    // json_writer.h escapes control characters and what lies above U+FFFF, nothing in between.
    const char bytes[] = {
        static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 0x3F)),
        static_cast<char>(0x80 | (code >> 6 & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
    sink->append(std::string_view(bytes, sizeof bytes));
}

// Appends what the escape at the front stands for and returns its length.
std::size_t append_unescaped(ByteSink *sink, std::string_view escape) {
    switch (escape[1]) {
        case 'b':
            sink->append('\b');
            return 2;
        case 'f':
            sink->append('\f');
            return 2;
        case 'n':
            sink->append('\n');
            return 2;
        case 'r':
            sink->append('\r');
            return 2;
        case 't':
            sink->append('\t');
            return 2;
        case 'u': {
            const std::uint32_t unit = read_unit(escape.data() + 2);
            if (unit < 0xD800 || escape.size() < 12) {
                append_utf8(sink, unit);
                return 6;
            }
            const std::uint32_t low = read_unit(escape.data() + 8);
            append_utf8(sink, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            return 12;
        }
        default:  // `\\` and `\"` stay
            sink->append(escape.substr(0, 2));
            return 2;
    }
}

}  // namespace

void append_header_text(ByteSink *sink, std::string_view json) {
    while (!json.empty()) {
        const std::size_t plain = json.find('\\');
        sink->append(json.substr(0, plain));
        if (plain == std::string_view::npos) return;
        json.remove_prefix(plain);
        json.remove_prefix(append_unescaped(sink, json));
    }
}

}  // namespace outflow::core
