// Plan + tuples → the records of one change in Debezium's envelope (kEnvelopeShape): create,
// update, delete with its tombstone, the three records of a key change, truncate, and the read of a
// snapshot.
#pragma once

#include "core/chunk_writer.h"
#include "core/envelope_writer.h"
#include "relation_plan.h"
#include "transaction_metadata.h"

namespace outflow::plugin {

// What all records of one change have in common.
struct ChangeFrame {
    const core::SourceParts *source = nullptr;
    const core::EnvelopeClock *clock = nullptr;
    std::uint64_t ordinal = 0;
    std::uint64_t lsn = 0;
    bool tombstones = true;
    EventCounter events;  // of the table
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

// Fills the image from a tuple.
RowImage deform(HeapTuple tuple, TupleDesc descriptor, Datum *values, bool *nulls);

// A value that an update did not write again, and that the WAL therefore does not have.
inline bool is_unchanged_toast(Datum value) {
    return VARATT_IS_EXTERNAL_ONDISK(DatumGetPointer(value));
}

// One column's value, or what stands for it.
inline void write_column(core::ByteSink *sink, const ColumnPlan &column, Datum value,
                         bool is_null) {
    if (is_null) {
        sink->append(column.codec.null_text);
    } else if (column.by_reference && is_unchanged_toast(value)) [[unlikely]] {
        sink->append(column.unavailable);
    } else {
        column.codec.encode(sink, value, column.codec);
    }
}

// The key alone, as bytes of a Kafka key; nothing for a table without a key.
void write_key(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row);

}  // namespace outflow::plugin
