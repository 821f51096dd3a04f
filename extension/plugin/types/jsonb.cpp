// jsonb: walks the stored value and prints the server's text of it (`{"a": 1, "b": [true, null]}`)
// straight into a JSON string, without the text in between. The text of strings depends on nothing;
// that of numbers is numeric's own.
#include "core/json_writer.h"
#include "core/nested_json.h"
#include "core/numeric_text.h"
#include "pg/numeric_view.h"
#include "plugin/type_encoder.h"
#include "plugin/types/text.h"

namespace outflow::plugin {
namespace {

void write_container(core::ByteSink *sink, const JsonbContainer *container);

// One value: `entry` describes it, `data` + `offset` is where it is stored (numbers and containers
// at the next multiple of four).
void write_entry(core::ByteSink *sink, JEntry entry, const char *data, std::uint32_t offset,
                 std::uint32_t length) {
    if (JBE_ISSTRING(entry)) {
        core::write_nested_json_string(sink, to_utf8({data + offset, length}));
    } else if (JBE_ISNUMERIC(entry)) {
        pg::NumericBuffer buffer;
        core::write_numeric_text(
            sink, pg::view_numeric(PointerGetDatum(data + INTALIGN(offset)), &buffer));
    } else if (JBE_ISBOOL(entry)) {
        core::write_json_bool(sink, JBE_ISBOOL_TRUE(entry));
    } else if (JBE_ISNULL(entry)) {
        core::write_json_null(sink);
    } else {
        write_container(sink, reinterpret_cast<const JsonbContainer *>(data + INTALIGN(offset)));
    }
}

// Entries hold their length, or now and then their end: a walk keeps the running offset.
struct EntryWalk {
    const JsonbContainer *container;
    std::uint32_t index;
    std::uint32_t offset;

    void write_next(core::ByteSink *sink, const char *data) {
        const JEntry entry = container->children[index++];
        const std::uint32_t begin = offset;
        JBE_ADVANCE_OFFSET(offset, entry);
        write_entry(sink, entry, data, begin, offset - begin);
    }
};

constexpr std::string_view kComma = ", ";
constexpr std::string_view kColon = ": ";

void write_array(core::ByteSink *sink, const JsonbContainer *container) {
    const std::uint32_t count = JsonContainerSize(container);
    const char *data = reinterpret_cast<const char *>(&container->children[count]);
    EntryWalk elements = {container, 0, 0};
    // A bare scalar is stored as an array of one.
    const bool is_scalar = JsonContainerIsScalar(container);
    if (!is_scalar) core::begin_json_array(sink);
    for (std::uint32_t at = 0; at < count; ++at) {
        if (at > 0) sink->append(kComma);
        elements.write_next(sink, data);
    }
    if (!is_scalar) core::end_json_array(sink);
}

// All keys are stored before all values.
void write_object(core::ByteSink *sink, const JsonbContainer *container) {
    const std::uint32_t count = JsonContainerSize(container);
    const char *data = reinterpret_cast<const char *>(&container->children[2 * count]);
    EntryWalk keys = {container, 0, 0};
    EntryWalk values = {container, count, getJsonbOffset(container, static_cast<int>(count))};
    core::begin_json_object(sink);
    for (std::uint32_t at = 0; at < count; ++at) {
        if (at > 0) sink->append(kComma);
        keys.write_next(sink, data);
        sink->append(kColon);
        values.write_next(sink, data);
    }
    core::end_json_object(sink);
}

void write_container(core::ByteSink *sink, const JsonbContainer *container) {
    check_stack_depth();
    if (JsonContainerIsObject(container))
        write_object(sink, container);
    else
        write_array(sink, container);
}

void encode_jsonb(core::ByteSink *sink, Datum value, const Codec &) {
    const Jsonb *jsonb = DatumGetJsonbP(value);
    sink->append('"');
    write_container(sink, &jsonb->root);
    sink->append('"');
}

}  // namespace

void make_jsonb_codec(Codec *codec, const TypeRequest &, const Options &options) {
    make_string_codec(codec, encode_jsonb, options);
    codec->schema.name = "io.debezium.data.Json";
    codec->schema.version = 1;
    codec->has_default = true;
}

}  // namespace outflow::plugin
