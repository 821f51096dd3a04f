#include "slot_xmin.h"

namespace outflow::plugin {
namespace {

TransactionId catalog_xmin(ReplicationSlot *slot) {
    SpinLockAcquire(&slot->mutex);
    const TransactionId xmin = slot->data.catalog_xmin;
    SpinLockRelease(&slot->mutex);
    return xmin;
}

}  // namespace

void SlotXmin::tell(ReplicationSlot *slot, core::SourceInfo *info) {
    if (interval_ms_ == 0) return;
    const TimestampTz now = GetCurrentTimestamp();
    if (xmin_ == InvalidTransactionId || now - fetched_ >= interval_ms_ * 1000) {
        xmin_ = catalog_xmin(slot);
        fetched_ = now;
    }
    info->has_xmin = xmin_ != InvalidTransactionId;
    info->xmin = xmin_;
}

}  // namespace outflow::plugin
