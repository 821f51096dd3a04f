// Text, names, json, xml, uuid, and the types that go out as the server's own text.
#include "plugin/types/text.h"

#include "core/json_writer.h"

namespace outflow::plugin {
namespace {

void encode_text(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_string(sink, varlena_bytes(value));
}
void encode_text_recoded(core::ByteSink *sink, Datum value, const Codec &) {
    const std::string_view bytes = varlena_bytes(value);
    core::write_json_string(sink, to_utf8(bytes));
}
void encode_name(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_string(sink, to_utf8(NameStr(*DatumGetName(value))));
}
// The streaming decoder of the reference does not know `name`: it prints a null.
void encode_nothing(core::ByteSink *sink, Datum, const Codec &codec) {
    sink->append(codec.null_text);
}
void encode_uuid(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_json_uuid(sink, DatumGetUUIDP(value)->data);
}
void encode_output(core::ByteSink *sink, Datum value, const Codec &codec) {
    core::write_json_string(sink, output_text(value, codec));
}
// The server leaves a declaration of the usual version out.
void encode_xml(core::ByteSink *sink, Datum value, const Codec &codec) {
    const std::string_view bytes = varlena_bytes(value);
    if (bytes.starts_with("<?xml"))
        core::write_json_string(sink, output_text(value, codec));
    else
        core::write_json_string(sink, to_utf8(bytes));
}

// One element: the name-based (version 3) UUID of the placeholder. None where the server's crypto
// library forbids MD5.
std::string_view unavailable_uuid_array(const Options &options) {
    unsigned char uuid[UUID_LEN];
    const char *error = nullptr;
    if (!pg_md5_binary(options.placeholder.data(), options.placeholder.size(), uuid, &error))
        return {};
    uuid[6] = (uuid[6] & 0x0F) | 0x30;
    uuid[8] = (uuid[8] & 0x3F) | 0x80;
    return json_text([&](core::ByteSink *sink) {
        core::begin_json_array(sink);
        core::write_json_uuid(sink, uuid);
        core::end_json_array(sink);
    });
}

EncodeFn text_encoder() {
    return GetDatabaseEncoding() == PG_UTF8 ? encode_text : encode_text_recoded;
}

void name_schema(Codec *codec, std::string_view name) {
    codec->schema.name = name;
    codec->schema.version = 1;
}

}  // namespace

void make_string_codec(Codec *codec, EncodeFn encode, const Options &options) {
    codec->encode = encode;
    codec->schema.type = "string";
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_string(sink, ""); });
    codec->unavailable = json_text(
        [&](core::ByteSink *sink) { core::write_json_string(sink, options.placeholder); });
    codec->unavailable_array = json_text([&](core::ByteSink *sink) {
        core::begin_json_array(sink);
        core::write_json_string(sink, options.placeholder);
        core::end_json_array(sink);
    });
}

void make_text_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_string_codec(codec, text_encoder(), options);
    codec->has_default = true;
}

void make_citext_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_string_codec(codec, text_encoder(), options);
    codec->unavailable_array = {};
}

void make_name_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    if (request.in_array) return;
    const bool readable = request.snapshot || options.unknown_types;
    make_string_codec(codec, readable ? encode_name : encode_nothing, options);
}

void make_json_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_string_codec(codec, text_encoder(), options);
    name_schema(codec, "io.debezium.data.Json");
    codec->has_default = true;
}

void make_xml_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    if (request.in_array) return;
    make_string_codec(codec, encode_xml, options);
    set_output_function(codec, XMLOID);
    name_schema(codec, "io.debezium.data.Xml");
    codec->has_default = true;
}

void make_uuid_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_string_codec(codec, encode_uuid, options);
    name_schema(codec, "io.debezium.data.Uuid");
    codec->unavailable_array = unavailable_uuid_array(options);
    codec->has_default = true;
}

void make_output_text_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    make_string_codec(codec, encode_output, options);
    set_output_function(codec, request.type);
    codec->unavailable_array = {};
}

void make_tsvector_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    make_output_text_codec(codec, request, options);
    name_schema(codec, "io.debezium.data.Tsvector");
    codec->element_optional = false;
}

void make_ltree_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    make_output_text_codec(codec, request, options);
    name_schema(codec, "io.debezium.data.Ltree");
    codec->null_spoils_array = true;
}

void make_isbn_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    make_output_text_codec(codec, request, options);
    codec->element_optional = false;
}

}  // namespace outflow::plugin
