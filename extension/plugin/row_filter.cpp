#include "row_filter.h"

#include "row_encoder.h"

namespace outflow::plugin {
namespace {

// A value out of line that the update did not write again is in the old row alone.
void fill_unchanged(const RowFilter &filter, const RowImage &before, const RowImage &after) {
    const TupleDesc descriptor = filter.slot->tts_tupleDescriptor;
    for (int at = 0; at < descriptor->natts; ++at) {
        const int place = filter.places ? filter.places[at] : at;
        if (place < 0 || TupleDescAttr(descriptor, at)->attlen != -1) continue;
        if (before.nulls[place] || after.nulls[place]) continue;
        if (VARATT_IS_EXTERNAL_ONDISK(DatumGetPointer(after.values[place])) &&
            !VARATT_IS_EXTERNAL_ONDISK(DatumGetPointer(before.values[place])))
            after.values[place] = before.values[place];
    }
}

void fill_slot(const RowFilter &filter, const RowImage &row) {
    TupleTableSlot *slot = filter.slot;
    ExecClearTuple(slot);
    for (int at = 0; at < slot->tts_tupleDescriptor->natts; ++at) {
        const int place = filter.places ? filter.places[at] : at;
        slot->tts_isnull[at] = place < 0 || row.nulls[place];
        slot->tts_values[at] = slot->tts_isnull[at] ? Datum{0} : row.values[place];
    }
    ExecStoreVirtualTuple(slot);
}

bool matches(const RowFilter &filter, const RowImage &row) {
    ExprContext *context = GetPerTupleExprContext(filter.executor);
    fill_slot(filter, row);
    context->ecxt_scantuple = filter.slot;
    bool is_null = false;
    const Datum verdict = ExecEvalExprSwitchContext(filter.condition, context, &is_null);
    return !is_null && DatumGetBool(verdict);
}

}  // namespace

RowFilter *make_row_filter(Relation table, Node *condition, const AttrNumber *places) {
    auto *filter = static_cast<RowFilter *>(palloc0(sizeof(RowFilter)));
    filter->executor = CreateExecutorState();
    filter->condition = ExecPrepareExpr(reinterpret_cast<Expr *>(condition), filter->executor);
    filter->slot =
        MakeSingleTupleTableSlot(CreateTupleDescCopy(RelationGetDescr(table)), &TTSOpsVirtual);
    filter->places = places;
    return filter;
}

bool apply_row_filter(const RowFilter &filter, const RowImage *before, const RowImage *after,
                      ReorderBufferChangeType *action) {
    ResetPerTupleExprContext(filter.executor);
    if (before == nullptr || after == nullptr) return matches(filter, after ? *after : *before);
    fill_unchanged(filter, *before, *after);
    const bool was_in = matches(filter, *before);
    const bool is_in = matches(filter, *after);
    if (!was_in && !is_in) return false;
    if (!was_in) *action = REORDER_BUFFER_CHANGE_INSERT;
    if (!is_in) *action = REORDER_BUFFER_CHANGE_DELETE;
    return true;
}

}  // namespace outflow::plugin
