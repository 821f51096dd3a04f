// point as a struct. The other geometric types are unknown ones, whose text is that of the
// reference's driver: Java's numbers, in the server's punctuation.
#include "core/float_text.h"
#include "core/json_writer.h"
#include "core/little_endian.h"
#include "plugin/types/unknown.h"

namespace outflow::plugin {
namespace {

constexpr std::size_t kPointWkbSize = 21;
constexpr std::uint32_t kWkbPoint = 1;

// Well-known binary: byte order, type, x, y.
void write_wkb(core::ByteSink *sink, const Point &point) {
    char wkb[kPointWkbSize];
    wkb[0] = 1;  // little-endian
    core::store(wkb + 1, kWkbPoint);
    core::store(wkb + 5, std::bit_cast<std::uint64_t>(point.x));
    core::store(wkb + 13, std::bit_cast<std::uint64_t>(point.y));
    core::write_json_base64(sink, {wkb, sizeof wkb});
}

void write_point(core::ByteSink *sink, const Point &point) {
    core::begin_json_object(sink);
    core::write_json_name(sink, "x");
    core::write_json_double(sink, point.x);
    core::write_json_comma(sink);
    core::write_json_name(sink, "y");
    core::write_json_double(sink, point.y);
    core::write_json_comma(sink);
    core::write_json_name(sink, "wkb");
    write_wkb(sink, point);
    core::write_json_comma(sink);
    core::write_json_name(sink, "srid");
    core::write_json_null(sink);
    core::end_json_object(sink);
}

void encode_point(core::ByteSink *sink, Datum value, const Codec &) {
    write_point(sink, *DatumGetPointP(value));
}

void append_number(core::ByteSink *text, double number) {
    char digits[core::kFloatTextSize];
    text->append({digits, core::format_double(number, digits)});
}
void append_point(core::ByteSink *text, const Point &point) {
    text->append('(');
    append_number(text, point.x);
    text->append(',');
    append_number(text, point.y);
    text->append(')');
}
void append_points(core::ByteSink *text, const Point *points, int count) {
    for (int at = 0; at < count; ++at) {
        if (at > 0) text->append(',');
        append_point(text, points[at]);
    }
}

void append_box(core::ByteSink *text, Datum value) {
    const BOX *box = DatumGetBoxP(value);
    append_point(text, box->high);
    text->append(',');
    append_point(text, box->low);
}
void append_line(core::ByteSink *text, Datum value) {
    const LINE *line = DatumGetLineP(value);
    text->append('{');
    append_number(text, line->A);
    text->append(',');
    append_number(text, line->B);
    text->append(',');
    append_number(text, line->C);
    text->append('}');
}
void append_segment(core::ByteSink *text, Datum value) {
    text->append('[');
    append_points(text, DatumGetLsegP(value)->p, 2);
    text->append(']');
}
void append_path(core::ByteSink *text, Datum value) {
    const PATH *path = DatumGetPathP(value);
    text->append(path->closed ? '(' : '[');
    append_points(text, path->p, path->npts);
    text->append(path->closed ? ')' : ']');
}
void append_polygon(core::ByteSink *text, Datum value) {
    const POLYGON *polygon = DatumGetPolygonP(value);
    text->append('(');
    append_points(text, polygon->p, polygon->npts);
    text->append(')');
}
void append_circle(core::ByteSink *text, Datum value) {
    const CIRCLE *circle = DatumGetCircleP(value);
    text->append('<');
    append_point(text, circle->center);
    text->append(',');
    append_number(text, circle->radius);
    text->append('>');
}

template <void (*Append)(core::ByteSink *, Datum)>
void encode_text(core::ByteSink *sink, Datum value, const Codec &codec) {
    codec.write_bytes(sink, json_text([&](core::ByteSink *text) { Append(text, value); }));
}

}  // namespace

void make_point_codec(Codec *codec, const TypeRequest &request, const Options &) {
    if (request.in_array) return;
    codec->encode = encode_point;
    codec->schema = {.type = "struct",
                     .members = core::kPointMembers,
                     .name = "io.debezium.data.geometry.Point",
                     .version = 1,
                     .doc = "Geometry (POINT)"};
    codec->fallback = json_text([](core::ByteSink *sink) { write_point(sink, {0, 0}); });
}

void make_box_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_opaque_codec(codec, encode_text<append_box>, options);
}
void make_line_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_opaque_codec(codec, encode_text<append_line>, options);
}
void make_lseg_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_opaque_codec(codec, encode_text<append_segment>, options);
}
void make_path_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_opaque_codec(codec, encode_text<append_path>, options);
}
void make_polygon_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_opaque_codec(codec, encode_text<append_polygon>, options);
}
void make_circle_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_opaque_codec(codec, encode_text<append_circle>, options);
}

}  // namespace outflow::plugin
