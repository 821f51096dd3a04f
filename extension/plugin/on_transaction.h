// The running transaction, for the callbacks that write its events.
#pragma once

#include "state.h"

namespace outflow::plugin {

// Writes the begin record and renders the transaction's part of `source`, once, before its first
// event. Opens a chunk when none is open.
void ensure_begun(LogicalDecodingContext *ctx, ReorderBufferTXN *txn);

// A change that gives no event: tells the walsender now and then that we live (before 16).
void skip_change(LogicalDecodingContext *ctx);

}  // namespace outflow::plugin
