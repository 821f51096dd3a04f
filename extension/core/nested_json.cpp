#include "nested_json.h"

#include "json_writer.h"

namespace outflow::core {
namespace {

constexpr bool is_plain(char byte) {
    return static_cast<unsigned char>(byte) >= 0x20 && byte != '"' && byte != '\\';
}

std::size_t plain_prefix(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && is_plain(text[size])) ++size;
    return size;
}

// The inner escape's backslash is itself escaped by the outer string.
void write_special(ByteSink *sink, char byte, InnerHex hex) {
    switch (byte) {
        case '"':
            sink->append(R"(\\\")");
            return;
        case '\\':
            sink->append(R"(\\\\)");
            return;
        case '\b':
            sink->append(R"(\\b)");
            return;
        case '\f':
            sink->append(R"(\\f)");
            return;
        case '\n':
            sink->append(R"(\\n)");
            return;
        case '\r':
            sink->append(R"(\\r)");
            return;
        case '\t':
            sink->append(R"(\\t)");
            return;
        default: {
            const char *digits = hex == InnerHex::kUpper ? "0123456789ABCDEF" : "0123456789abcdef";
            const auto code = static_cast<unsigned char>(byte);
            const char escape[] = {
                '\\', '\\', 'u', '0', '0', digits[code >> 4], digits[code & 0xF]};
            sink->append(std::string_view(escape, sizeof escape));
        }
    }
}

}  // namespace

void write_nested_json_string(ByteSink *sink, std::string_view utf8, InnerHex hex) {
    sink->append(R"(\")");
    while (true) {
        const std::size_t plain = plain_prefix(utf8);
        if (plain > 0) write_json_string_body(sink, utf8.substr(0, plain));
        if (plain == utf8.size()) break;
        write_special(sink, utf8[plain], hex);
        utf8.remove_prefix(plain + 1);
    }
    sink->append(R"(\")");
}

}  // namespace outflow::core
