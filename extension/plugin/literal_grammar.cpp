#include "literal_grammar.h"

#include <charconv>

#include "pg/pg.h"

namespace outflow::plugin {
namespace {

// Consumes `count` digits as a number in [low, high].
bool take_number(std::string_view *text, std::size_t count, int low, int high) {
    if (text->size() < count) return false;
    int number = 0;
    for (std::size_t at = 0; at < count; ++at) {
        if (!is_digit((*text)[at])) return false;
        number = number * 10 + ((*text)[at] - '0');
    }
    text->remove_prefix(count);
    return number >= low && number <= high;
}

bool take_byte(std::string_view *text, char byte) {
    if (text->empty() || text->front() != byte) return false;
    text->remove_prefix(1);
    return true;
}

bool take_date(std::string_view *text) {
    return take_number(text, 4, 1, 9999) && take_byte(text, '-') && take_number(text, 2, 1, 12) &&
           take_byte(text, '-') && take_number(text, 2, 1, 28);
}

void skip_fraction(std::string_view *text) {
    if (text->size() < 2 || text->front() != '.' || !is_digit((*text)[1])) return;
    text->remove_prefix(1);
    while (!text->empty() && is_digit(text->front())) text->remove_prefix(1);
}

bool take_time(std::string_view *text) {
    const bool taken = take_number(text, 2, 0, 23) && take_byte(text, ':') &&
                       take_number(text, 2, 0, 59) && take_byte(text, ':') &&
                       take_number(text, 2, 0, 59);
    if (taken) skip_fraction(text);
    return taken;
}

// A unit of an interval, each once and in this order.
bool take_unit(std::string_view *text, std::size_t *next_unit) {
    static constexpr std::string_view kUnits[] = {"year", "mon", "day"};
    for (std::size_t unit = *next_unit; unit < std::size(kUnits); ++unit) {
        if (!text->starts_with(kUnits[unit])) continue;
        text->remove_prefix(kUnits[unit].size());
        take_byte(text, 's');
        *next_unit = unit + 1;
        return true;
    }
    return false;
}

}  // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

bool is_integer(std::string_view text, std::int64_t low, std::int64_t high, std::int64_t *number) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto result = std::from_chars(text.data(), text.data() + text.size(), *number);
    return result.ec == std::errc() && result.ptr == text.data() + text.size() && *number >= low &&
           *number <= high;
}

bool is_decimal(std::string_view text) {
    if (!take_byte(&text, '-')) take_byte(&text, '+');
    std::size_t digits = 0;
    bool point = false;
    for (; !text.empty(); text.remove_prefix(1)) {
        if (is_digit(text.front()))
            ++digits;
        else if (text.front() == '.' && !point)
            point = true;
        else
            return false;
    }
    return digits > 0 && digits <= 1000;
}

bool is_float(std::string_view text) {
    if (text == "NaN" || text == "Infinity" || text == "-Infinity") return true;
    const std::size_t exponent = text.find('e');
    if (exponent == text.npos) return is_decimal(text);
    std::int64_t power = 0;
    return exponent < 30 && is_decimal(text.substr(0, exponent)) &&
           is_integer(text.substr(exponent + 1), -400, 400, &power);
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
        if (dash ? text[at] != '-' : !isxdigit(static_cast<unsigned char>(text[at]))) return false;
    }
    return true;
}

// Days 29 to 31 depend on the month: let the server's own arithmetic decide.
bool is_date(std::string_view text) {
    std::string_view rest = text;
    if (take_date(&rest)) return rest.empty();
    rest = text;
    if (!take_number(&rest, 4, 1, 9999) || !take_byte(&rest, '-')) return false;
    const std::string_view month_text = rest;
    if (!take_number(&rest, 2, 1, 12) || !take_byte(&rest, '-')) return false;
    const std::string_view day_text = rest;
    if (!take_number(&rest, 2, 29, 31) || !rest.empty()) return false;
    const int year =
        (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    const int month = (month_text[0] - '0') * 10 + (month_text[1] - '0');
    const int day = (day_text[0] - '0') * 10 + (day_text[1] - '0');
    return day <= day_tab[isleap(year)][month - 1];
}

bool is_time(std::string_view text) { return take_time(&text) && text.empty(); }

bool is_timestamp(std::string_view text, bool zoned) {
    if (text.size() < 19 || !is_date(text.substr(0, 10)) || text[10] != ' ') return false;
    text.remove_prefix(11);
    if (!take_time(&text)) return false;
    if (!zoned || text.empty()) return text.empty();
    if (!take_byte(&text, '+') && !take_byte(&text, '-')) return false;
    if (!take_number(&text, 2, 0, 15)) return false;
    return text.empty() || (take_byte(&text, ':') && take_number(&text, 2, 0, 59) && text.empty());
}

bool is_interval(std::string_view text) {
    bool any = false;
    std::size_t next_unit = 0;
    while (!(text = trim(text)).empty()) {
        if (!take_byte(&text, '-')) take_byte(&text, '+');
        std::size_t digits = 0;
        while (digits < text.size() && is_digit(text[digits])) ++digits;
        if (digits == 0 || digits > 8) return false;
        text.remove_prefix(digits);
        if (take_byte(&text, ':')) {
            if (!take_number(&text, 2, 0, 59)) return false;
            if (take_byte(&text, ':')) {
                if (!take_number(&text, 2, 0, 59)) return false;
                skip_fraction(&text);
            }
            return trim(text).empty();
        }
        text = trim(text);
        if (!take_unit(&text, &next_unit)) return false;
        any = true;
    }
    return any;
}

}  // namespace outflow::plugin
