#include "app/properties_file.h"

#include <cstdint>

#include "app/utf8.h"

namespace outflow::relay {
namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\f'; }

std::string_view skip_blanks(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    return text;
}

// Takes one line off the text, its terminator (\n, \r or both) not included.
std::string_view take_line(std::string_view *text) {
    const std::size_t end = text->find_first_of("\r\n");
    const std::string_view line = text->substr(0, end);
    if (end == std::string_view::npos) {
        *text = {};
    } else {
        text->remove_prefix(text->substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
    return line;
}

bool continues(std::string_view line) {
    std::size_t backslashes = 0;
    while (backslashes < line.size() && line[line.size() - 1 - backslashes] == '\\') ++backslashes;
    return backslashes % 2 == 1;
}

// The end of the key: the first blank, `=` or `:` that no backslash precedes.
std::size_t key_end(std::string_view line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '\\') {
            ++at;
        } else if (is_blank(line[at]) || line[at] == '=' || line[at] == ':') {
            return at;
        }
    }
    return line.size();
}

int hex_digit(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

bool parse_unit(std::string_view digits, std::uint32_t *unit) {
    if (digits.size() < 4) return false;
    *unit = 0;
    for (std::size_t at = 0; at < 4; ++at) {
        const int digit = hex_digit(digits[at]);
        if (digit < 0) return false;
        *unit = *unit * 16 + static_cast<std::uint32_t>(digit);
    }
    return true;
}

// `text` begins behind "\u". Takes a second \uXXXX along when both make a surrogate pair.
bool unescape_unicode(std::string_view *text, std::string *out) {
    std::uint32_t unit = 0;
    if (!parse_unit(*text, &unit)) return false;
    text->remove_prefix(4);
    std::uint32_t low = 0;
    if (unit >= 0xD800 && unit < 0xDC00 && text->starts_with("\\u") &&
        parse_unit(text->substr(2), &low) && low >= 0xDC00 && low < 0xE000) {
        text->remove_prefix(6);
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, unit);
    return true;
}

bool unescape(std::string_view text, std::string *out) {
    while (!text.empty()) {
        const char byte = text.front();
        text.remove_prefix(1);
        if (byte != '\\') {
            out->push_back(byte);
            continue;
        }
        if (text.empty()) return true;  // a lone backslash at the end of the file
        const char escaped = text.front();
        text.remove_prefix(1);
        switch (escaped) {
            case 't':
                out->push_back('\t');
                break;
            case 'n':
                out->push_back('\n');
                break;
            case 'r':
                out->push_back('\r');
                break;
            case 'f':
                out->push_back('\f');
                break;
            case 'u':
                if (!unescape_unicode(&text, out)) return false;
                break;
            default:
                out->push_back(escaped);
        }
    }
    return true;
}

bool parse_line(std::string_view line, FileEntry *entry) {
    const std::size_t end = key_end(line);
    if (!unescape(line.substr(0, end), &entry->key)) return false;
    std::string_view rest = skip_blanks(line.substr(end));
    if (rest.starts_with('=') || rest.starts_with(':')) rest.remove_prefix(1);
    return unescape(skip_blanks(rest), &entry->value);
}

}  // namespace

bool parse_properties(std::string_view text, std::vector<FileEntry> *entries, std::string *reason) {
    std::string converted;
    if (!is_utf8(text)) {
        for (const char byte : text) append_utf8(&converted, static_cast<unsigned char>(byte));
        text = converted;
    }
    int line_number = 0;
    while (!text.empty()) {
        const int first_line = ++line_number;
        const std::string_view line = skip_blanks(take_line(&text));
        if (line.empty() || line.front() == '#' || line.front() == '!') continue;
        std::string logical(line);
        while (continues(logical)) {
            logical.pop_back();
            if (text.empty()) break;
            ++line_number;
            logical += skip_blanks(take_line(&text));
        }
        FileEntry entry;
        entry.line = first_line;
        if (!parse_line(logical, &entry)) {
            *reason = "line " + std::to_string(first_line) + ": \\u needs four hexadecimal digits";
            return false;
        }
        entries->push_back(std::move(entry));
    }
    return true;
}

}  // namespace outflow::relay
