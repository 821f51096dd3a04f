// outflow.snapshot(row record, options text[]) → bytea: one row as an event record of the chunk
// format, for COPY (SELECT outflow.snapshot(t, …) FROM ONLY t) TO STDOUT (FORMAT binary).
// The options are read at the first row of a statement and must be the same for all its rows.
#include "row_renderer.h"

extern "C" {
PG_FUNCTION_INFO_V1(outflow_snapshot);
}

Datum outflow_snapshot(PG_FUNCTION_ARGS) {
    using namespace outflow;
    HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(0);
    sqlfn::RowRenderer *renderer =
        sqlfn::renderer_of(fcinfo, row, PG_GETARG_ARRAYTYPE_P(1), "true");
    renderer->render(row, core::Operation::kRead);
    const std::string_view record = renderer->buffer.view();
    auto *result = static_cast<bytea *>(palloc(VARHDRSZ + record.size()));
    SET_VARSIZE(result, VARHDRSZ + record.size());
    std::memcpy(VARDATA(result), record.data(), record.size());
    PG_RETURN_BYTEA_P(result);
}
