/* outflow_null: an output plugin whose callbacks do nothing. What a drain costs with it is the
 * server's own part of decoding: the floor below every plugin. Used by the benchmark alone. */
#include "postgres.h"

#include "fmgr.h"
#include "replication/logical.h"
#include "replication/output_plugin.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_output_plugin_init(OutputPluginCallbacks *callbacks);

static void on_startup(LogicalDecodingContext *ctx, OutputPluginOptions *output, bool is_init)
{
    output->output_type = OUTPUT_PLUGIN_BINARY_OUTPUT;
}

static void on_begin(LogicalDecodingContext *ctx, ReorderBufferTXN *txn)
{
}

static void on_change(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, Relation rel,
                      ReorderBufferChange *change)
{
}

static void on_commit(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr commit_lsn)
{
}

void _PG_output_plugin_init(OutputPluginCallbacks *callbacks)
{
    callbacks->startup_cb = on_startup;
    callbacks->begin_cb = on_begin;
    callbacks->change_cb = on_change;
    callbacks->commit_cb = on_commit;
}
