#include "on_transaction.h"

#include "callbacks.h"
#include "chunk_output.h"
#include "source_parts.h"

namespace outflow::plugin {
namespace {

constexpr unsigned kChangesBetweenProgress = 100;

// The name of the replication origin a transaction was replayed from, or empty.
std::string_view origin_name(RepOriginId origin) {
    char *name = nullptr;
    if (!replorigin_by_oid(origin, true, &name)) return {};
    return name;
}

void render_source(State *state, const ReorderBufferTXN *txn) {
    core::SourceInfo info = source_of(state->options, state->database);
    info.time_us = state->transaction.commit_time_us;
    info.last_commit = state->last_commit;
    info.xid = txn->xid;
    if (txn->origin_id != InvalidRepOriginId) {
        info.has_origin = true;
        info.origin = origin_name(txn->origin_id);
        info.origin_lsn = txn->origin_lsn;
    }
    const MemoryContext caller = MemoryContextSwitchTo(state->context);
    state->source.render(info);
    MemoryContextSwitchTo(caller);
}

}  // namespace

void ensure_begun(LogicalDecodingContext *ctx, ReorderBufferTXN *txn) {
    State *state = state_of(ctx);
    ensure_chunk(state);
    if (state->transaction.begun) [[likely]]
        return;
    state->transaction.begun = true;
    render_source(state, txn);
    state->writer.begin({txn->final_lsn}, txn->xid, state->transaction.commit_time_us);
}

void skip_change(LogicalDecodingContext *ctx) {
    if constexpr (pg::kReportsSkippedChanges) {
        State *state = state_of(ctx);
        if (++state->transaction.skipped < kChangesBetweenProgress) return;
        state->transaction.skipped = 0;
        OutputPluginUpdateProgress(ctx, false);
    }
}

void on_begin(LogicalDecodingContext *ctx, ReorderBufferTXN *txn) {
    State *state = state_of(ctx);
    state->transaction = Transaction();
    state->transaction.commit_time_us = unix_time_us(pg::commit_time(txn));
}

void on_commit(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr commit_lsn) {
    State *state = state_of(ctx);
    Transaction &transaction = state->transaction;
    // A transaction of the publication moves `sequence` on, even when all its events were filtered.
    // One without any of its changes is not sent by pgoutput and leaves no trace.
    if (transaction.published) {
        state->last_commit = {txn->end_lsn};
        state->last_commit_time_us = transaction.commit_time_us;
    }
    if (transaction.begun) {
        ensure_chunk(state);
        state->writer.commit({commit_lsn}, {txn->end_lsn}, state->last_commit, transaction.ordinal,
                             transaction.event_count);
    }
    OutputPluginUpdateProgress(ctx, !transaction.begun);
    after_records(ctx, true);
}

}  // namespace outflow::plugin
