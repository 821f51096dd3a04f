#include "callbacks.h"
#include "chunk_output.h"
#include "on_transaction.h"
#include "shape.h"

namespace outflow::plugin {
// One record for each captured table of the statement, in its order; all share one ordinal.
void on_truncate(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, int relation_count,
                 Relation relations[], ReorderBufferChange *change) {
    State *state = state_of(ctx);
    ++state->transaction.ordinal;
    const MemoryContext caller = MemoryContextSwitchTo(state->row_context);
    int captured = 0;
    for (int at = 0; at < relation_count; ++at) {
        const RelationPlan *plan = state->plans.find(relations[at], state->options, state->filter);
        if (plan->truncate_route != ChangeRoute::kUnpublished) mark_received(ctx, txn, change->lsn);
        captured += plan->truncate_route == ChangeRoute::kCaptured;
    }
    for (int at = 0; at < relation_count && captured > 0; ++at) {
        RelationPlan *plan = state->plans.find(relations[at], state->options, state->filter);
        if (plan->truncate_route != ChangeRoute::kCaptured) continue;
        ensure_begun(ctx, txn);
        announce(state, plan);
        RecordSink out = record_sink(ctx);
        const ChangeFrame frame = {.source = &state->source,
                                   .clock = &state->clock,
                                   .ordinal = state->transaction.ordinal,
                                   .lsn = change->lsn,
                                   .events = {state->metadata, plan}};
        --captured;
        plan->shape->truncate(&out, *plan, frame, captured > 0);
        ++state->transaction.event_count;
    }
    after_records(ctx, false);
    MemoryContextSwitchTo(caller);
    MemoryContextReset(state->row_context);
}

}  // namespace outflow::plugin
