// ByteBudget: how many bytes the relay holds between PostgreSQL's socket and Kafka's delivery
// reports, in one number: chunks that wait, chunks that librdkafka still points into, and what
// librdkafka itself needs for each record. When it is used up the source stops reading its socket,
// TCP fills, and the walsender waits: that is the relay's only back-pressure.
//
// Any thread may take and give back; one thread, the source, waits on `wake_fd`.
#pragma once

#include <atomic>
#include <cstddef>

namespace outflow::relay {

class ByteBudget {
 public:
    // `wake_fd`: an eventfd, written when a waiting source may read again; -1 for none (tests).
    ByteBudget(std::size_t limit, int wake_fd) : limit_(limit), wake_fd_(wake_fd) {}

    void take(std::size_t bytes) { used_.fetch_add(bytes, std::memory_order_relaxed); }
    void give_back(std::size_t bytes);

    std::size_t used() const { return used_.load(std::memory_order_relaxed); }
    std::size_t limit() const { return limit_; }

    // False when used up. Then a later give_back wakes the source once a quarter is free again.
    bool may_read();

 private:
    std::size_t resume_below() const { return limit_ - limit_ / 4; }

    const std::size_t limit_;
    const int wake_fd_;
    std::atomic<std::size_t> used_{0};
    std::atomic<bool> source_waits_{false};
};

}  // namespace outflow::relay
