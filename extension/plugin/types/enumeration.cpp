// Enum types: labels are read once for a plan, not looked up for each row.
#include "core/json_writer.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {

struct EnumLabels {
    int count;
    int capacity;
    Oid *oids;
    std::string_view *json;  // quoted labels, in sort order
};

namespace {

void add_label(EnumLabels *labels, Oid oid, std::string_view label) {
    if (labels->count == labels->capacity) {
        labels->capacity *= 2;
        labels->oids = static_cast<Oid *>(repalloc(labels->oids, sizeof(Oid) * labels->capacity));
        labels->json = static_cast<std::string_view *>(
            repalloc(labels->json, sizeof(std::string_view) * labels->capacity));
    }
    labels->oids[labels->count] = oid;
    labels->json[labels->count] =
        json_text([&](core::ByteSink *sink) { core::write_json_string(sink, label); });
    ++labels->count;
}

// Reads the labels in sort order; appends them to `allowed`, separated by commas.
EnumLabels *read_labels(Oid type, core::ByteSink *allowed) {
    auto *labels = static_cast<EnumLabels *>(palloc0(sizeof(EnumLabels)));
    labels->capacity = 16;
    labels->oids = static_cast<Oid *>(palloc(sizeof(Oid) * labels->capacity));
    labels->json =
        static_cast<std::string_view *>(palloc(sizeof(std::string_view) * labels->capacity));
    ScanKeyData key;
    ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
                ObjectIdGetDatum(type));
    Relation catalog = table_open(EnumRelationId, AccessShareLock);
    Relation index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);
    SysScanDesc scan = systable_beginscan_ordered(catalog, index, nullptr, 1, &key);
    while (HeapTuple tuple = systable_getnext_ordered(scan, ForwardScanDirection)) {
        const auto *form = reinterpret_cast<Form_pg_enum>(GETSTRUCT(tuple));
        const std::string_view label = to_utf8(NameStr(form->enumlabel));
        if (labels->count > 0) allowed->append(',');
        allowed->append(label);
        add_label(labels, form->oid, label);
    }
    systable_endscan_ordered(scan);
    index_close(index, AccessShareLock);
    table_close(catalog, AccessShareLock);
    return labels;
}

void encode_enum(core::ByteSink *sink, Datum value, const Codec &codec) {
    const Oid oid = DatumGetObjectId(value);
    for (int at = 0; at < codec.labels->count; ++at) {
        if (codec.labels->oids[at] == oid) {
            sink->append(codec.labels->json[at]);
            return;
        }
    }
    // A label added after the plan was made, whose invalidation has not arrived yet.
    core::write_json_string(sink, output_text(value, codec));
}

}  // namespace

void make_enum_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    core::ByteSink allowed;
    pg::init_local_sink(&allowed);
    codec->labels = read_labels(request.type, &allowed);
    set_output_function(codec, request.type);
    codec->encode = encode_enum;
    codec->schema = {.type = "string",
                     .name = "io.debezium.data.Enum",
                     .version = 1,
                     .parameters = json_text([&](core::ByteSink *sink) {
                         core::write_schema_parameter(sink, true, "allowed", allowed.view());
                         core::end_json_object(sink);
                     })};
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_string(sink, ""); });
    codec->unavailable = json_text(
        [&](core::ByteSink *sink) { core::write_json_string(sink, options.placeholder); });
    codec->element_optional = false;  // as the reference declares elements of enum arrays
    codec->has_default = true;
}

}  // namespace outflow::plugin
