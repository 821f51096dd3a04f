// The running transaction, for the callbacks that write its events.
#pragma once

#include "state.h"

namespace outflow::plugin {

// Writes the begin record and renders the transaction's part of `source`, once, before its first
// event. Opens a chunk when none is open.
void ensure_begun(LogicalDecodingContext *ctx, ReorderBufferTXN *txn);

// The transaction has a change inside the publication, at `lsn`: the reference receives it, also
// when all its events are filtered. It moves `source.sequence` on, and with transaction metadata it
// begins with a BEGIN record. Called with the row's memory context as the current one.
void mark_received(LogicalDecodingContext *ctx, ReorderBufferTXN *txn, XLogRecPtr lsn);

// A change that gives no event: tells the walsender now and then that we live (before 16).
void skip_change(LogicalDecodingContext *ctx);

}  // namespace outflow::plugin
