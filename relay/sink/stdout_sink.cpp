#include "sink/stdout_sink.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "sink/json_line.h"

namespace outflow::relay {
namespace {

constexpr std::size_t kFlushBytes = 256U << 10;
constexpr std::size_t kMaxHeldBytes = 4U << 20;
// A pipe that polls as writable takes this much without blocking.
constexpr std::size_t kPipeBytes = 4096;

bool is_regular_file(int fd) {
    struct stat status {};
    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

bool writable(int fd, int timeout_ms) {
    pollfd wanted = {fd, POLLOUT, 0};
    return poll(&wanted, 1, timeout_ms) > 0;  // an error is told by write()
}

}  // namespace

StdoutSink::StdoutSink(int fd, ContextHeaders headers)
    : fd_(fd), regular_file_(is_regular_file(fd)), headers_(std::move(headers)) {}

std::optional<Failure> StdoutSink::open_route(const core::RelationRecord &relation,
                                              RouteId *route) {
    *route = route_to(relation.topic, !relation.table.empty());
    return std::nullopt;
}

std::optional<Failure> StdoutSink::open_topic(std::string_view topic, bool of_table,
                                              RouteId *route) {
    *route = route_to(topic, of_table);
    return std::nullopt;
}

RouteId StdoutSink::route_to(std::string_view topic, bool of_table) {
    const auto known = std::find_if(routes_.begin(), routes_.end(), [&](const Route &candidate) {
        return candidate.topic == topic && candidate.of_table == of_table;
    });
    const auto route = static_cast<RouteId>(known - routes_.begin());
    if (known == routes_.end()) routes_.push_back({std::string(topic), of_table});
    return route;
}

Accept StdoutSink::deliver(const Event &event) {
    if (trouble_.kind != Trouble::Kind::kNone) return Accept::kFailed;
    if (held() >= kFlushBytes && !flush(0)) return Accept::kFailed;
    if (held() >= kMaxHeldBytes) return Accept::kFull;
    static const ContextHeaders kNone;
    const Route &route = routes_[event.route];
    append_json_line(&lines_, route.topic, event.record, route.of_table ? headers_ : kNone);
    return Accept::kAccepted;
}

Commit StdoutSink::commit(const Position &, int timeout_ms) {
    if (!flush(timeout_ms)) return Commit::kFailed;
    return held() == 0 ? Commit::kDone : Commit::kPending;
}

void StdoutSink::abort(int timeout_ms) {
    const std::string_view all = lines_.view();
    const bool inside_line = written_ > 0 && all[written_ - 1] != '\n';
    lines_.size = inside_line ? all.find('\n', written_) + 1 : written_;
    flush(timeout_ms);
}

bool StdoutSink::serve(int timeout_ms) { return flush(timeout_ms); }

bool StdoutSink::flush(int timeout_ms) {
    using Clock = std::chrono::steady_clock;
    if (trouble_.kind != Trouble::Kind::kNone) return false;
    const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
    while (held() > 0) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (!writable(fd_, static_cast<int>(std::max<std::int64_t>(left, 0)))) return true;
        const std::size_t size = regular_file_ ? held() : std::min(held(), kPipeBytes);
        const ssize_t count = write(fd_, lines_.data + written_, size);
        if (count < 0 && errno != EINTR && errno != EAGAIN) return fail(errno);
        if (count > 0) written_ += static_cast<std::size_t>(count);
        if (held() > 0 && timeout_ms > 0 && Clock::now() >= deadline) return true;
    }
    lines_.clear();
    written_ = 0;
    return true;
}

bool StdoutSink::fail(int error) {
    trouble_.kind = Trouble::Kind::kFatal;
    trouble_.failure.spec = error::kOutput;
    trouble_.failure.message = error == EPIPE ? "the reader of standard output is gone"
                                              : "standard output cannot be written";
    trouble_.failure.detail = std::strerror(error);
    return false;
}

}  // namespace outflow::relay
