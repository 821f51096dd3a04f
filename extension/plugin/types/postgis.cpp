// PostGIS: geometry and geography as well-known binary, which is the type's own text in
// hexadecimal.
#include "core/json_writer.h"
#include "core/little_endian.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

constexpr std::size_t kTypeEnd = 5;  // byte order and type
constexpr std::size_t kSridEnd = 9;
constexpr std::uint32_t kHasSrid = 0x20000000;
// An empty geometry collection.
constexpr char kEmptyCollection[] = {1, 7, 0, 0, 0, 0, 0, 0, 0};

char hex_value(char digit) {
    return static_cast<char>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

std::string_view bytes_of_hex(std::string_view hex) {
    auto *bytes =
        static_cast<char *>(MemoryContextAllocHuge(CurrentMemoryContext, hex.size() / 2 + 1));
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
        bytes[at / 2] = static_cast<char>(hex_value(hex[at]) << 4 | hex_value(hex[at + 1]));
    return {bytes, hex.size() / 2};
}

bool has_srid(std::string_view wkb) {
    return wkb.size() >= kSridEnd && wkb[0] == 1 &&
           (core::load<std::uint32_t>(wkb.data() + 1) & kHasSrid);
}

void write_geometry(core::ByteSink *sink, std::string_view wkb) {
    core::begin_json_object(sink);
    core::write_json_name(sink, "wkb");
    core::write_json_base64(sink, wkb);
    core::write_json_comma(sink);
    core::write_json_name(sink, "srid");
    if (has_srid(wkb))
        core::write_json_int(sink, core::load<std::int32_t>(wkb.data() + kTypeEnd));
    else
        core::write_json_null(sink);
    core::end_json_object(sink);
}

void encode_geometry(core::ByteSink *sink, Datum value, const Codec &codec) {
    write_geometry(sink, bytes_of_hex(output_text(value, codec)));
}

void make_geometry(Codec *codec, Oid type, std::string_view name, std::string_view doc) {
    set_output_function(codec, type);
    codec->encode = encode_geometry;
    codec->schema = {.type = "struct",
                     .members = core::kGeometryMembers,
                     .name = name,
                     .version = 1,
                     .doc = doc};
    codec->fallback = json_text([](core::ByteSink *sink) {
        write_geometry(sink, {kEmptyCollection, sizeof kEmptyCollection});
    });
}

}  // namespace

void make_geometry_codec(Codec *codec, const TypeRequest &request, const Options &) {
    make_geometry(codec, request.type, "io.debezium.data.geometry.Geometry", "Geometry");
    codec->always_optional = true;
}
void make_geography_codec(Codec *codec, const TypeRequest &request, const Options &) {
    make_geometry(codec, request.type, "io.debezium.data.geometry.Geography", "Geography");
}

}  // namespace outflow::plugin
