// Channel: all that passes between the two threads. One way a queue of chunks, bounded by the byte
// budget; the other way the one LSN that the slot may be told. The rest are wishes (stop, hurry)
// and the word that the sink thread has ended.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <variant>

#include "core/lsn.h"
#include "event/byte_budget.h"
#include "event/chunk.h"
#include "position/position.h"

namespace outflow::relay {

// The rows of this table follow.
struct SnapshotTable {
    std::string name;
};
// All rows of the snapshot came before.
struct SnapshotEnd {
    SnapshotState state = SnapshotState::kStreaming;
};

using ChannelItem = std::variant<ChunkHandle, SnapshotTable, SnapshotEnd>;

// What the summary line is made of; written by the sink thread, read by any.
struct DeliveryCounters {
    std::atomic<std::uint64_t> events{0};  // committed in the sink
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<std::uint64_t> skipped{0};  // Kafka had them already
    std::atomic<std::uint64_t> commits{0};
    std::atomic<std::uint64_t> splits{0};
    std::atomic<std::uint64_t> steps{0};  // of the sink thread: it lives
};

class Channel {
 public:
    // `wake_fd`: an eventfd of the source thread, written whenever it has something to look at.
    Channel(std::size_t byte_limit, int wake_fd);

    // Source thread. Pushing never waits: the source asks may_read() before it reads more.
    void push(ChannelItem item);
    bool may_read() { return budget_.may_read(); }
    core::EndLsn confirmed() const { return {confirmed_.load(std::memory_order_acquire)}; }
    // The server asked for a reply: store what is known as soon as everything received is in Kafka.
    void hurry();
    // Finish at the next commit boundary.
    void stop();
    // Nothing more will be pushed: what is incomplete then will never be complete.
    void end_input();
    bool ended() const { return ended_.load(std::memory_order_acquire); }

    // Sink thread.
    bool pop(ChannelItem *item, int timeout_ms);  // false: nothing came in time
    bool empty() const { return queued_.load(std::memory_order_acquire) == 0; }
    bool hurried() const { return hurry_.load(std::memory_order_relaxed); }
    void hurry_is_over() { hurry_.store(false, std::memory_order_relaxed); }
    bool stopping() const { return stop_.load(std::memory_order_relaxed); }
    bool input_ended() const { return input_ended_.load(std::memory_order_acquire); }
    void confirm(core::EndLsn lsn);
    void end();  // the sink thread is done

    ByteBudget *budget() { return &budget_; }
    DeliveryCounters &counters() { return counters_; }

 private:
    void wake_source();

    ByteBudget budget_;
    const int wake_fd_;
    std::atomic<std::uint64_t> confirmed_{0};
    std::atomic<bool> hurry_{false};
    std::atomic<bool> stop_{false};
    std::atomic<bool> input_ended_{false};
    std::atomic<bool> ended_{false};
    DeliveryCounters counters_;

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<ChannelItem> queue_;
    std::atomic<std::size_t> queued_{0};
    bool nudged_ = false;  // hurry or stop: the sink thread looks around
};

}  // namespace outflow::relay
