#include "callbacks.h"
#include "chunk_output.h"
#include "core/json_writer.h"
#include "core/outbox_message.h"
#include "decoded_message.h"
#include "on_transaction.h"
#include "plan_schema.h"
#include "source_parts.h"
#include "types/bytes.h"

namespace outflow::plugin {
namespace {

// Outside any transaction a message says the last commit time seen, names no transaction, and is
// its own predecessor in `sequence`, for itself and for what follows.
void render_source(const LogicalDecodingContext *ctx, core::SourceParts *source) {
    State *state = state_of(ctx);
    core::SourceInfo info = source_of(state->options, state->database);
    info.time_us = state->last_commit_time_us;
    info.last_commit = state->last_commit;
    info.has_xid = false;
    state->xmin.tell(ctx->slot, &info);
    source->render(info);
}

core::ValueFrame message_frame(const Options &options) {
    if (!options.value_schemas) return {};
    const std::string_view schema = json_text([&](core::ByteSink *sink) {
        core::write_message_schema(sink, bytes_schema(options.binary_mode));
    });
    return payload_frame(schema);
}

void encode_message(LogicalDecodingContext *ctx, const core::SourceParts &source,
                    XLogRecPtr message_lsn, bool transactional, std::string_view prefix,
                    std::string_view content) {
    State *state = state_of(ctx);
    const std::string_view transaction = transactional && state->metadata != nullptr
                                             ? state->metadata->next_message(prefix, message_lsn)
                                             : core::kNoTransaction;
    RecordSink out = record_sink(ctx);
    const std::int64_t now_ms = state->clock_ns / 1'000'000;
    core::EventStart start;
    start.relation = core::kMessageRelation;
    start.operation = core::Operation::kMessage;
    start.flags = transactional ? 0 : core::kEventNonTransactional;
    start.ordinal = transactional ? state->transaction.ordinal : 0;
    start.lsn = message_lsn;
    if (state->message_plan != nullptr) {
        write_decoded_message(&out, *state->message_plan, start, now_ms, content);
        return;
    }
    start.flags |= core::kEventHasKey | core::kEventHasValue;
    out.writer->begin_event(start);
    core::write_message_key(out.writer->sink(), prefix, state->options.key_schemas);
    out.writer->end_key();
    core::write_message_value(out.writer->sink(), source, message_lsn, transaction, now_ms, prefix,
                              bytes_writer(state->options.binary_mode), content,
                              message_frame(state->options));
    out.writer->end_value();
    out.end_event();
}

// An event of outflow.outbox_emit. False: it is a message like others.
bool encode_outbox_event(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr lsn,
                         std::string_view content) {
    State *state = state_of(ctx);
    core::OutboxMessage message;
    if (!read_outbox_event(&state->outbox, state->options, state->context, content, &message)) {
        ereport(WARNING, errcode(ERRCODE_DATA_CORRUPTED),
                errmsg("a logical message with prefix \"%s\" is no outbox event",
                       core::kOutboxPrefix.data()),
                errdetail("It is delivered as a message like others."),
                errhint("Events are written with outflow.outbox_emit."));
        return false;
    }
    ensure_begun(ctx, txn);
    ++state->transaction.event_count;
    if (state->metadata != nullptr) state->metadata->next_message(core::kOutboxPrefix, lsn);
    const std::size_t begin = state->buffer.size;
    RecordSink out = record_sink(ctx);
    write_outbox_event(&out, state->outbox,
                       {.source = &state->source,
                        .clock = &state->clock,
                        .ordinal = state->transaction.ordinal,
                        .lsn = lsn},
                       message);
    check_event_size(*state, begin, "outflow.outbox_emit");
    after_records(ctx, false);
    return true;
}

}  // namespace

void on_message(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr message_lsn,
                bool transactional, const char *prefix, Size size, const char *content) {
    State *state = state_of(ctx);
    if (transactional) {
        ++state->transaction.ordinal;
    } else {
        state->last_commit = {message_lsn};  // captured or not
    }
    const MemoryContext caller = MemoryContextSwitchTo(state->row_context);
    if (transactional) mark_received(ctx, txn, message_lsn);
    const std::string_view name = to_utf8(prefix);
    const bool is_event = transactional && name == core::kOutboxPrefix &&
                          encode_outbox_event(ctx, txn, message_lsn, {content, size});
    if (!is_event && state->filter.captures_message(name)) {
        core::SourceParts apart;
        if (transactional) {
            ensure_begun(ctx, txn);
            ++state->transaction.event_count;
        } else {
            ensure_chunk(state);
            init_source_parts(&apart);
            render_source(ctx, &apart);
        }
        if (state->message_plan == nullptr) announce_messages(state);
        const std::size_t begin = state->buffer.size;
        encode_message(ctx, transactional ? state->source : apart, message_lsn, transactional, name,
                       {content, size});
        check_event_size(*state, begin, "pg_logical_emit_message");
        // A message outside transactions has no commit behind it that would send the chunk.
        after_records(ctx, !transactional);
    }
    MemoryContextSwitchTo(caller);
    MemoryContextReset(state->row_context);
}

}  // namespace outflow::plugin
