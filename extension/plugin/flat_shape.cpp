// The records of ExtractNewRecordState: the row alone instead of the envelope. Truncates give
// none; what deletes become is the plan's matter.
#include "core/json_writer.h"
#include "plan_schema.h"
#include "record_writer.h"
#include "shape.h"
#include "unwrap_options.h"

namespace outflow::plugin {

// The texts around a row, made with the plan.
struct FlatPlan {
    DeleteMode deletes;
    std::string_view row_end;      // behind the columns of a row that is there
    std::string_view deleted_end;  // of one that is not
    std::string_view null_value;   // a null with its schema
};

namespace {

using core::Operation;

constexpr std::string_view kDeletedField = "__deleted";

std::string_view end_of_row(const RelationPlan &plan, bool rewrites, std::string_view deleted) {
    return json_text([&](core::ByteSink *sink) {
        if (rewrites) {
            core::write_member_name(sink, kDeletedField, plan.column_count == 0);
            core::write_json_string(sink, deleted);
        } else if (plan.column_count == 0) {
            core::begin_json_object(sink);
        }
        core::end_json_object(sink);
    });
}

std::string_view row_fields(const RelationPlan &plan, bool rewrites) {
    const std::string_view columns = value_fields(plan);
    if (!rewrites) return columns;
    return json_text([&](core::ByteSink *sink) {
        sink->append(columns);
        if (!columns.empty()) core::write_json_comma(sink);
        core::write_schema(sink, {.type = "string"}, true, {}, kDeletedField);
    });
}

core::ValueFrame row_frame(const RelationPlan &plan, const Options &options,
                           std::string_view fields, bool optional) {
    if (!options.value_schemas) return {};
    return payload_frame(json_text([&](core::ByteSink *sink) {
        core::write_row_schema(sink, plan.schema_stem, fields, optional);
    }));
}

void plan_flat(RelationPlan *plan, const Options &options) {
    const UnwrapOptions &unwrap = *plan->shaped_by->unwrap;
    auto *flat = static_cast<FlatPlan *>(palloc0(sizeof(FlatPlan)));
    flat->deletes = unwrap.deletes;
    flat->row_end = end_of_row(*plan, unwrap.rewrites(), "false");
    flat->deleted_end = end_of_row(*plan, unwrap.rewrites(), "true");
    plan->key_frame = key_frame(*plan, options);
    plan->value_frame = row_frame(*plan, options, row_fields(*plan, unwrap.rewrites()), false);
    const core::ValueFrame null_frame = row_frame(*plan, options, value_fields(*plan), true);
    flat->null_value = json_text([&](core::ByteSink *sink) {
        sink->append(null_frame.prefix);
        core::write_json_null(sink);
        sink->append(null_frame.suffix);
    });
    plan->flat = flat;
}

void write_row(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row,
               std::string_view end) {
    sink->append(plan.value_frame.prefix);
    write_members(sink, plan, row);
    sink->append(end);
    sink->append(plan.value_frame.suffix);
}

void encode_row(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                const RowImage &row, Operation operation, const KeyHeader &header) {
    begin_record(out, plan, start_of(plan, frame, operation, true, false), &row);
    write_row(out->writer->sink(), plan, row, plan.flat->row_end);
    out->writer->end_value();
    end_record(out, header);
}

// `more`: a record of the same change follows.
void encode_gone(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &old_row, bool more, const KeyHeader &header) {
    const FlatPlan &flat = *plan.flat;
    if (flat.deletes == DeleteMode::kDrop) return;
    const bool tombstone = flat.deletes == DeleteMode::kRewriteWithTombstone && frame.tombstones;
    const bool has_value = flat.deletes != DeleteMode::kDeleteToTombstone;
    begin_record(out, plan, start_of(plan, frame, Operation::kDelete, has_value, more || tombstone),
                 &old_row);
    if (flat.deletes == DeleteMode::kTombstone)
        out->writer->sink()->append(flat.null_value);
    else if (has_value)
        write_row(out->writer->sink(), plan, old_row, flat.deleted_end);
    out->writer->end_value();
    end_record(out, header);
    if (tombstone) write_tombstone(out, plan, frame, old_row, more, header);
}

void encode_insert(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &row) {
    encode_row(out, plan, frame, row, Operation::kCreate, {});
}

void encode_key_change(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                       const RowImage &old_row, const RowImage &row) {
    const std::string_view old_key = key_header(plan, old_row);
    const std::string_view new_key = key_header(plan, row);
    encode_gone(out, plan, frame, old_row, true, {"__debezium.newkey", new_key});
    encode_row(out, plan, frame, row, Operation::kCreate, {"__debezium.oldkey", old_key});
}

void encode_update(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage *old_row, const RowImage &row) {
    if (changes_key(plan, old_row, row)) {
        encode_key_change(out, plan, frame, *old_row, row);
        return;
    }
    encode_row(out, plan, frame, row, Operation::kUpdate, {});
}

void encode_delete(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &old_row) {
    encode_gone(out, plan, frame, old_row, false, {});
}

void encode_truncate(RecordSink *, const RelationPlan &, const ChangeFrame &, bool) {}

void encode_read(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &row, Operation operation) {
    if (operation == Operation::kDelete)
        encode_gone(out, plan, frame, row, false, {});
    else
        encode_row(out, plan, frame, row, operation, {});
}

}  // namespace

const Shape kFlatShape = {.plan = plan_flat,
                          .insert = encode_insert,
                          .update = encode_update,
                          .remove = encode_delete,
                          .truncate = encode_truncate,
                          .read = encode_read};

}  // namespace outflow::plugin
