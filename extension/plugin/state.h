// The state of one decoding session. It lives in the session's memory context and dies with it.
#pragma once

#include "core/chunk_writer.h"
#include "core/envelope_writer.h"
#include "filter.h"
#include "options.h"
#include "outbox_emitter.h"
#include "pg/context_sink.h"
#include "relation_plan.h"
#include "slot_xmin.h"
#include "transaction_metadata.h"

namespace outflow::plugin {

// The transaction whose changes are being decoded. Its begin record is written before its first
// event, so that a transaction without events costs nothing.
struct Transaction {
    bool begun = false;         // the begin record and the source parts are written
    bool received = false;      // it changed something inside the publication
    std::uint64_t ordinal = 0;  // callbacks so far, before any filter
    std::uint64_t event_count = 0;
    std::int64_t commit_time_us = 0;
    unsigned skipped = 0;  // changes since the last progress report to the walsender
};

struct State {
    MemoryContext context = nullptr;      // everything that lives as long as the session
    MemoryContext row_context = nullptr;  // one change; reset behind each
    Options options;
    Filter filter;
    PlanCache plans;
    OutboxEmitter outbox;
    RelationPlan *message_plan = nullptr;  // of logical messages that are decoded
    std::string_view database;

    pg::ContextSink buffer;  // the open chunk, or one event in JSON
    core::ChunkWriter writer{nullptr};
    bool messages_announced = false;  // in this stream
    core::EnvelopeClock clock;        // read when a chunk begins
    std::int64_t clock_ns = 0;

    Transaction transaction;
    core::SourceParts source;  // of the running transaction
    core::Lsn last_commit;     // first element of `source.sequence`
    SlotXmin xmin;
    TransactionMetadata *metadata = nullptr;  // provide.transaction.metadata; none when off
    std::int64_t last_commit_time_us = 0;     // what a message outside transactions says

    // Sending before the walsender waits (chunk_output.cpp).
    XLogPageReadCB server_page_read = nullptr;  // set when the hook is installed
    XLogRecPtr progress_lsn = InvalidXLogRecPtr;
    TimestampTz progress_time = 0;
};

inline State *state_of(const LogicalDecodingContext *ctx) {
    return static_cast<State *>(ctx->output_plugin_private);
}

}  // namespace outflow::plugin
