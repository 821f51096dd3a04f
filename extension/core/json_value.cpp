#include "json_value.h"

#include <charconv>

namespace outflow::core {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Bytes of the first character of a JSON string's body, and its UTF-16 units. Above U+FFFF there
// are only escapes, each of one unit.
std::size_t unit_size(std::string_view body) {
    const auto lead = static_cast<unsigned char>(body[0]);
    std::size_t size = 1;
    if (lead == '\\')
        size = body.size() > 1 && body[1] == 'u' ? 6 : 2;
    else if (lead >= 0xE0)
        size = 3;
    else if (lead >= 0xC0)
        size = 2;
    return size < body.size() ? size : body.size();
}

// What stands between the quotes, or false for another value.
bool quoted_body(const ByteSink &sink, std::size_t begin, std::string_view *body) {
    const std::string_view value = sink.view_from(begin);
    if (value.size() < 2 || !is_json_string(value)) return false;
    *body = {value.data() + 1, value.size() - 2};
    return true;
}

// Keeps so much of the quoted body.
void end_body(ByteSink *sink, std::size_t begin, std::size_t size) {
    sink->size = begin + 1 + size;
    sink->append('"');
}

std::uint32_t read_unit(const char *digits) {
    std::uint32_t unit = 0;
    std::from_chars(digits, digits + 4, unit, 16);
    return unit;
}

void append_utf8(ByteSink *sink, std::uint32_t code) {
    const auto tail = [&](int shift) {
        sink->append(static_cast<char>(0x80 | (code >> shift & 0x3F)));
    };
    if (code < 0x80) {
        sink->append(static_cast<char>(code));
    } else if (code < 0x10000) {
        sink->append(static_cast<char>(0xE0 | code >> 12));
        tail(6);
        tail(0);
    } else {
        sink->append(static_cast<char>(0xF0 | code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

// A \uXXXX, or a pair of them; returns its size. Half a pair stays what it is, in three bytes.
std::size_t append_unicode_escape(ByteSink *sink, std::string_view text) {
    if (text.size() < 6) return text.size();
    const std::uint32_t unit = read_unit(text.data() + 2);
    const bool is_pair =
        unit >= 0xD800 && unit < 0xDC00 && text.size() >= 12 && text[6] == '\\' && text[7] == 'u';
    if (!is_pair) {
        append_utf8(sink, unit);
        return 6;
    }
    append_utf8(sink, 0x10000 + ((unit - 0xD800) << 10) + (read_unit(text.data() + 8) - 0xDC00));
    return 12;
}

std::size_t append_escape(ByteSink *sink, std::string_view text) {
    constexpr std::string_view kLetters = "bfnrt";
    constexpr std::string_view kMeanings = "\b\f\n\r\t";
    if (text.size() < 2) return text.size();
    if (text[1] == 'u') return append_unicode_escape(sink, text);
    const std::size_t letter = kLetters.find(text[1]);
    sink->append(letter == std::string_view::npos ? text[1] : kMeanings[letter]);
    return 2;
}

}  // namespace

void cut_json_string(ByteSink *sink, std::size_t begin, std::size_t units) {
    std::string_view body;
    if (!quoted_body(*sink, begin, &body)) return;
    std::string_view rest = body;
    for (; units > 0 && !rest.empty(); --units) rest.remove_prefix(unit_size(rest));
    if (!rest.empty()) end_body(sink, begin, body.size() - rest.size());
}

void cut_json_base64(ByteSink *sink, std::size_t begin, std::size_t bytes) {
    std::string_view body;
    if (!quoted_body(*sink, begin, &body)) return;
    const std::size_t groups = bytes / 3;
    const std::size_t left = bytes % 3;  // bytes of the group that is kept in part
    if (groups >= body.size() / 4) return;
    if (left == 0) return end_body(sink, begin, groups * 4);
    char *group = sink->data + begin + 1 + groups * 4;
    if (left == 2 && group[3] == '=') return;  // it has no third byte
    if (left == 1 && group[2] == '=') return;
    // The last character that is kept holds bits of the next byte.
    const std::size_t kept = kBase64.find(group[left]);
    group[left] = kBase64[kept & (left == 1 ? 0x30 : 0x3C)];
    for (std::size_t at = left + 1; at < 4; ++at) group[at] = '=';
    end_body(sink, begin, groups * 4 + 4);
}

void append_json_text(ByteSink *sink, std::string_view json) {
    if (json.size() < 2 || !is_json_string(json)) return;
    std::string_view body = {json.data() + 1, json.size() - 2};
    while (!body.empty()) {
        const std::size_t plain = body.find('\\');
        sink->append(body.substr(0, plain));
        if (plain == std::string_view::npos) return;
        body.remove_prefix(plain);
        body.remove_prefix(append_escape(sink, body));
    }
}

}  // namespace outflow::core
