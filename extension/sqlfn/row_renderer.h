// Prints rows outside a decoding session, for outflow.snapshot and outflow.preview: the same plan
// and the same encoder as the stream. One lives as long as the function call's FmgrInfo.
#pragma once

#include "pg/context_sink.h"
#include "plugin/row_encoder.h"

namespace outflow::sqlfn {

struct RowRenderer {
    MemoryContext context = nullptr;
    MemoryContext row_context = nullptr;
    plugin::Options options;
    plugin::Filter filter;
    plugin::RelationPlan *plan = nullptr;
    Oid row_type = InvalidOid;
    TupleDesc descriptor = nullptr;
    core::SourceParts source;
    core::EnvelopeClock clock;
    pg::ContextSink buffer;
    core::ChunkWriter writer{nullptr};

    // Writes the record of one row into `buffer`; it stays there until the next call.
    void render(HeapTupleHeader row, core::Operation operation);
};

// The renderer kept in fn_extra; made from the call's options at the first row, or when the row
// type changes. `snapshot`: the marker word that `source` gets.
RowRenderer *renderer_of(FunctionCallInfo call, HeapTupleHeader row, ArrayType *options,
                         std::string_view snapshot);

}  // namespace outflow::sqlfn
