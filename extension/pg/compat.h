// Every difference between server versions (15 to 18) in one place.
#pragma once

#if PG_VERSION_NUM < 150000
#error "Outflow needs PostgreSQL 15 or newer"
#endif

#include "pg.h"

namespace outflow::pg {

// Before 16 the walsender gets no automatic progress while changes are filtered out: the plugin
// has to report, or wal_sender_timeout ends a long filtered transaction.
#if PG_VERSION_NUM < 160000
constexpr bool kReportsSkippedChanges = true;
#else
constexpr bool kReportsSkippedChanges = false;
#endif

inline TimestampTz commit_time(const ReorderBufferTXN *txn) { return txn->xact_time.commit_time; }

// The changed tuples of a row change. From 17 the reorder buffer stores bare heap tuples.
inline HeapTuple new_tuple(const ReorderBufferChange *change) {
#if PG_VERSION_NUM >= 170000
    return change->data.tp.newtuple;
#else
    return change->data.tp.newtuple ? &change->data.tp.newtuple->tuple : nullptr;
#endif
}
inline HeapTuple old_tuple(const ReorderBufferChange *change) {
#if PG_VERSION_NUM >= 170000
    return change->data.tp.oldtuple;
#else
    return change->data.tp.oldtuple ? &change->data.tp.oldtuple->tuple : nullptr;
#endif
}

inline void log_transactional_message(const char *prefix, const char *content, std::size_t size) {
#if PG_VERSION_NUM >= 170000
    LogLogicalMessage(prefix, content, size, true, false);
#else
    LogLogicalMessage(prefix, content, size, true);
#endif
}

// From 18 a publication may have its tables' stored generated columns as well.
inline bool publishes_generated_columns(const Publication &publication) {
#if PG_VERSION_NUM >= 180000
    return publication.pubgencols_type == PUBLISH_GENCOLS_STORED;
#else
    (void)publication;
    return false;
#endif
}

// Before 16 the walker's arguments are not declared.
inline bool walk_expression(Node *node, bool (*walker)(Node *, void *), void *context) {
#if PG_VERSION_NUM >= 160000
    return expression_tree_walker(node, walker, context);
#else
    const auto any = reinterpret_cast<void (*)()>(walker);  // may be cast to every type
    return expression_tree_walker(node, reinterpret_cast<bool (*)()>(any), context);
#endif
}

// True when the reader may have to wait for WAL before it can give `page`. A failover slot (17+)
// also waits on WAL that is flushed already (synchronized_standby_slots), so there every call may.
inline bool reader_may_wait(XLogRecPtr page, int wanted) {
#if PG_VERSION_NUM >= 170000
    if (MyReplicationSlot->data.failover) return true;
#endif
    const XLogRecPtr readable =
        RecoveryInProgress() ? GetXLogReplayRecPtr(nullptr) : GetFlushRecPtr(nullptr);
    return page + static_cast<XLogRecPtr>(wanted) > readable;
}

}  // namespace outflow::pg
