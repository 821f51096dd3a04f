// The output plugin: module magic and the callback table. Each callback is in the file of its name.
#include "callbacks.h"
#include "chunk_output.h"
#include "decoded_message.h"
#include "source_parts.h"
#include "state.h"

extern "C" {
PG_MODULE_MAGIC;
PGDLLEXPORT void _PG_output_plugin_init(OutputPluginCallbacks *callbacks);
}

namespace outflow::plugin {
namespace {

std::string_view current_database() {
    // The catalogue is readable at start-up only inside a transaction; the slot has the Oid.
    const bool in_transaction = IsTransactionState();
    if (!in_transaction) StartTransactionCommand();
    const MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
    char *name = get_database_name(MyDatabaseId);
    MemoryContextSwitchTo(caller);
    if (!in_transaction) CommitTransactionCommand();
    return name ? std::string_view(name) : std::string_view();
}

TransactionMetadata *make_metadata(const Options &options) {
    if (!options.transaction_metadata) return nullptr;
    auto *metadata = static_cast<TransactionMetadata *>(palloc0(sizeof(TransactionMetadata)));
    metadata->init(options);
    return metadata;
}

void on_startup(LogicalDecodingContext *ctx, OutputPluginOptions *output, bool is_init) {
    const MemoryContext context =
        AllocSetContextCreate(ctx->context, "outflow", ALLOCSET_DEFAULT_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(context);
    auto *state = static_cast<State *>(palloc0(sizeof(State)));
    *state = State();
    state->context = context;
    ctx->output_plugin_private = state;
    state->row_context = AllocSetContextCreate(context, "outflow row", ALLOCSET_DEFAULT_SIZES);
    parse_option_list(&state->options, ctx->output_plugin_options);
    output->output_type = state->options.format == OutputFormat::kChunks
                              ? OUTPUT_PLUGIN_BINARY_OUTPUT
                              : OUTPUT_PLUGIN_TEXTUAL_OUTPUT;
    if (!is_init) {
        state->filter.compile(state->options, context);
        state->database = current_database();
        state->last_commit = state->options.sequence;
        state->last_commit_time_us = unix_time_us(GetCurrentTimestamp());
        pg::init_context_sink(&state->buffer, context, 2 * core::kChunkTargetBytes);
        state->writer = core::ChunkWriter(&state->buffer);
        init_source_parts(&state->source);
        init_clock(&state->clock);
        state->plans.init(context);
        state->xmin.init(state->options);
        state->metadata = make_metadata(state->options);
        state->message_plan = make_message_plan(state->options);
        install_idle_flush(ctx);
    }
    MemoryContextSwitchTo(caller);
}

}  // namespace
}  // namespace outflow::plugin

void _PG_output_plugin_init(OutputPluginCallbacks *callbacks) {
    using namespace outflow::plugin;
    callbacks->startup_cb = on_startup;
    callbacks->begin_cb = on_begin;
    callbacks->change_cb = on_change;
    callbacks->truncate_cb = on_truncate;
    callbacks->message_cb = on_message;
    callbacks->commit_cb = on_commit;
}
