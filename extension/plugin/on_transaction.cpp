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

void render_source(LogicalDecodingContext *ctx, const ReorderBufferTXN *txn) {
    State *state = state_of(ctx);
    core::SourceInfo info = source_of(state->options, state->database);
    info.time_us = state->transaction.commit_time_us;
    info.last_commit = state->last_commit;
    info.xid = txn->xid;
    state->xmin.tell(ctx->slot, &info);
    if (txn->origin_id != InvalidRepOriginId) {
        info.has_origin = true;
        info.origin = origin_name(txn->origin_id);
        info.origin_lsn = txn->origin_lsn;
    }
    const MemoryContext caller = MemoryContextSwitchTo(state->context);
    state->source.render(info);
    MemoryContextSwitchTo(caller);
}

// BEGIN stands before the first change and END behind the last, so that a split may fall behind any
// event. The changes keep the ordinals that they have without metadata.
constexpr std::uint64_t kBeginOrdinal = 0;

// Starts a record of the transaction topic; the value follows.
RecordSink begin_marker(LogicalDecodingContext *ctx, const core::TransactionId &id,
                        std::uint64_t ordinal) {
    State *state = state_of(ctx);
    announce_transactions(state);
    RecordSink out = record_sink(ctx);
    out.writer->begin_event({.relation = core::kTransactionRelation,
                             .operation = core::Operation::kTransaction,
                             .flags = core::kEventHasKey | core::kEventHasValue,
                             .ordinal = ordinal,
                             .lsn = id.lsn});
    core::write_transaction_key(out.writer->sink(), id, state->metadata->key_frame);
    out.writer->end_key();
    return out;
}

void write_begin_marker(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr lsn) {
    State *state = state_of(ctx);
    ensure_begun(ctx, txn);
    // The reference reads the LSN of a message that has none when the transaction has an origin.
    const core::TransactionId id = {txn->xid, txn->origin_id == InvalidRepOriginId ? lsn : 0};
    RecordSink out = begin_marker(ctx, id, kBeginOrdinal);
    core::write_transaction_begin(out.writer->sink(), id, state->transaction.commit_time_us,
                                  state->metadata->value_frame);
    out.writer->end_value();
    out.end_event();
}

void write_end_marker(LogicalDecodingContext *ctx, ReorderBufferTXN *txn) {
    State *state = state_of(ctx);
    const MemoryContext caller = MemoryContextSwitchTo(state->row_context);
    ensure_chunk(state);
    const core::TransactionId id = {txn->xid, txn->end_lsn};
    RecordSink out = begin_marker(ctx, id, ++state->transaction.ordinal);
    state->metadata->write_end(out.writer->sink(), id, state->transaction.commit_time_us);
    out.writer->end_value();
    out.end_event();
    MemoryContextSwitchTo(caller);
    MemoryContextReset(state->row_context);
}

}  // namespace

void mark_received(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr lsn) {
    State *state = state_of(ctx);
    if (state->transaction.received) [[likely]]
        return;
    state->transaction.received = true;
    if (state->metadata != nullptr) write_begin_marker(ctx, txn, lsn);
}

void ensure_begun(LogicalDecodingContext *ctx, ReorderBufferTXN *txn) {
    State *state = state_of(ctx);
    ensure_chunk(state);
    if (state->transaction.begun) [[likely]]
        return;
    state->transaction.begun = true;
    render_source(ctx, txn);
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
    if (state->metadata != nullptr) state->metadata->begin_transaction(txn->xid);
    state->transaction.commit_time_us = unix_time_us(pg::commit_time(txn));
}

void on_commit(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr commit_lsn) {
    State *state = state_of(ctx);
    Transaction &transaction = state->transaction;
    // A transaction of the publication moves `sequence` on, even when all its events were filtered.
    // One without any of its changes is not sent by pgoutput and leaves no trace.
    if (transaction.received) {
        state->last_commit = {txn->end_lsn};
        state->last_commit_time_us = transaction.commit_time_us;
        if (state->metadata != nullptr) write_end_marker(ctx, txn);
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
