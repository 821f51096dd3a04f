#include "column_transform.h"

#include "core/hex_text.h"
#include "core/java_string.h"
#include "core/json_value.h"
#include "core/json_writer.h"
#include "pg/digest.h"

namespace outflow::plugin {

// What the wrapping codec knows. The text of a value comes from `inner`, as JSON.
struct ColumnTransform {
    Codec inner;
    std::string_view mask;   // a whole JSON value
    std::size_t length = 0;  // UTF-16 units, bytes or hexadecimal digits that are kept
    core::ColumnRuleName rule;
};

namespace {

void encode_mask(core::ByteSink *sink, Datum, const Codec &codec) {
    sink->append(codec.transform->mask);
}

void encode_cut_text(core::ByteSink *sink, Datum value, const Codec &codec) {
    const std::size_t begin = sink->size;
    codec.transform->inner.encode(sink, value, codec.transform->inner);
    core::cut_json_string(sink, begin, codec.transform->length);
}

// The same for UTF-8 text, without a look at what is cut off, which may be long. A unit has three
// bytes at most.
void encode_cut_varlena(core::ByteSink *sink, Datum value, const Codec &codec) {
    constexpr std::size_t kLongestUnit = 3;
    constexpr std::size_t kLongestCharacter = 4;
    const std::size_t begin = sink->size;
    const std::size_t enough = codec.transform->length * kLongestUnit + kLongestCharacter;
    std::string_view text = varlena_bytes(value);
    if (text.size() > enough) {
        const int whole =
            pg_mbcliplen(text.data(), static_cast<int>(text.size()), static_cast<int>(enough));
        text.remove_suffix(text.size() - static_cast<std::size_t>(whole));
    }
    core::write_json_string(sink, text);
    core::cut_json_string(sink, begin, codec.transform->length);
}

void encode_cut_bytes(core::ByteSink *sink, Datum value, const Codec &codec) {
    const std::size_t begin = sink->size;
    codec.transform->inner.encode(sink, value, codec.transform->inner);
    core::cut_json_base64(sink, begin, codec.transform->length);
}

std::string_view digest_input(std::string_view json, core::ColumnRuleKind kind) {
    const std::string_view text =
        json_text([&](core::ByteSink *sink) { core::append_json_text(sink, json); });
    if (kind == core::ColumnRuleKind::kHashV2) return text;
    return json_text([&](core::ByteSink *sink) { core::write_java_string(sink, text); });
}

void write_hash(core::ByteSink *sink, std::string_view json, const ColumnTransform &transform) {
    const core::ColumnRuleName &rule = transform.rule;
    char digest[pg::kLongestDigest];
    const std::size_t size =
        pg::digest(rule.algorithm, rule.salt, digest_input(json, rule.kind), digest);
    char digits[2 * pg::kLongestDigest];
    core::encode_hex({digest, size}, digits);
    core::write_json_plain_string(sink, {digits, Min(2 * size, transform.length)});
}

void encode_hash(core::ByteSink *sink, Datum value, const Codec &codec) {
    const Codec &inner = codec.transform->inner;
    const std::string_view json =
        json_text([&](core::ByteSink *text) { inner.encode(text, value, inner); });
    if (core::is_json_string(json))
        write_hash(sink, json, *codec.transform);
    else
        sink->append(json);  // a value that the reference cannot read
}

// The reference masks what its driver calls a character type.
bool is_character_type(const Codec &codec) {
    switch (codec.type) {
        case TEXTOID:
        case VARCHAROID:
        case BPCHAROID:
        case NAMEOID:
        case CHAROID:
            return true;
        default:
            return codec.labels != nullptr;
    }
}

// What a value holds is what is printed.
bool is_utf8_text(const Codec &codec) {
    return GetDatabaseEncoding() == PG_UTF8 &&
           (codec.type == TEXTOID || codec.type == VARCHAROID || codec.type == BPCHAROID);
}

// Bits and decimals are bytes of other kinds.
bool is_plain_bytes(const Codec &codec) {
    return codec.schema.type == "bytes" && codec.schema.name.empty();
}

void add_parameter(Codec *codec, std::string_view name, std::string_view value) {
    std::string_view parameters = codec->schema.parameters;
    codec->schema.parameters = json_text([&](core::ByteSink *sink) {
        if (!parameters.empty()) parameters.remove_suffix(1);
        sink->append(parameters);
        core::write_schema_parameter(sink, parameters.empty(), name, value);
        core::end_json_object(sink);
    });
}

ColumnTransform *wrap(Codec *codec, EncodeFn encode, const core::ColumnRuleName &rule) {
    auto *transform = static_cast<ColumnTransform *>(palloc(sizeof(ColumnTransform)));
    *transform = ColumnTransform();
    transform->inner = *codec;
    transform->rule = rule;
    codec->transform = transform;
    codec->encode = encode;
    return transform;
}

void mask(ColumnPlan *column, const core::ColumnRuleName &rule) {
    add_parameter(&column->codec, "masked", "true");
    if (!is_character_type(column->codec)) return;
    ColumnTransform *transform = wrap(&column->codec, encode_mask, rule);
    auto *asterisks = static_cast<char *>(palloc(static_cast<std::size_t>(rule.length) + 1));
    std::memset(asterisks, '*', static_cast<std::size_t>(rule.length));
    transform->mask = json_text([&](core::ByteSink *sink) {
        core::write_json_plain_string(sink, {asterisks, static_cast<std::size_t>(rule.length)});
    });
    column->codec.null_text = column->unavailable = transform->mask;
    column->null_is_value = true;
}

void hash(ColumnPlan *column, const core::ColumnRuleName &rule, const SourceType &type) {
    add_parameter(&column->codec, "masked", "true");
    if (!is_character_type(column->codec)) return;
    ColumnTransform *transform = wrap(&column->codec, encode_hash, rule);
    transform->length =
        type.length > 0 ? static_cast<std::size_t>(type.length) : 2 * pg::kLongestDigest;
    const auto hashed = [&](std::string_view json) {
        return json_text([&](core::ByteSink *sink) { write_hash(sink, json, *transform); });
    };
    if (core::is_json_string(column->unavailable))
        column->unavailable = hashed(column->unavailable);
    // A null stays one, and the default that is printed for it is not hashed; what stands for a
    // missing value of a NOT NULL column is.
    if (column->null_is_value && core::is_json_string(column->codec.null_text))
        column->codec.null_text = hashed(column->codec.null_text);
}

void truncate(ColumnPlan *column, const core::ColumnRuleName &rule, const SourceType &type) {
    if (type.length >= 0 && type.length <= rule.length) return;
    add_parameter(&column->codec, "truncateLength", psprintf("%d", rule.length));
    const bool is_bytes = is_plain_bytes(column->codec);
    if (column->codec.schema.type != "string" && !is_bytes) return;
    const EncodeFn encode = is_bytes                      ? encode_cut_bytes
                            : is_utf8_text(column->codec) ? encode_cut_varlena
                                                          : encode_cut_text;
    wrap(&column->codec, encode, rule)->length = static_cast<std::size_t>(rule.length);
    const auto cut = [&](std::string_view json) {
        return json_text([&](core::ByteSink *sink) {
            sink->append(json);
            const auto length = static_cast<std::size_t>(rule.length);
            is_bytes ? core::cut_json_base64(sink, 0, length)
                     : core::cut_json_string(sink, 0, length);
        });
    };
    if (column->null_is_value) column->codec.null_text = cut(column->codec.null_text);
    // The reference does not cut the placeholder of bytes.
    if (column->codec.unavailable.empty())
        column->unavailable = column->codec.null_text;
    else if (!is_bytes)
        column->unavailable = cut(column->unavailable);
}

std::string_view upper(std::string_view name) {
    char *text = pnstrdup(name.data(), name.size());
    for (std::size_t at = 0; at < name.size(); ++at)
        text[at] = static_cast<char>(pg_ascii_toupper(static_cast<unsigned char>(text[at])));
    return text;
}

void add_source_type(ColumnPlan *column, const SourceType &type) {
    Codec *codec = &column->codec;
    add_parameter(codec, "__debezium.source.column.type", upper(to_utf8(type.name)));
    if (type.length >= 0)
        add_parameter(codec, "__debezium.source.column.length", psprintf("%d", type.length));
    if (type.has_scale)
        add_parameter(codec, "__debezium.source.column.scale", psprintf("%d", type.scale));
    add_parameter(codec, "__debezium.source.column.name", column->name);
}

}  // namespace

void transform_column(ColumnPlan *column, const ColumnRule &rule, const SourceType &type) {
    column->is_transformed = true;
    switch (rule.what.kind) {
        case core::ColumnRuleKind::kTruncate:
            return truncate(column, rule.what, type);
        case core::ColumnRuleKind::kMask:
            return mask(column, rule.what);
        case core::ColumnRuleKind::kHash:
        case core::ColumnRuleKind::kHashV2:
            return hash(column, rule.what, type);
        case core::ColumnRuleKind::kSourceType:
        case core::ColumnRuleKind::kSourceTypeOfDatatype:
            return add_source_type(column, type);
    }
}

}  // namespace outflow::plugin
