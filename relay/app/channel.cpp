#include "app/channel.h"

#include <unistd.h>

#include <chrono>
#include <utility>

namespace outflow::relay {

Channel::Channel(std::size_t byte_limit, int wake_fd)
    : budget_(byte_limit, wake_fd), wake_fd_(wake_fd) {}

void Channel::push(ChannelItem item) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(item));
        queued_.store(queue_.size(), std::memory_order_release);
    }
    arrived_.notify_one();
}

bool Channel::pop(ChannelItem *item, int timeout_ms) {
    std::unique_lock lock(mutex_);
    const auto something = [this] { return !queue_.empty() || nudged_; };
    if (!something() && timeout_ms > 0)
        arrived_.wait_for(lock, std::chrono::milliseconds(timeout_ms), something);
    nudged_ = false;
    if (queue_.empty()) return false;
    *item = std::move(queue_.front());
    queue_.pop_front();
    queued_.store(queue_.size(), std::memory_order_release);
    return true;
}

void Channel::hurry() {
    hurry_.store(true, std::memory_order_relaxed);
    {
        const std::lock_guard lock(mutex_);
        nudged_ = true;
    }
    arrived_.notify_one();
}

void Channel::stop() {
    stop_.store(true, std::memory_order_relaxed);
    hurry();
}

void Channel::end_input() {
    input_ended_.store(true, std::memory_order_release);
    stop();
}

void Channel::confirm(core::EndLsn lsn) {
    if (lsn.value == confirmed_.load(std::memory_order_relaxed)) return;
    confirmed_.store(lsn.value, std::memory_order_release);
    wake_source();
}

void Channel::end() {
    ended_.store(true, std::memory_order_release);
    wake_source();
}

void Channel::wake_source() {
    if (wake_fd_ < 0) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(wake_fd_, &one, sizeof one);
}

}  // namespace outflow::relay
