#include "app/shutdown.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>

namespace outflow::relay {
namespace {

// Written by the signal handler: lock-free and nothing else.
volatile std::sig_atomic_t signals_seen = 0;

int event_fd() {
    static const int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return fd;
}

void on_signal(int number) {
    signals_seen = signals_seen + 1;
    if (signals_seen > 1) _exit(128 + number);
    const int saved_errno = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(event_fd(), &one, sizeof one);
    errno = saved_errno;
}

}  // namespace

void Shutdown::install() {
    event_fd();  // made here, not in the handler
    struct sigaction action = {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

bool Shutdown::requested() { return signals_seen > 0; }

int Shutdown::wake_fd() { return event_fd(); }

void Shutdown::clear_wake() {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = read(event_fd(), &count, sizeof count);
}

bool Shutdown::sleep(int milliseconds) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
    while (!requested()) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        if (left <= 0) return true;
        pollfd wake = {event_fd(), POLLIN, 0};
        if (poll(&wake, 1, static_cast<int>(std::min<std::int64_t>(left, 1000))) > 0) clear_wake();
    }
    return false;
}

}  // namespace outflow::relay
