// boolean, the integers, oid, real, double precision and numeric.
#include "core/json_writer.h"
#include "core/numeric_text.h"
#include "pg/numeric_view.h"
#include "plugin/types/decimal.h"

namespace outflow::plugin {
namespace {

void encode_bool(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_bool(sink, DatumGetBool(value));
}
void encode_int2(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_int(sink, DatumGetInt16(value));
}
void encode_int4(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_int(sink, DatumGetInt32(value));
}
void encode_int8(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_int(sink, DatumGetInt64(value));
}
void encode_oid(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_uint(sink, DatumGetObjectId(value));
}
void encode_float4(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_float(sink, DatumGetFloat4(value));
}
void encode_float8(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_double(sink, DatumGetFloat8(value));
}

// NaN and the infinities in an array make the whole array null, in every mode.
bool is_not_finite(Datum value) {
    pg::NumericBuffer buffer;
    return pg::view_numeric(value, &buffer).kind != core::NumericView::Kind::kFinite;
}
// NaN and the infinities have no Decimal: the reference warns and prints null, so do we.
void encode_decimal(core::ByteSink *sink, Datum value, const Codec &codec) {
    pg::NumericBuffer buffer;
    const core::NumericView view = pg::view_numeric(value, &buffer);
    if (view.kind != core::NumericView::Kind::kFinite) {
        sink->append(codec.null_text);
        return;
    }
    core::write_json_decimal(sink, view, codec.scale, pg::numeric_scratch(view, codec.scale));
}
void encode_decimal_number(core::ByteSink *sink, Datum value, const Codec &codec) {
    pg::NumericBuffer buffer;
    const core::NumericView view = pg::view_numeric(value, &buffer);
    if (view.kind == core::NumericView::Kind::kFinite)
        core::write_big_decimal_text(sink, view, codec.scale);
    else
        sink->append(codec.null_text);
}
void encode_variable_scale(core::ByteSink *sink, Datum value, const Codec &codec) {
    pg::NumericBuffer buffer;
    const core::NumericView view = pg::view_numeric(value, &buffer);
    if (view.kind != core::NumericView::Kind::kFinite) {
        sink->append(codec.null_text);
        return;
    }
    core::write_json_variable_scale_decimal(sink, view, pg::numeric_scratch(view, core::kOwnScale));
}
void encode_numeric_string(core::ByteSink *sink, Datum value, const Codec &) {
    pg::NumericBuffer buffer;
    core::write_json_numeric_string(sink, pg::view_numeric(value, &buffer), core::kOwnScale);
}
void encode_numeric_double(core::ByteSink *sink, Datum value, const Codec &) {
    pg::NumericBuffer buffer;
    const core::NumericView view = pg::view_numeric(value, &buffer);
    core::write_json_numeric_double(sink, view, pg::numeric_scratch(view, core::kOwnScale));
}

void make_integer(Codec *codec, EncodeFn encode, std::string_view type) {
    codec->encode = encode;
    codec->schema.type = type;
    codec->fallback = "0";
    codec->has_default = true;
}

// numeric(p,s): typmod holds precision and an eleven-bit signed scale (numeric.c).
bool numeric_shape(std::int32_t typmod, int *precision, int *scale) {
    if (typmod < static_cast<std::int32_t>(VARHDRSZ)) return false;
    const std::int32_t packed = typmod - static_cast<std::int32_t>(VARHDRSZ);
    *precision = (packed >> 16) & 0xFFFF;
    *scale = ((packed & 0x7FF) ^ 1024) - 1024;
    return true;
}

void make_precise_numeric(Codec *codec, int precision, bool has_shape, bool as_number) {
    if (!has_shape) {
        codec->encode = encode_variable_scale;
        codec->schema = {.type = "struct",
                         .members = core::kVariableScaleDecimalMembers,
                         .name = "io.debezium.data.VariableScaleDecimal",
                         .version = 1,
                         .doc = "Variable scaled decimal"};
        codec->fallback = json_text([](core::ByteSink *sink) {
            core::write_json_variable_scale_decimal(sink, core::NumericView(), nullptr);
        });
        codec->has_default = false;  // struct results of the default parser are discarded
        return;
    }
    make_decimal(codec, encode_decimal, encode_decimal_number, precision, as_number);
}

}  // namespace

std::string_view placeholder_bytes_as_numbers(const Options &options) {
    return json_text([&](core::ByteSink *sink) {
        core::begin_json_array(sink);
        for (std::size_t at = 0; at < options.placeholder.size(); ++at) {
            if (at > 0) core::write_json_comma(sink);
            core::write_json_int(sink, static_cast<signed char>(options.placeholder[at]));
        }
        core::end_json_array(sink);
    });
}

void make_bool_codec(Codec *codec, const TypeRequest &, const Options &) {
    codec->encode = encode_bool;
    codec->schema.type = "boolean";
    codec->fallback = "false";
    codec->has_default = true;
}

void make_int2_codec(Codec *codec, const TypeRequest &, const Options &) {
    make_integer(codec, encode_int2, "int16");
}
void make_int4_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_integer(codec, encode_int4, "int32");
    codec->unavailable_array = placeholder_bytes_as_numbers(options);
}
void make_int8_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_integer(codec, encode_int8, "int64");
    codec->unavailable_array = placeholder_bytes_as_numbers(options);
}
void make_oid_codec(Codec *codec, const TypeRequest &, const Options &) {
    make_integer(codec, encode_oid, "int64");
    codec->has_default = false;
}

void make_float4_codec(Codec *codec, const TypeRequest &, const Options &) {
    codec->encode = encode_float4;
    codec->schema.type = "float";
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_float(sink, 0); });
    codec->has_default = true;
}
void make_float8_codec(Codec *codec, const TypeRequest &, const Options &) {
    codec->encode = encode_float8;
    codec->schema.type = "double";
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_double(sink, 0); });
    codec->has_default = true;
}

void make_numeric_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    int precision = 0;
    int scale = 0;
    const bool has_shape = numeric_shape(request.typmod, &precision, &scale);
    // The reference misreads a negative scale; Outflow prints scale 0 and the true integer.
    codec->scale = static_cast<std::int16_t>(scale < 0 ? 0 : scale);
    codec->has_default = true;
    codec->spoils_array = is_not_finite;
    if (!make_plain_decimal(codec, options, encode_numeric_double, encode_numeric_string))
        make_precise_numeric(codec, precision, has_shape, request.decimal_numbers);
}

}  // namespace outflow::plugin
