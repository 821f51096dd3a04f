#include "callbacks.h"
#include "chunk_output.h"
#include "on_transaction.h"
#include "record_writer.h"
#include "row_comparison.h"
#include "row_filter.h"
#include "shape.h"

namespace outflow::plugin {
namespace {

// The change of one row. The row filter may make another action of it.
struct Change {
    LogicalDecodingContext *ctx;
    ReorderBufferTXN *txn;
    RelationPlan *plan;
    XLogRecPtr lsn;
    ReorderBufferChangeType action;
    RowImage old_row = {};
    RowImage new_row = {};
    const RowImage *before = nullptr;  // null where it has no such row
    const RowImage *after = nullptr;
};

// The WAL of a table without replica identity does not say which row was deleted.
void warn_nameless_delete(RelationPlan *plan, Relation relation) {
    if (plan->warned) return;
    plan->warned = true;
    ereport(WARNING, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
            errmsg("deletes of table \"%s\" cannot be captured: it has no replica identity",
                   RelationGetRelationName(relation)),
            errhint("ALTER TABLE ... REPLICA IDENTITY FULL, or add a primary key."));
}

void read_rows(Change *change, Relation relation, const ReorderBufferChange *decoded) {
    const TupleDesc descriptor = RelationGetDescr(relation);
    const RelationPlan &plan = *change->plan;
    if (const HeapTuple tuple = pg::old_tuple(decoded)) {
        change->old_row = deform(tuple, descriptor, plan.old_values, plan.old_nulls);
        change->before = &change->old_row;
    }
    if (const HeapTuple tuple = pg::new_tuple(decoded)) {
        change->new_row = deform(tuple, descriptor, plan.new_values, plan.new_nulls);
        change->after = &change->new_row;
    }
}

void encode_rows(const Change &change) {
    State *state = state_of(change.ctx);
    const RelationPlan &plan = *change.plan;
    RecordSink out = record_sink(change.ctx);
    const ChangeFrame frame = {.source = &state->source,
                               .clock = &state->clock,
                               .ordinal = state->transaction.ordinal,
                               .lsn = change.lsn,
                               .tombstones = state->options.tombstones,
                               .events = {state->metadata, change.plan}};
    switch (change.action) {
        case REORDER_BUFFER_CHANGE_INSERT:
            if (change.after) plan.shape->insert(&out, plan, frame, *change.after);
            return;
        case REORDER_BUFFER_CHANGE_UPDATE:
            if (change.after) plan.shape->update(&out, plan, frame, change.before, *change.after);
            return;
        case REORDER_BUFFER_CHANGE_DELETE:
            if (change.before) plan.shape->remove(&out, plan, frame, *change.before);
            return;
        default:
            return;
    }
}

void write_change(const Change &change) {
    State *state = state_of(change.ctx);
    ensure_begun(change.ctx, change.txn);
    announce(state, change.plan);
    const std::size_t begin = state->buffer.size;
    encode_rows(change);
    ++state->transaction.event_count;
    check_event_size(*state, begin, change.plan->table);
    after_records(change.ctx, false);
}

// What the row filter leaves of the change.
ChangeRoute filter_rows(Change *change) {
    const RelationPlan &plan = *change->plan;
    if (!apply_row_filter(*plan.row_filter, change->before, change->after, &change->action))
        return ChangeRoute::kUnpublished;
    return plan.filtered_routes[change->action];
}

bool is_without_change(const Change &change) {
    return change.plan->skips_unchanged && change.action == REORDER_BUFFER_CHANGE_UPDATE &&
           change.before && change.after &&
           !value_differs(*change.plan, *change.before, *change.after);
}

// Whether the change is encoded.
bool is_wanted(const Change &change, ChangeRoute route) {
    if (route == ChangeRoute::kKeyChange)
        return change.after && changes_key(*change.plan, change.before, *change.after);
    return route == ChangeRoute::kCaptured && !is_without_change(change);
}

ChangeRoute route_of(RelationPlan *plan, Relation relation, const ReorderBufferChange *change) {
    const ChangeRoute route = plan->routes[change->action];
    if (change->action != REORDER_BUFFER_CHANGE_DELETE || pg::old_tuple(change) != nullptr)
        return route;
    if (plan->captured && route != ChangeRoute::kUnpublished) warn_nameless_delete(plan, relation);
    return ChangeRoute::kUnpublished;
}

}  // namespace

void on_change(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, Relation relation,
               ReorderBufferChange *decoded) {
    State *state = state_of(ctx);
    ++state->transaction.ordinal;
    const MemoryContext caller = MemoryContextSwitchTo(state->row_context);
    RelationPlan *plan = state->plans.find(relation, state->options, state->filter);
    Change change = {
        .ctx = ctx, .txn = txn, .plan = plan, .lsn = decoded->lsn, .action = decoded->action};
    ChangeRoute route = route_of(plan, relation, decoded);
    if (route >= ChangeRoute::kCaptured) read_rows(&change, relation, decoded);
    if (route == ChangeRoute::kFiltered) route = filter_rows(&change);
    if (route != ChangeRoute::kUnpublished) mark_received(ctx, txn, change.lsn);
    if (is_wanted(change, route))
        write_change(change);
    else
        skip_change(ctx);
    MemoryContextSwitchTo(caller);
    MemoryContextReset(state->row_context);
}

}  // namespace outflow::plugin
