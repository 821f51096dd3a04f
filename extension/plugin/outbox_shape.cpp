// The shape of an outbox table: each row that appears in it is an event of its own topic, as
// Debezium's EventRouter makes it of the envelope. Nothing else of the table is told.
#include "outbox_shape.h"

#include <charconv>

#include "core/chunk_reader.h"
#include "core/header_text.h"
#include "core/json_writer.h"
#include "outbox_payload.h"
#include "record_writer.h"
#include "shape.h"

namespace outflow::plugin {
namespace {

using core::Operation;

int length(std::string_view text) { return static_cast<int>(text.size()); }

[[noreturn]] void refuse(const RelationPlan &plan, const char *problem) {
    ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("table \"%.*s.%.*s\" cannot be an outbox: %s", length(plan.schema),
                   plan.schema.data(), length(plan.table), plan.table.data(), problem),
            errhint("Correct the transform's properties, or limit it to outbox tables with a "
                    "predicate."));
}

// What the reference does with a row that it cannot route.
[[noreturn]] void refuse_unrouted(const RelationPlan &plan) {
    ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
            errmsg("an event of outbox table \"%.*s.%.*s\" has no topic: its column \"%.*s\" is "
                   "null",
                   length(plan.schema), plan.schema.data(), length(plan.table), plan.table.data(),
                   length(plan.outbox->route->name), plan.outbox->route->name.data()),
            errhint("Declare the column NOT NULL; pass this event by with "
                    "pg_replication_slot_advance."));
}

std::string_view plain_text(std::string_view json) {
    return json_text([&](core::ByteSink *sink) { core::append_plain_text(sink, json); });
}

std::string_view route_value_of(const RelationPlan &plan, const RowImage &row) {
    const ColumnPlan &column = *plan.outbox->route;
    if (row.nulls[column.attribute]) refuse_unrouted(plan);
    return plain_text(column_json(column, row));
}

// A header is converted from the value, not from its JSON: some types print differently.
void write_header(RecordSink *out, std::string_view name, const ColumnPlan &column,
                  const RowImage &row) {
    std::string_view json;
    if (!row.nulls[column.attribute] && column.codec.encode_header != nullptr)
        json = json_text([&](core::ByteSink *sink) {
            column.codec.encode_header(sink, row.values[column.attribute], column.codec);
        });
    else
        json = column_json(column, row);
    const bool is_null = json == "null";
    out->writer->event_header({.name = name,
                               .value = is_null ? std::string_view() : plain_text(json),
                               .behind_context = true,
                               .is_null = is_null});
}

void write_headers(RecordSink *out, const OutboxPlan &outbox, const RowImage &row,
                   const EventHeaders &headers) {
    if (!headers.old_key.empty()) out->writer->event_header("__debezium.oldkey", headers.old_key);
    write_header(out, "id", *outbox.id, row);
    for (int at = 0; at < outbox.header_count; ++at)
        write_header(out, outbox.headers[at].alias, *outbox.headers[at].column, row);
    core::EventHeaderReader reader(headers.more);
    core::EventHeader header;
    while (reader.next(&header)) {
        header.name = to_utf8(header.name);
        if (!header.value.empty()) header.value = to_utf8(header.value);
        out->writer->event_header(header);
    }
}

std::int64_t number_of(const ColumnPlan &column, const RowImage &row) {
    std::int64_t number = 0;
    const std::string_view json = column_json(column, row);
    std::from_chars(json.data(), json.data() + json.size(), number);
    return number;
}

core::EventRouting routing_of(const RelationPlan &plan, const ChangeFrame &frame,
                              const RowImage &row, std::string_view route_value) {
    const OutboxPlan &outbox = *plan.outbox;
    core::EventRouting routing;
    routing.topic = outbox_topic(plan, route_value);
    routing.timestamp_ms = frame.clock->time_ms();
    if (outbox.timestamp != nullptr && !row.nulls[outbox.timestamp->attribute])
        routing.timestamp_ms = number_of(*outbox.timestamp, row) / outbox.timestamp_per_ms;
    if (outbox.partition != nullptr && !row.nulls[outbox.partition->attribute])
        routing.partition = static_cast<std::int32_t>(number_of(*outbox.partition, row));
    return routing;
}

