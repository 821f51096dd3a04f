#include "default_value.h"

#include <charconv>

#include "core/json_writer.h"
#include "core/time_text.h"

namespace outflow::plugin {
namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_name_byte(char byte) {
    return is_digit(byte) || byte == '_' || byte == '.' || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

// `^[(]?[A-Za-z0-9_.]+\(…\)`: something that looks like a function call, up to a closing
// parenthesis on the same line.
bool looks_like_call(std::string_view text) {
    if (text.starts_with('(')) text.remove_prefix(1);
    std::size_t name = 0;
    while (name < text.size() && is_name_byte(text[name])) ++name;
    if (name == 0 || name == text.size() || text[name] != '(') return false;
    const std::string_view arguments = text.substr(name + 1);
    return arguments.substr(0, arguments.find('\n')).find(')') != std::string_view::npos;
}

bool is_clock_word(std::string_view text) {
    static constexpr std::string_view kWords[] = {"current_timestamp", "current_time",
                                                  "current_date", "localtime", "localtimestamp"};
    for (const std::string_view word : kWords) {
        if (word.size() == text.size() &&
            pg_strncasecmp(word.data(), text.data(), word.size()) == 0)
            return true;
    }
    return false;
}

// The first 'quoted' piece, up to the next quote (a doubled quote ends it too), or the whole text
// where there is no quote. False when a quote is not closed on its line.
bool first_literal(std::string_view text, std::string_view *literal) {
    const std::size_t open = text.find('\'');
    if (open == std::string_view::npos) {
        *literal = text;
        return true;
    }
    const std::string_view rest = text.substr(open + 1);
    const std::size_t close = rest.find('\'');
    if (close == std::string_view::npos || rest.substr(0, close).find('\n') != rest.npos)
        return false;
    *literal = rest.substr(0, close);
    return true;
}

// --- strict grammars, so that no input function is given what it would refuse -------------------

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
bool is_time(std::string_view text) { return take_time(&text) && text.empty(); }
// `2020-02-03 04:05:06.789`, with a zone like `+02` or `+05:30` when `zoned`.
bool is_timestamp(std::string_view text, bool zoned) {
    if (text.size() < 19 || !is_date(text.substr(0, 10)) || text[10] != ' ') return false;
    text.remove_prefix(11);
    if (!take_time(&text)) return false;
    if (!zoned || text.empty()) return text.empty();
    if (!take_byte(&text, '+') && !take_byte(&text, '-')) return false;
    if (!take_number(&text, 2, 0, 15)) return false;
    return text.empty() || (take_byte(&text, ':') && take_number(&text, 2, 0, 59) && text.empty());
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
// Float.parseFloat, of what the server writes: shortest digits, and words for what is no number.
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
// The server's own text of an interval: `1 year 2 mons -3 days +04:05:06.78`.
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

// --- values -------------------------------------------------------------------------------------

// What the reference prints when the expression is a call that it does not evaluate.
const char *stand_in(Oid type) {
    switch (type) {
        case INT2OID:
        case INT4OID:
        case INT8OID:
            return "0";
        case NUMERICOID:
        case FLOAT4OID:
        case FLOAT8OID:
            return "0.0";
        case BOOLOID:
            return "false";
        case JSONOID:
        case JSONBOID:
            return "{}";
        case UUIDOID:
            return "00000000-0000-0000-0000-000000000000";
        case DATEOID:
            return "1970-01-01";
        case TIMEOID:
            return "00:00:00";
        case TIMESTAMPOID:
            return "1970-01-01 00:00:00";
        case TIMESTAMPTZOID:
            return "1970-01-01 00:00:00+00";
        case INTERVALOID:
            return "00:00:00";
        case BITOID:
            return "00";
        case VARBITOID:
            return "0";
        case BPCHAROID:
        case VARCHAROID:
        case TEXTOID:
        case XMLOID:
            return "";
        default:
            return nullptr;
    }
}

// Whether the type's input function surely accepts the text.
bool is_readable(std::string_view text, const Codec &codec) {
    std::int64_t number = 0;
    switch (codec.type) {
        case INT2OID:
            return is_integer(text, PG_INT16_MIN, PG_INT16_MAX, &number);
        case INT4OID:
            return is_integer(text, PG_INT32_MIN, PG_INT32_MAX, &number);
        case INT8OID:
            return is_integer(text, PG_INT64_MIN, PG_INT64_MAX, &number);
        case NUMERICOID:
            return is_decimal(text);
        case FLOAT4OID:
        case FLOAT8OID:
            return is_float(text);
        case UUIDOID:
            return is_uuid(text);
        case DATEOID:
            return is_date(text);
        case TIMEOID:
            return is_time(text);
        case TIMESTAMPOID:
            return is_timestamp(text, false);
        case TIMESTAMPTZOID:
            return is_timestamp(text, true);
        case INTERVALOID:
            return is_interval(text);
        case BITOID:
        case VARBITOID:  // a single bit is a boolean, which cannot be empty
            return text.find_first_not_of("01") == text.npos &&
                   !(text.empty() && codec.typmod == 1);
        default:
            return false;
    }
}

bool is_text_like(Oid type) {
    switch (type) {
        case BPCHAROID:
        case VARCHAROID:
        case TEXTOID:
        case JSONOID:
        case JSONBOID:
        case XMLOID:
            return true;
        default:
            return false;
    }
}

// Digits before and behind the point of a decimal, leading zeros left out.
void count_digits(std::string_view text, int *integer, int *fraction) {
    bool behind_point = false;
    *integer = *fraction = 0;
    for (const char byte : text) {
        if (byte == '.')
            behind_point = true;
        else if (behind_point)
            *fraction += is_digit(byte);
        else
            *integer += is_digit(byte) && (byte != '0' || *integer > 0);
    }
}

// The reference reads these without looking at the column's length or precision.
bool is_cut_to_its_column(Oid type) {
    switch (type) {
        case BITOID:
        case VARBITOID:
        case TIMEOID:
        case TIMESTAMPOID:
        case TIMESTAMPTZOID:
            return false;
        default:
            return true;
    }
}

// A default may be too large for its column: a row with it cannot be inserted, but the table can be
// there. Then it is taken as it stands.
std::int32_t input_typmod(std::string_view text, const Codec &codec) {
    if (!is_cut_to_its_column(codec.type)) return -1;
    if (codec.type != NUMERICOID || codec.typmod < static_cast<std::int32_t>(VARHDRSZ))
        return codec.typmod;
    const int precision = (codec.typmod - static_cast<std::int32_t>(VARHDRSZ)) >> 16 & 0xFFFF;
    int integer = 0;
    int fraction = 0;
    count_digits(text, &integer, &fraction);
    return integer <= precision - codec.scale && fraction <= codec.scale ? codec.typmod : -1;
}

// 'infinity' and '-infinity' of a date or timestamp. False when it is neither.
bool write_infinite(core::ByteSink *sink, std::string_view text, const Codec &codec) {
    const bool past = text == "-infinity";
    if (!past && text != "infinity") return false;
    if (codec.type == DATEOID)
        core::write_json_infinite_default_date(sink, past, codec.time_mode);
    else if (codec.type == TIMESTAMPOID)
        core::write_json_infinite_default_timestamp(sink, past, codec.precision, codec.time_mode);
    return true;
}

// As Java parses it; the server's input function would refuse what is out of range.
Datum float_of(const char *text, Oid type) {
    return type == FLOAT4OID ? Float4GetDatum(strtof(text, nullptr))
                             : Float8GetDatum(strtod(text, nullptr));
}

void write_datum(core::ByteSink *sink, std::string_view text, const Codec &codec) {
    if (codec.type == FLOAT4OID || codec.type == FLOAT8OID) {
        codec.encode(sink, float_of(pnstrdup(text.data(), text.size()), codec.type), codec);
        return;
    }
    Oid input = InvalidOid;
    Oid parameter = InvalidOid;
    getTypeInputInfo(codec.type, &input, &parameter);
    char *copy = pnstrdup(text.data(), text.size());
    const Datum value = OidInputFunctionCall(input, copy, parameter, input_typmod(text, codec));
    if (codec.type == TIMESTAMPTZOID)
        core::write_json_default_timestamptz(sink, DatumGetTimestampTz(value), codec.precision);
    else
        codec.encode(sink, value, codec);
}

// An enum's default must be one quoted literal with a cast; a quote in it stays doubled.
void write_enum(core::ByteSink *sink, std::string_view expression) {
    const std::size_t cast = expression.rfind("::");
    if (cast == std::string_view::npos) return;
    const std::string_view quoted = expression.substr(0, cast);
    if (quoted.size() < 2 || !quoted.starts_with('\'') || !quoted.ends_with('\'')) return;
    const std::string_view label = quoted.substr(1, quoted.size() - 2);
    core::write_json_string(sink, label);
}

void write_default(core::ByteSink *sink, std::string_view expression, const Codec &codec) {
    if (expression.starts_with("NULL::")) return;
    if (codec.labels != nullptr) {
        write_enum(sink, expression);
        return;
    }
    const bool text_like = is_text_like(codec.type);
    if (!text_like) expression = trim(expression);
    std::string_view literal;
    if (looks_like_call(expression) || is_clock_word(expression)) {
        const char *text = stand_in(codec.type);
        if (text == nullptr) return;
        literal = text;
    } else if (!first_literal(expression, &literal)) {
        return;
    }
    if (text_like)
        core::write_json_string(sink, literal);
    else if (codec.type == BOOLOID)  // Boolean.parseBoolean: everything but `true` is false
        codec.encode(
            sink,
            BoolGetDatum(pg_strcasecmp(pnstrdup(literal.data(), literal.size()), "true") == 0),
            codec);
    else if (!write_infinite(sink, literal, codec) && is_readable(literal, codec))
        write_datum(sink, literal, codec);
}

}  // namespace

std::string_view default_json_of_text(std::string_view expression, const Codec &codec) {
    if (!codec.has_default || codec.encode == nullptr) return {};
    return json_text([&](core::ByteSink *sink) { write_default(sink, expression, codec); });
}

std::string_view default_text(Relation relation, int attribute) {
    const TupleDesc descriptor = RelationGetDescr(relation);
    const TupleConstr *constraints = descriptor->constr;
    if (constraints == nullptr) return {};
    for (int at = 0; at < constraints->num_defval; ++at) {
        if (constraints->defval[at].adnum != attribute) continue;
        Node *node = static_cast<Node *>(stringToNode(constraints->defval[at].adbin));
        List *context =
            deparse_context_for(RelationGetRelationName(relation), RelationGetRelid(relation));
        return to_utf8(deparse_expression(node, context, false, false));
    }
    return {};
}

std::string_view default_json(Relation relation, int attribute, const Codec &codec) {
    if (!codec.has_default) return {};
    const std::string_view text = default_text(relation, attribute);
    return text.empty() ? std::string_view() : default_json_of_text(text, codec);
}

}  // namespace outflow::plugin
