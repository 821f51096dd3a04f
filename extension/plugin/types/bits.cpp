// bit and varbit: one bit is a boolean, several are bytes, the lowest first.
#include "core/json_writer.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

// As java.util.BitSet.toByteArray: little-endian, without zeros at the high end.
void encode_bits(core::ByteSink *sink, Datum value, const Codec &) {
    const VarBit *bits = DatumGetVarBitP(value);
    const int length = VARBITLEN(bits);
    auto *bytes = static_cast<char *>(palloc0(static_cast<std::size_t>(length / 8 + 1)));
    std::size_t size = 0;
    for (int at = 0; at < length; ++at) {  // `at` counts from the lowest bit
        const int from_left = length - 1 - at;
        if (!(VARBITS(bits)[from_left / 8] & (0x80 >> from_left % 8))) continue;
        bytes[at / 8] = static_cast<char>(bytes[at / 8] | 1 << at % 8);
        size = static_cast<std::size_t>(at / 8) + 1;
    }
    core::write_json_base64(sink, {bytes, size});
}

void encode_bit(core::ByteSink *sink, Datum value, const Codec &codec) {
    const VarBit *bits = DatumGetVarBitP(value);
    if (VARBITLEN(bits) == 0)  // an empty varbit(1)
        sink->append(codec.null_text);
    else
        core::write_json_bool(sink, VARBITS(bits)[0] & 0x80);
}

// The reference declares arrays of bits as if they were bits and converts none.
void encode_nothing(core::ByteSink *sink, Datum, const Codec &codec) {
    sink->append(codec.null_text);
}

void make_bits(Codec *codec, int length) {
    if (length == 1) {
        codec->encode = encode_bit;
        codec->schema.type = "boolean";
        codec->fallback = "false";
        return;
    }
    codec->encode = encode_bits;
    codec->schema = {.type = "bytes",
                     .name = "io.debezium.data.Bits",
                     .version = 1,
                     .parameters = json_text([&](core::ByteSink *sink) {
                         core::write_schema_parameter(sink, true, "length", psprintf("%d", length));
                         core::end_json_object(sink);
                     })};
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_string(sink, ""); });
}

int declared_length(std::int32_t typmod) {
    return typmod < 0 ? std::numeric_limits<std::int32_t>::max() : typmod;
}

}  // namespace

void make_bit_codec(Codec *codec, const TypeRequest &request, const Options &) {
    make_bits(codec, declared_length(request.typmod));
    codec->has_default = true;
}

void make_varbit_codec(Codec *codec, const TypeRequest &request, const Options &) {
    if (request.in_array) return;
    make_bits(codec, declared_length(request.typmod));
    codec->has_default = true;
}

void make_bit_array_codec(Codec *codec, const TypeRequest &request, const Options &) {
    make_bits(codec, declared_length(request.typmod));
    codec->encode = encode_nothing;
}

}  // namespace outflow::plugin
