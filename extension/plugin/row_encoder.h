// Plan + tuples → the records of one change: create, update, delete with its tombstone, the three
// records of a key change, and the read of a snapshot.
#pragma once

#include "core/chunk_writer.h"
#include "core/envelope_writer.h"
#include "relation_plan.h"

namespace outflow::plugin {

// What all records of one change have in common.
struct ChangeFrame {
    const core::SourceParts *source = nullptr;
    const core::EnvelopeClock *clock = nullptr;
    std::uint64_t ordinal = 0;
    std::uint64_t lsn = 0;
    bool tombstones = true;
};

// One row's values as arrays over the table's attributes.
struct RowImage {
    Datum *values = nullptr;
    bool *nulls = nullptr;
};

// Receives finished records: `emit` runs after each record is in the writer.
struct RecordSink {
    core::ChunkWriter *writer = nullptr;
    void (*emit)(void *context) = nullptr;
    void *context = nullptr;

    void end_event(std::size_t marker_at = 0) {
        writer->end_event(marker_at);
        if (emit) emit(context);
    }
};

void encode_insert(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &row);
void encode_update(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage *old_row, const RowImage &row);
void encode_delete(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &old_row);
// `row` of a snapshot or a preview, with any operation.
void encode_read(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &row, core::Operation operation);
void encode_truncate(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                     bool more_of_ordinal);

// Fills the image from a tuple.
RowImage deform(HeapTuple tuple, TupleDesc descriptor, Datum *values, bool *nulls);

// The key alone, as bytes of a Kafka key; nothing for a table without a key.
void write_key(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row);

}  // namespace outflow::plugin
