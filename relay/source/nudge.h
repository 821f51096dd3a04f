// Nudge: makes an idle server write a little WAL, now and then, while somebody waits for a position
// to be passed (--until=current). An idle walsender says nothing, and the last records before a
// quiet time may stay unflushed for seconds; an empty transaction that takes an xid writes a commit
// record, which is flushed soon and passes everything before it. Source thread; never waits.
#pragma once

#include <cstdint>

#include "source/connection.h"

namespace outflow::relay {

class Nudge {
 public:
    explicit Nudge(Connection sql) : sql_(std::move(sql)) {}

    void tick(std::int64_t now_ms);

 private:
    Connection sql_;
    std::int64_t next_ms_ = 0;
};

}  // namespace outflow::relay
