#include "row_encoder.h"

#include "core/header_text.h"
#include "core/json_writer.h"
#include "plan_schema.h"
#include "record_writer.h"
#include "row_comparison.h"
#include "shape.h"

namespace outflow::plugin {
namespace {

using core::Operation;

void write_image(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row) {
    if (plan.column_count == 0) core::begin_json_object(sink);
    write_members(sink, plan, row);
    core::end_json_object(sink);
}

void write_key_payload(core::ByteSink *sink, const RelationPlan &plan, ColumnPlan *const *key,
                       const RowImage &row, std::string_view tail) {
    for (int at = 0; at < plan.key_count; ++at) {
        const ColumnPlan &column = *key[at];
        sink->append(column.key_member);
        write_column(sink, column, row.values[column.attribute], row.nulls[column.attribute]);
    }
    sink->append(tail);
}

// Under full identity the old row holds the values that an update did not write again.
void fill_unchanged(const ColumnPlan &column, const RowImage &old_row, const RowImage &row) {
    const int index = column.attribute;
    if (!column.by_reference || row.nulls[index] || !is_unchanged_toast(row.values[index])) return;
    if (old_row.nulls[index] || is_unchanged_toast(old_row.values[index])) return;
    row.values[index] = old_row.values[index];
}

std::size_t write_value(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                        Operation operation, const RowImage *before, const RowImage *after) {
    core::ByteSink *sink = out->writer->sink();
    core::begin_envelope(sink, plan.value_frame);
    if (before)
        write_image(sink, plan, *before);
    else
        core::write_json_null(sink);
    core::begin_after(sink);
    if (after)
        write_image(sink, plan, *after);
    else
        core::write_json_null(sink);
    const std::size_t marker_at =
        core::end_envelope(sink, *frame.source, plan.source_table, frame.lsn,
                           frame.events.next(frame.lsn), operation, *frame.clock, plan.value_frame);
    out->writer->end_value();
    return marker_at;
}

// A header is converted from the key's struct, not from its JSON: some types print differently.
void write_header_payload(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row) {
    for (int at = 0; at < plan.key_count; ++at) {
        const ColumnPlan &column = *plan.header_key[at];
        const Datum value = row.values[column.attribute];
        const bool is_null = row.nulls[column.attribute];
        sink->append(column.key_member);
        if (is_null)
            sink->append(column.null_header);
        else if (column.codec.encode_header != nullptr)
            column.codec.encode_header(sink, value, column.codec);
        else
            write_column(sink, column, value, is_null);
    }
    sink->append(plan.header_tail);
}

void write_json_header(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row) {
    sink->append(plan.header_frame.prefix);
    write_key_payload(sink, plan, plan.header_key, row, plan.header_tail);
    sink->append(plan.header_frame.suffix);
}

// A changed key is a delete with its tombstone under the old key and a create under the new one,
// tied together by headers. Each is skipped with its own operation.
void encode_key_change(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                       const RowImage &old_row, const RowImage &row) {
    const std::string_view old_key = key_header(plan, old_row);
    const std::string_view new_key = key_header(plan, row);
    const bool creates = writes(plan, REORDER_BUFFER_CHANGE_INSERT);

    if (writes(plan, REORDER_BUFFER_CHANGE_DELETE)) {
        begin_record(out, plan,
                     start_of(plan, frame, Operation::kDelete, true, frame.tombstones || creates),
                     &old_row);
        write_value(out, plan, frame, Operation::kDelete, &old_row, nullptr);
        end_record(out, {"__debezium.newkey", new_key});
        if (frame.tombstones)
            write_tombstone(out, plan, frame, old_row, creates, {"__debezium.newkey", new_key});
    }
    if (!creates) return;
    begin_record(out, plan, start_of(plan, frame, Operation::kCreate, true, false), &row);
    write_value(out, plan, frame, Operation::kCreate, nullptr, &row);
    end_record(out, {"__debezium.oldkey", old_key});
}

void plan_envelope(RelationPlan *plan, const Options &options) {
    plan->key_frame = key_frame(*plan, options);
    if (!options.value_schemas) return;
    const std::string_view fields = value_fields(*plan);
    plan->value_frame = payload_frame(json_text([&](core::ByteSink *sink) {
        core::write_envelope_schema(sink, plan->schema_stem, fields);
    }));
}

void encode_read(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &row, Operation operation) {
    begin_record(out, plan, start_of(plan, frame, operation, true, false), &row);
    const bool is_delete = operation == Operation::kDelete;
    const std::size_t marker_at = write_value(
        out, plan, frame, operation, is_delete ? &row : nullptr, is_delete ? nullptr : &row);
    out->end_event(operation == Operation::kRead ? marker_at : 0);
}

void encode_insert(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &row) {
    begin_record(out, plan, start_of(plan, frame, Operation::kCreate, true, false), &row);
    write_value(out, plan, frame, Operation::kCreate, nullptr, &row);
    out->end_event();
}

void encode_update(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage *old_row, const RowImage &row) {
    if (changes_key(plan, old_row, row)) {
        encode_key_change(out, plan, frame, *old_row, row);
        return;
    }
    begin_record(out, plan, start_of(plan, frame, Operation::kUpdate, true, false), &row);
    write_value(out, plan, frame, Operation::kUpdate, old_row, &row);
    out->end_event();
}

void encode_delete(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &old_row) {
    begin_record(out, plan, start_of(plan, frame, Operation::kDelete, true, frame.tombstones),
                 &old_row);
    write_value(out, plan, frame, Operation::kDelete, &old_row, nullptr);
    out->end_event();
    if (frame.tombstones) write_tombstone(out, plan, frame, old_row, false, {});
}

void encode_truncate(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                     bool more_of_ordinal) {
    begin_record(out, plan, start_of(plan, frame, Operation::kTruncate, true, more_of_ordinal),
                 nullptr);
    write_value(out, plan, frame, Operation::kTruncate, nullptr, nullptr);
    out->end_event();
}

}  // namespace

const Shape kEnvelopeShape = {.plan = plan_envelope,
                              .insert = encode_insert,
                              .update = encode_update,
                              .remove = encode_delete,
                              .truncate = encode_truncate,
                              .read = encode_read};

void write_members(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row) {
    for (int at = 0; at < plan.column_count; ++at) {
        const ColumnPlan &column = plan.columns[at];
        sink->append(column.member);
        write_column(sink, column, row.values[column.attribute], row.nulls[column.attribute]);
    }
}

bool changes_key(const RelationPlan &plan, const RowImage *old_row, const RowImage &row) {
    if (old_row == nullptr) return false;
    for (int at = 0; at < plan.column_count; ++at) fill_unchanged(plan.columns[at], *old_row, row);
    // A key column need not be printed in the value.
    for (int at = 0; at < plan.key_count; ++at) fill_unchanged(*plan.key[at], *old_row, row);
    return key_differs(plan, *old_row, row);
}

void end_record(RecordSink *out, const KeyHeader &header) {
    if (!header.name.empty()) out->writer->event_header(header.name, header.value);
    out->end_event();
}

void write_tombstone(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                     const RowImage &key_row, bool more, const KeyHeader &header) {
    begin_record(out, plan, start_of(plan, frame, Operation::kDelete, false, more), &key_row);
    out->writer->end_value();
    end_record(out, header);
}

bool writes(const RelationPlan &plan, ReorderBufferChangeType action) {
    return plan.filtered_routes[action] == ChangeRoute::kCaptured;
}

core::EventStart start_of(const RelationPlan &plan, const ChangeFrame &frame,
                          core::Operation operation, bool has_value, bool more) {
    std::uint16_t flags = 0;
    if (plan.has_key && operation != Operation::kTruncate) flags |= core::kEventHasKey;
    if (has_value) flags |= core::kEventHasValue;
    if (more) flags |= core::kEventMoreOfOrdinal;
    return {.relation = plan.relation,
            .operation = operation,
            .flags = flags,
            .ordinal = frame.ordinal,
            .lsn = frame.lsn};
}

void begin_record(RecordSink *out, const RelationPlan &plan, const core::EventStart &start,
                  const RowImage *key_row) {
    out->writer->begin_event(start);
    if (key_row && plan.has_key) write_key(out->writer->sink(), plan, *key_row);
    out->writer->end_key();
}

std::string_view key_header(const RelationPlan &plan, const RowImage &row) {
    if (plan.json_headers)
        return json_text([&](core::ByteSink *sink) { write_json_header(sink, plan, row); });
    const std::string_view payload =
        json_text([&](core::ByteSink *sink) { write_header_payload(sink, plan, row); });
    return json_text([&](core::ByteSink *sink) { core::append_header_text(sink, payload); });
}

void write_key(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row) {
    if (!plan.has_key) return;
    sink->append(plan.key_frame.prefix);
    write_key_payload(sink, plan, plan.key, row, plan.key_tail);
    sink->append(plan.key_frame.suffix);
}

RowImage deform(HeapTuple tuple, TupleDesc descriptor, Datum *values, bool *nulls) {
    heap_deform_tuple(tuple, descriptor, values, nulls);
    return {values, nulls};
}

}  // namespace outflow::plugin