// Events are facts: a row that is changed later tells nothing. Its table is not told of each.
void pass_by(const RelationPlan &plan, const char *what, bool fatal) {
    if (fatal)
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("outbox table \"%.*s.%.*s\" was %s (table.op.invalid.behavior=fatal)",
                       length(plan.schema), plan.schema.data(), length(plan.table),
                       plan.table.data(), what),
                errhint("Pass this change by with pg_replication_slot_advance, or set "
                        "table.op.invalid.behavior=warn."));
    if (plan.outbox->told) return;
    plan.outbox->told = true;
    ereport(WARNING, errmsg("outbox table \"%.*s.%.*s\" was %s; only rows that are added are "
                            "events",
                            length(plan.schema), plan.schema.data(), length(plan.table),
                            plan.table.data(), what));
}

void plan_outbox(RelationPlan *plan, const Options &options) {
    plan->outbox = make_outbox_plan(*plan, options);
    plan->topic = {};  // each event names its own
}

void encode_insert(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &row) {
    frame.events.count(frame.lsn);
    write_event_record(out, plan, frame, row, Operation::kCreate, {});
}

// A changed primary key is a delete and a create; the latter is an event.
void encode_update(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage *old_row, const RowImage &row) {
    if (changes_key(plan, old_row, row)) {
        if (writes(plan, REORDER_BUFFER_CHANGE_DELETE)) frame.events.count(frame.lsn);
        if (!writes(plan, REORDER_BUFFER_CHANGE_INSERT)) return;
        frame.events.count(frame.lsn);
        write_event_record(out, plan, frame, row, Operation::kCreate,
                           {.old_key = key_header(plan, *old_row)});
        return;
    }
    frame.events.count(frame.lsn);
    pass_by(plan, "updated", plan.outbox->options->fatal_updates);
}

void encode_delete(RecordSink *, const RelationPlan &, const ChangeFrame &frame, const RowImage &) {
    frame.events.count(frame.lsn);
}

void encode_truncate(RecordSink *, const RelationPlan &plan, const ChangeFrame &frame, bool) {
    frame.events.count(frame.lsn);
    pass_by(plan, "truncated", false);
}

void encode_read(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &row, Operation operation) {
    if (operation == Operation::kCreate || operation == Operation::kRead)
        write_event_record(out, plan, frame, row, operation, {});
}

}  // namespace

void write_event_record(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                        const RowImage &row, Operation operation, const EventHeaders &headers) {
    const OutboxPlan &outbox = *plan.outbox;
    if (outbox.problem != nullptr) refuse(plan, outbox.problem);
    const Options &session = *outbox.session;
    const std::string_view route_value = route_value_of(plan, row);
    const Payload payload = read_payload(outbox, row);
    const std::string_view key = column_json(*outbox.key, row);
    const bool has_key = has_bytes(session.key_class, *outbox.key, key == "null", false);
    const bool has_value = !(outbox.options->tombstones && is_empty(payload)) &&
                           has_bytes(session.value_class, *outbox.payload, payload.is_null,
                                     outbox.options->has_envelope);
    std::uint16_t flags = 0;
    if (has_key) flags |= core::kEventHasKey;
    if (has_value) flags |= core::kEventHasValue;
    core::ByteSink *sink = out->writer->sink();
    out->writer->begin_event({.relation = plan.relation,
                              .operation = operation,
                              .flags = flags,
                              .ordinal = frame.ordinal,
                              .lsn = frame.lsn});
    if (has_key) write_converted(sink, session.key_class, *outbox.key, row, key, outbox.key_frame);
    out->writer->end_key();
    if (has_value) write_outbox_value(sink, plan, payload, row, route_value);
    out->writer->end_value();
    write_headers(out, outbox, row, headers);
    out->writer->event_routing(routing_of(plan, frame, row, route_value));
    out->end_event();
}

const Shape kOutboxShape = {.plan = plan_outbox,
                            .insert = encode_insert,
                            .update = encode_update,
                            .remove = encode_delete,
                            .truncate = encode_truncate,
                            .read = encode_read};

}  // namespace outflow::plugin
