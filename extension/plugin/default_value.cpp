#include "default_value.h"

#include <algorithm>
#include <charconv>

#include "core/json_writer.h"
#include "core/time_text.h"
#include "literal_grammar.h"

namespace outflow::plugin {
namespace {

bool is_name_byte(char byte) {
    return is_digit(byte) || byte == '_' || byte == '.' || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
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

// The digits of a numeric(p,s) as far as its scale; empty when it has more of them. The precision
// does not matter: a row with such a default cannot be inserted, but the table can be there.
std::string_view scaled_decimal(std::string_view text, int scale) {
    const std::size_t point = text.find('.');
    const int digits = point == text.npos ? 0 : static_cast<int>(text.size() - point - 1);
    if (digits > scale) return {};
    char *copy = static_cast<char *>(palloc(text.size() + static_cast<std::size_t>(scale) + 2));
    char *end = std::copy(text.begin(), text.end(), copy);
    if (point == text.npos && scale > 0) *end++ = '.';
    end = std::fill_n(end, scale - digits, '0');
    return {copy, static_cast<std::size_t>(end - copy)};
}

// Most defaults are read without looking at the column's length or precision, as the reference
// does.
std::int32_t input_typmod(const Codec &codec) {
    return codec.type == INTERVALOID ? codec.typmod : -1;
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
    const bool has_scale =
        codec.type == NUMERICOID && codec.typmod >= static_cast<std::int32_t>(VARHDRSZ);
    if (has_scale && codec.scale >= 0) text = scaled_decimal(text, codec.scale);
    if (text.empty() && has_scale) return;
    Oid input = InvalidOid;
    Oid parameter = InvalidOid;
    getTypeInputInfo(codec.type, &input, &parameter);
    char *copy = pnstrdup(text.data(), text.size());
    const Datum value = OidInputFunctionCall(input, copy, parameter, input_typmod(codec));
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
