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

bool is_sql_function(Oid function, void *) {
    HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
    if (!HeapTupleIsValid(tuple)) return false;
    const Oid language = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple))->prolang;
    ReleaseSysCache(tuple);
    return language == SQLlanguageId;
}

// Some of the server's own functions are queries, and not every call of them can be replaced by its
// body when the expression is planned.
bool calls_sql_function(Node *node, void *context) {
    if (node == nullptr) return false;
    if (check_functions_in_node(node, is_sql_function, context)) return true;
    return pg::walk_expression(node, calls_sql_function, context);
}

bool verdict_of(const RowFilter &filter, const RowImage *before, const RowImage *after,
                ReorderBufferChangeType *action) {
    if (before == nullptr && after == nullptr) return false;
    if (before == nullptr || after == nullptr) return matches(filter, after ? *after : *before);
    fill_unchanged(filter, *before, *after);
    const bool was_in = matches(filter, *before);
    const bool is_in = matches(filter, *after);
    if (!was_in && !is_in) return false;
    if (!was_in) *action = REORDER_BUFFER_CHANGE_INSERT;
    if (!is_in) *action = REORDER_BUFFER_CHANGE_DELETE;
    return true;
}

}  // namespace

RowFilter *make_row_filter(Relation table, Node *condition, const AttrNumber *places) {
    auto *filter = static_cast<RowFilter *>(palloc0(sizeof(RowFilter)));
    filter->executor = CreateExecutorState();
    const MemoryContext caller = MemoryContextSwitchTo(filter->executor->es_query_cxt);
    Expr *planned = expression_planner(reinterpret_cast<Expr *>(condition));
    filter->condition = ExecInitExpr(planned, nullptr);
    MemoryContextSwitchTo(caller);
    filter->runs_queries = calls_sql_function(reinterpret_cast<Node *>(planned), nullptr);
    filter->slot =
        MakeSingleTupleTableSlot(CreateTupleDescCopy(RelationGetDescr(table)), &TTSOpsVirtual);
    filter->places = places;
    return filter;
}

bool apply_row_filter(const RowFilter &filter, const RowImage *before, const RowImage *after,
                      ReorderBufferChangeType *action) {
    ResetPerTupleExprContext(filter.executor);
    // A walsender has no active snapshot, which a query reads through without asking.
    const bool lends_snapshot = filter.runs_queries && !ActiveSnapshotSet();
    if (lends_snapshot) PushActiveSnapshot(GetTransactionSnapshot());
    const bool passes = verdict_of(filter, before, after, action);
    if (lends_snapshot) PopActiveSnapshot();
    return passes;
}

}  // namespace outflow::plugin
