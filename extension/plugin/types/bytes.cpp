// bytea, under binary.handling.mode; the same modes print the content of logical messages.
#include "plugin/types/bytes.h"

#include "core/json_writer.h"

namespace outflow::plugin {
namespace {

void encode_base64(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_base64(sink, varlena_bytes(value));
}
void encode_base64_url(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_base64_url(sink, varlena_bytes(value));
}
void encode_hex(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_hex(sink, varlena_bytes(value));
}

EncodeFn bytea_encoder(BinaryMode mode) {
    switch (mode) {
        case BinaryMode::kBytes:
        case BinaryMode::kBase64:
            return encode_base64;
        case BinaryMode::kBase64UrlSafe:
            return encode_base64_url;
        case BinaryMode::kHex:
            return encode_hex;
    }
    return encode_base64;
}

}  // namespace

BytesWriter bytes_writer(BinaryMode mode) {
    switch (mode) {
        case BinaryMode::kBytes:
        case BinaryMode::kBase64:
            return core::write_json_base64;
        case BinaryMode::kBase64UrlSafe:
            return core::write_json_base64_url;
        case BinaryMode::kHex:
            return core::write_json_hex;
    }
    return core::write_json_base64;
}

core::SchemaNode bytes_schema(BinaryMode mode) {
    return {.type = mode == BinaryMode::kBytes ? "bytes" : "string"};
}

// The placeholder's bytes; in hex mode its text.
std::string_view unavailable_bytes(const Options &options) {
    if (options.binary_mode != BinaryMode::kBytes && options.binary_mode != BinaryMode::kHex)
        return {};
    return json_text([&](core::ByteSink *sink) {
        if (options.binary_mode == BinaryMode::kHex)
            core::write_json_string(sink, options.placeholder);
        else
            core::write_json_base64(sink, options.placeholder);
    });
}

void make_bytea_codec(Codec *codec, const TypeRequest &, const Options &options) {
    codec->encode = bytea_encoder(options.binary_mode);
    codec->schema = bytes_schema(options.binary_mode);
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_string(sink, ""); });
    codec->unavailable = unavailable_bytes(options);
    // Arrays have only the bytes mode.
    if (options.binary_mode == BinaryMode::kBytes)
        codec->unavailable_array = json_text([&](core::ByteSink *sink) {
            core::begin_json_array(sink);
            sink->append(codec->unavailable);
            core::end_json_array(sink);
        });
}

}  // namespace outflow::plugin
