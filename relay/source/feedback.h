// Feedback: what the walsender is told, and when. A plain state machine; the stream sends what it
// composes. The flush position is always one that the channel confirmed: the only thing a server
// may forget WAL for.
#pragma once

#include <array>
#include <cstdint>

#include "core/lsn.h"

namespace outflow::relay {

// Standby status update ('r') of the streaming replication protocol.
using StatusMessage = std::array<char, 34>;

class Feedback {
 public:
    // `interval_ms`: at least this often. The caller has made it small enough for the server's
    // wal_sender_timeout.
    explicit Feedback(std::int64_t interval_ms) : interval_ms_(interval_ms) {}

    void on_received(core::Lsn end) {
        if (end > received_) received_ = end;
    }
    // The server asked for a reply.
    void on_request() { requested_ = true; }

    // A request is answered at once; news about the flush position within a second, because saving
    // a slot can cost the server an fsync; and at once when somebody waits for it.
    bool due(std::int64_t now_ms, core::EndLsn confirmed) const;
    // How long nothing is due, if nothing happens.
    std::int64_t patience_ms(std::int64_t now_ms, core::EndLsn confirmed) const;
    StatusMessage compose(std::int64_t now_ms, std::int64_t wall_clock_us, core::EndLsn confirmed);

    core::Lsn received() const { return received_; }
    // Requests answered since the flush position last moved, and since when: a server that is
    // shutting down asks over and over.
    std::int64_t stalled_since_ms() const { return stalled_since_ms_; }

 private:
    static constexpr std::int64_t kNewsMs = 1'000;
    static constexpr std::int64_t kRepeatMs = 100;

    std::int64_t interval_ms_;
    core::Lsn received_;
    core::EndLsn told_;
    bool requested_ = false;
    bool awaited_ = false;  // a request was answered without news: tell the next news at once
    std::int64_t sent_ms_ = 0;
    std::int64_t stalled_since_ms_ = -1;
};

}  // namespace outflow::relay
