#include "callbacks.h"
#include "chunk_output.h"
#include "on_transaction.h"
#include "row_comparison.h"
#include "shape.h"

namespace outflow::plugin {
namespace {

bool is_published(const RelationPlan &plan, ReorderBufferChangeType action) {
    switch (action) {
        case REORDER_BUFFER_CHANGE_INSERT:
            return plan.published && plan.publishes_insert;
        case REORDER_BUFFER_CHANGE_UPDATE:
            return plan.published && plan.publishes_update;
        case REORDER_BUFFER_CHANGE_DELETE:
            return plan.published && plan.publishes_delete;
        default:
            return false;
    }
}

bool is_skipped(const Options &options, ReorderBufferChangeType action) {
    switch (action) {
        case REORDER_BUFFER_CHANGE_INSERT:
            return options.skip_create;
        case REORDER_BUFFER_CHANGE_UPDATE:
            return options.skip_update;
        case REORDER_BUFFER_CHANGE_DELETE:
            return options.skip_delete;
        default:
            return true;
    }
}

// The WAL of a table without replica identity does not say which row was deleted.
void warn_nameless_delete(RelationPlan *plan, Relation relation) {
    if (plan->warned) return;
    plan->warned = true;
    ereport(WARNING, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("deletes of table \"%s\" cannot be captured: it has no replica identity",
                   RelationGetRelationName(relation)),
            errhint("ALTER TABLE ... REPLICA IDENTITY FULL, or add a primary key."));
}

// What the WAL has of one change.
struct ChangedRow {
    bool has_old = false;
    bool has_new = false;
    RowImage old_row;
    RowImage new_row;
};

ChangedRow read_rows(const RelationPlan &plan, Relation relation,
                     const ReorderBufferChange *change) {
    const TupleDesc descriptor = RelationGetDescr(relation);
    const HeapTuple old_tuple = pg::old_tuple(change);
    const HeapTuple new_tuple = pg::new_tuple(change);
    ChangedRow rows = {.has_old = old_tuple != nullptr, .has_new = new_tuple != nullptr};
    if (old_tuple) rows.old_row = deform(old_tuple, descriptor, plan.old_values, plan.old_nulls);
    if (new_tuple) rows.new_row = deform(new_tuple, descriptor, plan.new_values, plan.new_nulls);
    return rows;
}

bool is_without_change(const RelationPlan &plan, const ReorderBufferChange *change,
                       const ChangedRow &rows) {
    return plan.skips_unchanged && change->action == REORDER_BUFFER_CHANGE_UPDATE && rows.has_old &&
           rows.has_new && !value_differs(plan, rows.old_row, rows.new_row);
}

void encode_change(LogicalDecodingContext *ctx, RelationPlan *plan, Relation relation,
                   const ReorderBufferChange *change, const ChangedRow &rows) {
    State *state = state_of(ctx);
    RecordSink out = record_sink(ctx);
    const ChangeFrame frame = {.source = &state->source,
                               .clock = &state->clock,
                               .ordinal = state->transaction.ordinal,
                               .lsn = change->lsn,
                               .tombstones = state->options.tombstones,
                               .events = {state->metadata, plan}};
    switch (change->action) {
        case REORDER_BUFFER_CHANGE_INSERT:
            if (rows.has_new) plan->shape->insert(&out, *plan, frame, rows.new_row);
            return;
        case REORDER_BUFFER_CHANGE_UPDATE:
            if (rows.has_new)
                plan->shape->update(&out, *plan, frame, rows.has_old ? &rows.old_row : nullptr,
                                    rows.new_row);
            return;
        case REORDER_BUFFER_CHANGE_DELETE:
            if (rows.has_old)
                plan->shape->remove(&out, *plan, frame, rows.old_row);
            else
                warn_nameless_delete(plan, relation);
            return;
        default:
            return;
    }
}

// False when the change is left out.
bool capture_change(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, RelationPlan *plan,
                    Relation relation, const ReorderBufferChange *change) {
    State *state = state_of(ctx);
    const ChangedRow rows = read_rows(*plan, relation, change);
    if (is_without_change(*plan, change, rows)) return false;
    ensure_begun(ctx, txn);
    announce(state, plan);
    const std::size_t begin = state->buffer.size;
    encode_change(ctx, plan, relation, change, rows);
    ++state->transaction.event_count;
    check_event_size(*state, begin, RelationGetRelationName(relation));
    after_records(ctx, false);
    return true;
}

}  // namespace

void on_change(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, Relation relation,
               ReorderBufferChange *change) {
    State *state = state_of(ctx);
    ++state->transaction.ordinal;
    const MemoryContext caller = MemoryContextSwitchTo(state->row_context);
    RelationPlan *plan = state->plans.find(relation, state->options, state->filter);
    const bool published = is_published(*plan, change->action);
    if (published) mark_received(ctx, txn, change->lsn);
    const bool wanted = published && plan->captured && !is_skipped(state->options, change->action);
    if (!wanted || !capture_change(ctx, txn, plan, relation, change)) skip_change(ctx);
    MemoryContextSwitchTo(caller);
    MemoryContextReset(state->row_context);
}

}  // namespace outflow::plugin
