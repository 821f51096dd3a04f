#include "outbox_payload.h"

#include <charconv>

#include "core/base64.h"
#include "core/header_text.h"
#include "core/json_expansion.h"
#include "core/json_writer.h"
#include "plan_schema.h"

namespace outflow::plugin {
namespace {

constexpr std::string_view kNull = "null";

// What cannot be expanded stays the text that it is, as in the reference; so does a document that
// does not fit the schema inferred from it, where the reference stops.
void expand(Payload *payload, const OutboxOptions &options) {
    const std::string_view text =
        json_text([&](core::ByteSink *sink) { core::append_plain_text(sink, payload->json); });
    core::JsonExpansion *expansion = make_expansion();
    const auto result = expansion->read(text, options.payload, options.keep_nulls);
    payload->is_untyped = result == core::JsonExpansion::Result::kUntyped;
    if (result != core::JsonExpansion::Result::kExpanded) return;
    core::ByteSink sink;
    pg::init_local_sink(&sink);
    if (!expansion->write_value(&sink, expansion->whole())) return;
    payload->json = sink.view();
    payload->expansion = expansion;
    payload->is_expanded = true;
}

std::string_view payload_field(const OutboxPlan &outbox, const Payload &payload) {
    if (!payload.is_expanded) return outbox.payload_field;
    return json_text([&](core::ByteSink *sink) {
        payload.expansion->write_schema(sink, payload.expansion->whole(), "payload");
    });
}

std::int64_t number_of(std::string_view json) {
    std::int64_t number = 0;
    std::from_chars(json.data(), json.data() + json.size(), number);
    return number;
}

// The struct's schema; `version` empty for none.
std::string_view struct_schema(const RelationPlan &plan, const Payload &payload,
                               std::string_view version, std::string_view route_value) {
    const OutboxPlan &outbox = *plan.outbox;
    std::uint64_t key = payload.is_expanded
                            ? payload.expansion->fingerprint(payload.expansion->whole())
                            : outbox.payload_fingerprint;
    if (outbox.version != nullptr) key = static_cast<std::uint32_t>(number_of(version));
    return json_text([&](core::ByteSink *sink) {
        core::begin_schema(sink, "struct");
        core::begin_schema_fields(sink);
        sink->append(payload_field(outbox, payload));
        sink->append(outbox.member_fields);
        core::end_json_array(sink);
        core::SchemaNode node;
        node.name = envelope_name(plan, key, route_value);
        node.version = static_cast<int>(number_of(version));
        core::end_schema(sink, node, false, {}, {});
    });
}

void write_struct(core::ByteSink *sink, const OutboxPlan &outbox, const Payload &payload,
                  const RowImage &row) {
    core::write_member_name(sink, "payload", true);
    sink->append(payload.json);
    for (int at = 0; at < outbox.member_count; ++at) {
        sink->append(outbox.members[at].member);
        sink->append(column_json(*outbox.members[at].column, row));
    }
    core::end_json_object(sink);
}

bool is_raw(ConverterClass converter, const ColumnPlan &column) {
    return converter == ConverterClass::kBytes ||
           (converter == ConverterClass::kBinary && column.codec.schema.type == "bytes");
}

// Bytes that are not the row's own (a placeholder, what a rule left of them) are known as JSON.
void write_raw(core::ByteSink *sink, const ColumnPlan &column, const RowImage &row,
               std::string_view json) {
    const Datum value = row.values[column.attribute];
    if (!row.nulls[column.attribute] && !is_unchanged_toast(value) && !column.is_transformed) {
        sink->append(varlena_bytes(value));
        return;
    }
    const std::string_view text = json.substr(1, json.size() - 2);
    char *out = sink->reserve(text.size());
    sink->advance(static_cast<std::size_t>(core::decode_base64(text, out) - out));
}

}  // namespace

core::JsonExpansion *make_expansion() {
    auto *expansion = static_cast<core::JsonExpansion *>(palloc0(sizeof(core::JsonExpansion)));
    *expansion = core::JsonExpansion();
    for (core::ByteSink *sink : {&expansion->tree.nodes, &expansion->tree.texts,
                                 &expansion->tree.indexes, &expansion->schemas, &expansion->fields})
        pg::init_local_sink(sink);
    return expansion;
}

std::string_view column_json(const ColumnPlan &column, const RowImage &row) {
    const Datum value = row.values[column.attribute];
    if (row.nulls[column.attribute])
        return column.default_json.empty() ? column.codec.null_text : column.default_json;
    if (column.by_reference && is_unchanged_toast(value)) return column.unavailable;
    return json_text([&](core::ByteSink *sink) { column.codec.encode(sink, value, column.codec); });
}

Payload read_payload(const OutboxPlan &outbox, const RowImage &row) {
    Payload payload;
    payload.json = column_json(*outbox.payload, row);
    payload.is_null = payload.json == kNull;
    payload.is_text = !payload.is_null && outbox.payload->codec.schema.type == "string";
    if (outbox.options->expand && payload.is_text) expand(&payload, *outbox.options);
    return payload;
}

bool is_empty(const Payload &payload) {
    if (payload.is_null) return true;
    return payload.is_text && !payload.is_expanded && core::is_blank_json_string(payload.json);
}

bool has_bytes(ConverterClass converter, const ColumnPlan &column, bool is_null, bool in_struct) {
    if (!is_null || in_struct) return true;
    return converter != ConverterClass::kString && !is_raw(converter, column);
}

void write_converted(core::ByteSink *sink, ConverterClass converter, const ColumnPlan &column,
                     const RowImage &row, std::string_view json, const core::ValueFrame &frame) {
    if (converter == ConverterClass::kString) {
        core::append_plain_text(sink, json);
    } else if (is_raw(converter, column)) {
        write_raw(sink, column, row, json);
    } else {
        sink->append(frame.prefix);
        sink->append(json);
        sink->append(frame.suffix);
    }
}

void write_outbox_value(core::ByteSink *sink, const RelationPlan &plan, const Payload &payload,
                        const RowImage &row, std::string_view route_value) {
    const OutboxPlan &outbox = *plan.outbox;
    const bool schemas = outbox.session->value_schemas;
    core::ValueFrame frame = outbox.payload_frame;
    if (outbox.options->has_envelope) {
        if (schemas) {
            const std::string_view version =
                outbox.version ? column_json(*outbox.version, row) : std::string_view();
            frame = payload_frame(struct_schema(plan, payload, version, route_value));
        }
        sink->append(frame.prefix);
        write_struct(sink, outbox, payload, row);
        sink->append(frame.suffix);
        return;
    }
    if (schemas && payload.is_untyped) frame = payload_frame(kNull);
    if (schemas && payload.is_expanded)
        frame = payload_frame(json_text([&](core::ByteSink *out) {
            payload.expansion->write_schema(out, payload.expansion->whole(), {});
        }));
    write_converted(sink, outbox.session->value_class, *outbox.payload, row, payload.json, frame);
}

}  // namespace outflow::plugin
