#include "header_text.h"

#include <charconv>

#include "utf8_text.h"

namespace outflow::core {
namespace {

// The four digits behind `\u`, a UTF-16 unit.
std::uint32_t read_unit(const char *digits) {
    std::uint32_t unit = 0;
    std::from_chars(digits, digits + 4, unit, 16);
    return unit;
}

// Which escapes stay: those of quotes and backslashes, inside the strings of a struct.
enum class Quoting : bool { kDrop, kKeep };

// A surrogate may stand alone: a text that was cut. Java prints a question mark for it.
bool is_pair(std::string_view escape) {
    return escape.size() >= 12 && escape[6] == '\\' && escape[7] == 'u' &&
           read_unit(escape.data() + 2) < 0xDC00 && read_unit(escape.data() + 8) >= 0xDC00;
}

// Appends what the escape at the front stands for and returns its length.
std::size_t append_unescaped(ByteSink *sink, std::string_view escape, Quoting quoting) {
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
            if (unit < 0xD800) {
                append_utf8(sink, unit);
                return 6;
            }
            if (!is_pair(escape)) {
                sink->append('?');
                return 6;
            }
            const std::uint32_t low = read_unit(escape.data() + 8);
            append_utf8(sink, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            return 12;
        }
        default:  // `\\` and `\"`
            sink->append(quoting == Quoting::kKeep ? escape.substr(0, 2) : escape.substr(1, 1));
            return 2;
    }
}

void unescape(ByteSink *sink, std::string_view json, Quoting quoting) {
    while (!json.empty()) {
        const std::size_t plain = json.find('\\');
        sink->append(json.substr(0, plain));
        if (plain == std::string_view::npos) return;
        json.remove_prefix(plain);
        json.remove_prefix(append_unescaped(sink, json, quoting));
    }
}

bool is_string(std::string_view json) { return json.size() >= 2 && json[0] == '"'; }

}  // namespace

void append_header_text(ByteSink *sink, std::string_view json) {
    unescape(sink, json, Quoting::kKeep);
}

void append_plain_text(ByteSink *sink, std::string_view json) {
    if (is_string(json))
        unescape(sink, json.substr(1, json.size() - 2), Quoting::kDrop);
    else
        append_header_text(sink, json);
}

bool is_blank_json_string(std::string_view json) {
    if (!is_string(json)) return false;
    std::string_view rest = json.substr(1, json.size() - 2);
    while (!rest.empty()) {
        std::size_t length = 1;
        if (rest[0] == '\\') {
            length = rest[1] == 'u' ? 6 : 2;
            if (rest[1] == '"' || rest[1] == '\\') return false;
            // Characters up to the space; json_writer.h writes no other as `\u00..`.
            if (length == 6 && read_unit(rest.data() + 2) > ' ') return false;
        } else if (static_cast<unsigned char>(rest[0]) > ' ') {
            return false;
        }
        rest.remove_prefix(length);
    }
    return true;
}

}  // namespace outflow::core
