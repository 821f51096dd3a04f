// The callbacks of the output plugin; plugin.cpp is their table.
#pragma once

#include "pg/pg.h"

namespace outflow::plugin {

void on_begin(LogicalDecodingContext *ctx, ReorderBufferTXN *txn);
void on_commit(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr commit_lsn);
void on_change(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, Relation relation,
               ReorderBufferChange *change);
void on_truncate(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, int relation_count,
                 Relation relations[], ReorderBufferChange *change);
void on_message(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr message_lsn,
                bool transactional, const char *prefix, Size size, const char *content);

}  // namespace outflow::plugin
