#include "chunk_output.h"

#include <utility>

#include "source_parts.h"
#include "topic.h"

namespace outflow::plugin {
namespace {

// A progress record alone is sent at most this often: beside a busy database the walsender wakes
// thousands of times a second.
constexpr XLogRecPtr kProgressBytes = 1024 * 1024;
constexpr std::int64_t kProgressMilliseconds = 1000;

// --- chunks
// ---------------------------------------------------------------------------------------

void send_chunk(LogicalDecodingContext *ctx, bool idle) {
    State *state = state_of(ctx);
    state->writer.end_chunk(idle);
    OutputPluginPrepareWrite(ctx, true);
    appendBinaryStringInfo(ctx->out, state->buffer.data, static_cast<int>(state->buffer.size));
    OutputPluginWrite(ctx, true);
    state->buffer.clear();
}

bool chunk_is_open(const State &state) { return state.buffer.size > 0; }

// The idle flush runs outside all callbacks, where the context's output fields are stale.
struct SavedOutput {
    bool accept_writes;
    XLogRecPtr write_location;
    TransactionId write_xid;
    MemoryContext memory;
};

SavedOutput enter_output(LogicalDecodingContext *ctx, XLogRecPtr position) {
    const SavedOutput saved = {ctx->accept_writes, ctx->write_location, ctx->write_xid,
                               MemoryContextSwitchTo(ctx->context)};
    ctx->accept_writes = true;
    ctx->write_location = position;
    ctx->write_xid = InvalidTransactionId;
    return saved;
}

void leave_output(LogicalDecodingContext *ctx, const SavedOutput &saved) {
    ctx->accept_writes = saved.accept_writes;
    ctx->write_location = saved.write_location;
    ctx->write_xid = saved.write_xid;
    MemoryContextSwitchTo(saved.memory);
}

void name_slot_in_errors(void *arg) {
    const auto *ctx = static_cast<LogicalDecodingContext *>(arg);
    errcontext("slot \"%s\", output plugin \"outflow\", sending before the server waits for WAL",
               NameStr(ctx->slot->data.name));
}

bool progress_is_due(const State &state, XLogRecPtr position, TimestampTz now) {
    if (position <= state.progress_lsn) return false;
    return position - state.progress_lsn >= kProgressBytes ||
           TimestampDifferenceExceeds(state.progress_time, now, kProgressMilliseconds);
}

// All WAL before the reader's position is decoded, and the chunk holds all that came of it.
void flush_before_wait(LogicalDecodingContext *ctx, XLogRecPtr position) {
    State *state = state_of(ctx);
    const TimestampTz now = GetCurrentTimestamp();
    if (!chunk_is_open(*state) && !progress_is_due(*state, position, now)) return;
    const SavedOutput saved = enter_output(ctx, position);
    ErrorContextCallback frame = {error_context_stack, name_slot_in_errors, ctx};
    error_context_stack = &frame;
    ensure_chunk(state);
    if (position > state->progress_lsn) {
        state->writer.progress({position}, state->last_commit);
        state->progress_lsn = position;
        state->progress_time = now;
    }
    send_chunk(ctx, true);
    error_context_stack = frame.previous;
    leave_output(ctx, saved);
}

int page_read_hook(XLogReaderState *reader, XLogRecPtr page, int wanted, XLogRecPtr record,
                   char *buffer) {
    auto *ctx = static_cast<LogicalDecodingContext *>(reader->private_data);
    if (pg::reader_may_wait(page, wanted)) flush_before_wait(ctx, reader->EndRecPtr);
    return state_of(ctx)->server_page_read(reader, page, wanted, record, buffer);
}

// --- JSON
// -----------------------------------------------------------------------------------------

void write_relation(State *state, const core::RelationRecord &relation) {
    if (state->options.format == OutputFormat::kChunks) state->writer.relation(relation);
}

// One text message an event: the value alone. A tombstone has no value to show.
void send_json(void *context) {
    auto *ctx = static_cast<LogicalDecodingContext *>(context);
    State *state = state_of(ctx);
    const std::string_view value = state->writer.last_value();
    if (!value.empty()) {
        OutputPluginPrepareWrite(ctx, true);
        appendBinaryStringInfo(ctx->out, value.data(), static_cast<int>(value.size()));
        OutputPluginWrite(ctx, true);
    }
    state->buffer.clear();
}

}  // namespace

void install_idle_flush(LogicalDecodingContext *ctx) {
    State *state = state_of(ctx);
    // The SQL slot functions have no receiver outside the callbacks; they pass no update_progress.
    if (ctx->update_progress == nullptr || state->options.format != OutputFormat::kChunks) return;
    state->server_page_read = ctx->reader->routine.page_read;
    state->progress_lsn = ctx->slot->data.confirmed_flush;
    state->progress_time = 0;  // the first wait says at once how far the stream has come
    ctx->reader->routine.page_read = page_read_hook;
}

void ensure_chunk(State *state) {
    if (chunk_is_open(*state)) return;
    state->clock_ns = unix_time_ns();
    state->clock.render(state->clock_ns);
    state->writer.begin_chunk();
}

void announce(State *state, RelationPlan *plan) {
    if (plan->announced) [[likely]]
        return;
    plan->announced = true;
    write_relation(
        state,
        {.id = plan->relation, .schema = plan->schema, .table = plan->table, .topic = plan->topic});
}

void announce_messages(State *state) {
    if (state->messages_announced) return;
    state->messages_announced = true;
    write_relation(state, {.id = core::kMessageRelation, .topic = message_topic(state->options)});
}

void announce_transactions(State *state) {
    if (std::exchange(state->metadata->announced, true)) return;
    write_relation(state, {.id = core::kTransactionRelation, .topic = state->metadata->topic});
}

RecordSink record_sink(LogicalDecodingContext *ctx) {
    State *state = state_of(ctx);
    if (state->options.format == OutputFormat::kJson) return {&state->writer, send_json, ctx};
    return {&state->writer, nullptr, nullptr};
}

void after_records(LogicalDecodingContext *ctx, bool boundary) {
    State *state = state_of(ctx);
    if (state->options.format == OutputFormat::kJson || !chunk_is_open(*state)) return;
    const bool nobody_sends_later = boundary && state->server_page_read == nullptr;
    if (state->buffer.size >= core::kChunkTargetBytes || nobody_sends_later) send_chunk(ctx, false);
}

void check_event_size(const State &state, std::size_t begin, std::string_view relation) {
    const std::size_t bytes = state.buffer.size - begin;
    if (state.buffer.size < MaxAllocSize - core::kChunkTargetBytes) [[likely]]
        return;
    ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
            errmsg("event of relation \"%.*s\" has %zu bytes, more than a message can hold",
                   static_cast<int>(relation.size()), relation.data(), bytes),
            errhint("Exclude the table (table.exclude.list), or advance the slot behind this "
                    "transaction with pg_replication_slot_advance."));
}

}  // namespace outflow::plugin
