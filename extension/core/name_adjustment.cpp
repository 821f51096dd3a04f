#include "name_adjustment.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "utf16_units.h"

namespace outflow::core {
namespace {

constexpr bool is_letter(char32_t unit) {
    return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
}

// The zeros of the decimal digits that one UTF-16 unit holds (Unicode category Nd; nine more follow
// each): java.lang.Character.isDigit.
constexpr char16_t kZeros[] = {0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6,
                               0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0,
                               0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
                               0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900,
                               0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10};

bool is_java_digit(char16_t unit) {
    const auto *above = std::upper_bound(std::begin(kZeros), std::end(kZeros), unit);
    return above != std::begin(kZeros) && unit - above[-1] < 10;
}

struct Rules {
    NameAdjustment adjustment;
    bool dots;  // behind the first character

    bool is_valid_first(char16_t unit) const {
        return is_letter(unit) || (unit == '_' && adjustment == NameAdjustment::kAvro);
    }
    bool is_valid(char16_t unit) const {
        return is_valid_first(unit) || (unit >= '0' && unit <= '9') || (unit == '.' && dots);
    }
};

void append_replacement(ByteSink *sink, char16_t unit, const Rules &rules) {
    if (rules.adjustment == NameAdjustment::kAvroUnicode)
        append_unicode_escape(sink, unit);
    else
        sink->append('_');
}

// The first unit decides alone whether a digit is kept behind its replacement.
void append_first(ByteSink *sink, std::string_view bytes, char16_t unit, const Rules &rules) {
    if (rules.is_valid_first(unit)) {
        sink->append(bytes);
        return;
    }
    append_replacement(sink, unit, rules);
    if (rules.adjustment == NameAdjustment::kAvro && is_java_digit(unit)) sink->append(bytes);
}

void append_adjusted(ByteSink *sink, std::string_view name, const Rules &rules) {
    bool first = true;
    while (!name.empty()) {
        const char *begin = name.data();
        const char32_t character = take_character(&name);
        const std::string_view bytes(begin, static_cast<std::size_t>(name.data() - begin));
        for_each_unit(character, [&](char16_t unit) {
            if (first)
                append_first(sink, bytes, unit, rules);
            else if (rules.is_valid(unit))
                sink->append(bytes);
            else
                append_replacement(sink, unit, rules);
            first = false;
        });
    }
}

void append_name(ByteSink *sink, std::string_view name, const Rules &rules) {
    if (rules.adjustment == NameAdjustment::kNone)
        sink->append(name);
    else
        append_adjusted(sink, name, rules);
}

}  // namespace

void append_schema_name(ByteSink *sink, std::string_view name, NameAdjustment adjustment) {
    append_name(sink, name, {adjustment, true});
}

void append_field_name(ByteSink *sink, std::string_view name, NameAdjustment adjustment) {
    append_name(sink, name, {adjustment, false});
}

void append_unicode_escape(ByteSink *sink, char16_t unit) {
    char digits[8];
    const char *end = std::to_chars(digits, digits + sizeof digits, unsigned{unit}, 16).ptr;
    const std::string_view hex(digits, static_cast<std::size_t>(end - digits));
    sink->append(hex.size() <= 2 ? "_u00" : "_u");
    sink->append(hex);
}

}  // namespace outflow::core
