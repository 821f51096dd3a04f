// Types without a mapping of their own: left out, or with include.unknown.datatypes the bytes of
// the server's text.
#include "plugin/types/unknown.h"

#include "core/json_writer.h"
#include "plugin/types/bytes.h"

namespace outflow::plugin {
namespace {

void encode_output_bytes(core::ByteSink *sink, Datum value, const Codec &codec) {
    codec.write_bytes(sink, output_text(value, codec));
}

}  // namespace

bool make_opaque_codec(Codec *codec, EncodeFn encode, const Options &options) {
    if (!options.unknown_types) return false;
    codec->encode = encode;
    codec->write_bytes = bytes_writer(options.binary_mode);
    codec->schema = bytes_schema(options.binary_mode);
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_string(sink, ""); });
    codec->unavailable = unavailable_bytes(options);
    codec->element_optional = false;
    return true;
}

void make_unknown_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    if (make_opaque_codec(codec, encode_output_bytes, options))
        set_output_function(codec, request.type);
}

// Not even as opaque bytes when in an array.
void make_refcursor_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    if (!request.in_array) make_unknown_codec(codec, request, options);
}

}  // namespace outflow::plugin
