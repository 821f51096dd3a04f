// SlotXmin: `source.xmin`, the slot's catalog_xmin, read at most once in xmin.fetch.interval.ms.
#pragma once

#include "core/source_info.h"
#include "options.h"
#include "pg/pg.h"

namespace outflow::plugin {

class SlotXmin {
 public:
    void init(const Options &options) { interval_ms_ = options.xmin_interval_ms; }

    // Sets the field; leaves it null when the option is off or the slot holds nothing back.
    void tell(ReplicationSlot *slot, core::SourceInfo *info);

 private:
    std::int64_t interval_ms_ = 0;
    TransactionId xmin_ = InvalidTransactionId;
    TimestampTz fetched_ = 0;
};

}  // namespace outflow::plugin
