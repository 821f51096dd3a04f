// The records of ExtractNewRecordState: the row alone instead of the envelope. Truncates give
// none; what deletes become is the plan's matter.
#include "core/chunk_format.h"
#include "core/json_writer.h"
#include "core/text_split.h"
#include "flat_plan.h"
#include "record_writer.h"
#include "shape.h"

namespace outflow::plugin {
namespace {

using core::Operation;

int length(std::string_view text) { return static_cast<int>(text.size()); }

// Counts the event: called once for each, printed or not.
Envelope envelope_of(const RelationPlan &plan, const ChangeFrame &frame, Operation operation,
                     const RowImage *before, const RowImage *after) {
    return {.facts = {.operation = operation,
                      .clock = frame.clock,
                      .source = frame.source,
                      .schema = plan.schema,
                      .table = plan.table,
                      .lsn = frame.lsn,
                      .transaction = frame.events.count(frame.lsn)},
            .before = before,
            .after = after};
}

// Returns the absolute offset of the snapshot word, 0 without one.
std::size_t write_row(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row,
                      std::string_view end, const Envelope &envelope) {
    sink->append(plan.value_frame.prefix);
    write_members(sink, plan, row);
    sink->append(end);
    const std::size_t marker_at = write_added_members(sink, plan.flat->fields, envelope);
    core::end_json_object(sink);
    sink->append(plan.value_frame.suffix);
    return marker_at;
}

// --- where a row goes ---

bool is_blank(std::string_view text) { return core::trimmed(text).empty(); }

void check_topic(const RelationPlan &plan, std::string_view topic) {
    if (topic.size() <= core::kMaxRecordTopicBytes) return;
    ereport(ERROR, errcode(ERRCODE_NAME_TOO_LONG),
            errmsg("topic of %zu bytes in field \"%.*s\" of table \"%.*s.%.*s\"", topic.size(),
                   length(plan.flat->route_column->field), plan.flat->route_column->field.data(),
                   length(plan.schema), plan.schema.data(), length(plan.table), plan.table.data()),
            errhint("Kafka allows 249; route.by.field is for columns that hold topics."));
}

// A column may name the topic; without a text in it the row goes where the table does.
void route_by_column(RecordSink *out, const RelationPlan &plan, const RowImage &row) {
    const FlatPlan &flat = *plan.flat;
    if (flat.route_column == nullptr) return;
    const std::string_view text = text_of_column(*flat.route_column, row);
    if (is_blank(text)) return;
    const std::string_view topic = routed_topic(*flat.transforms, text, plan.shaped_by);
    check_topic(plan, topic);
    out->writer->event_routing({.topic = topic});
}

// --- records ---

// What follows the value of a record that is no tombstone.
void end_flat(RecordSink *out, const RelationPlan &plan, const KeyHeader &header,
              const Envelope &envelope, const RowImage &row, std::size_t marker_at) {
    out->writer->end_value();
    if (!header.name.empty()) out->writer->event_header(header.name, header.value);
    write_added_headers(out->writer, plan.flat->headers, plan, envelope);
    route_by_column(out, plan, row);
    out->end_event(marker_at);
}

void encode_row(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                const RowImage *old_row, const RowImage &row, Operation operation,
                const KeyHeader &header) {
    const Envelope envelope = envelope_of(plan, frame, operation, old_row, &row);
    begin_record(out, plan, start_of(plan, frame, operation, true, false), &row);
    const std::size_t marker_at =
        write_row(out->writer->sink(), plan, row, plan.flat->row_end, envelope);
    end_flat(out, plan, header, envelope, row, operation == Operation::kRead ? marker_at : 0);
}

// It stays where the table's rows go, even if a column named another topic for the delete. In
// Debezium both records have the same headers, until a router makes them anew: what was added to
// the delete's stands in the tombstone's as well.
void encode_tombstone(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                      const RowImage &old_row, bool more, const KeyHeader &header,
                      const Envelope &envelope) {
    begin_record(out, plan, start_of(plan, frame, Operation::kDelete, false, more), &old_row);
    out->writer->end_value();
    if (!header.name.empty()) out->writer->event_header(header.name, header.value);
    if (!plan.shaped_behind_router)
        write_added_headers(out->writer, plan.flat->headers, plan, envelope);
    write_tombstone_headers(out->writer, plan.flat->headers);
    out->end_event();
}

// `more`: a record of the same change follows.
void encode_gone(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &old_row, bool more, const KeyHeader &header) {
    const FlatPlan &flat = *plan.flat;
    const Envelope envelope = envelope_of(plan, frame, Operation::kDelete, &old_row, nullptr);
    if (flat.deletes == DeleteMode::kDrop) return;
    const bool tombstone = flat.deletes == DeleteMode::kRewriteWithTombstone && frame.tombstones;
    const bool has_value = flat.deletes != DeleteMode::kDeleteToTombstone;
    begin_record(out, plan, start_of(plan, frame, Operation::kDelete, has_value, more || tombstone),
                 &old_row);
    if (flat.deletes == DeleteMode::kTombstone)
        out->writer->sink()->append(flat.null_value);
    else if (has_value)
        write_row(out->writer->sink(), plan, old_row, flat.deleted_end, envelope);
    end_flat(out, plan, header, envelope, old_row, 0);
    if (tombstone) encode_tombstone(out, plan, frame, old_row, more, header, envelope);
}

void encode_insert(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &row) {
    encode_row(out, plan, frame, nullptr, row, Operation::kCreate, {});
}

void encode_key_change(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                       const RowImage &old_row, const RowImage &row) {
    const std::string_view old_key = key_header(plan, old_row);
    const std::string_view new_key = key_header(plan, row);
    const bool creates = writes(plan, REORDER_BUFFER_CHANGE_INSERT);
    if (writes(plan, REORDER_BUFFER_CHANGE_DELETE))
        encode_gone(out, plan, frame, old_row, creates, {"__debezium.newkey", new_key});
    if (creates)
        encode_row(out, plan, frame, nullptr, row, Operation::kCreate,
                   {"__debezium.oldkey", old_key});
}

void encode_update(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage *old_row, const RowImage &row) {
    if (changes_key(plan, old_row, row)) {
        encode_key_change(out, plan, frame, *old_row, row);
        return;
    }
    encode_row(out, plan, frame, old_row, row, Operation::kUpdate, {});
}

void encode_delete(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &old_row) {
    encode_gone(out, plan, frame, old_row, false, {});
}

void encode_truncate(RecordSink *, const RelationPlan &, const ChangeFrame &frame, bool) {
    frame.events.count(frame.lsn);
}

void encode_read(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &row, Operation operation) {
    if (operation == Operation::kDelete)
        encode_gone(out, plan, frame, row, false, {});
    else
        encode_row(out, plan, frame, nullptr, row, operation, {});
}

}  // namespace

const Shape kFlatShape = {.plan = plan_flat,
                          .insert = encode_insert,
                          .update = encode_update,
                          .remove = encode_delete,
                          .truncate = encode_truncate,
                          .read = encode_read};

}  // namespace outflow::plugin
