#include "source/replication_stream.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>
#include <vector>

#include "app/log.h"
#include "app/shutdown.h"

namespace outflow::relay {
namespace {

constexpr int kDataHeaderBytes = 25;  // 'w', start LSN, end LSN, time
constexpr int kKeepaliveBytes = 18;   // 'k', end LSN, time, reply requested
constexpr std::int64_t kSummaryMs = 60'000;
constexpr std::int64_t kStalledMs = 2'000;
constexpr int kFinishMs = 1'000;
constexpr std::int64_t kLongestWaitMs = 1'000;
constexpr std::int64_t kNudgedWaitMs = 200;

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::int64_t wall_clock_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::uint64_t big_endian(const char *at) {
    std::uint64_t value = 0;
    for (int byte = 0; byte < 8; ++byte) value = value << 8 | static_cast<unsigned char>(at[byte]);
    return value;
}

std::string lsn_text(std::uint64_t lsn) {
    char buffer[core::kLsnTextSize];
    return {buffer, static_cast<std::size_t>(core::format_lsn(lsn, buffer))};
}

// Names have dots and must be quoted; in values '' is the only escape.
std::string in_quotes(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char byte : text) result.append(byte == quote ? 2 : 1, byte);
    return result + quote;
}

}  // namespace

ReplicationStream::ReplicationStream(Connection connection, const SourceSettings &settings,
                                     Channel *channel)
    : connection_(std::move(connection)), settings_(settings), channel_(channel) {}

void ReplicationStream::start(const StreamStart &start) {
    slot_ = start.slot;
    feedback_ = Feedback(start.status_interval_ms);
    std::string options;
    for (const auto &[name, value] : start.plugin_options) {
        options += options.empty() ? " (" : ", ";
        options += in_quotes(name, '"') + ' ' + in_quotes(value, '\'');
    }
    if (!options.empty()) options += ')';
    connection_.start_copy(fmt::format("START_REPLICATION SLOT {} LOGICAL {}{}",
                                       in_quotes(start.slot, '"'), lsn_text(start.from.value),
                                       options));
    PQsetnonblocking(connection_.get(), 1);
}

StreamEnd ReplicationStream::run() {
    next_summary_ms_ = steady_ms() + kSummaryMs;
    while (!channel_->ended()) {
        now_ms_ = steady_ms();
        if (Shutdown::requested() && !std::exchange(stop_told_, true)) channel_->stop();
        if (!read_available()) return {StreamEnd::Kind::kLost, failure_};
        if (feedback_.due(now_ms_, channel_->confirmed()) && !send_status())
            return {StreamEnd::Kind::kLost, failure_};
        if (nudge_ && channel_->empty()) nudge_->tick(now_ms_);
        if (query_) query_->tick(now_ms_);
        look_at_server();
        if (server_leaving_) return {StreamEnd::Kind::kServerLeaving, failure_};
        if (now_ms_ >= next_summary_ms_) summarise();
        wait();
    }
    return {StreamEnd::Kind::kSinkEnded, {}};
}

// Takes what has arrived, as far as the channel has room.
bool ReplicationStream::read_available() {
    if (!channel_->may_read()) return true;
    if (PQconsumeInput(connection_.get()) == 0) {
        failure_ = {error::kServerLost,
                    "the connection to PostgreSQL was lost",
                    PQerrorMessage(connection_.get()),
                    {}};
        return false;
    }
    more_buffered_ = false;
    while (true) {
        char *buffer = nullptr;
        const int length = PQgetCopyData(connection_.get(), &buffer, 1);
        if (length == 0) return true;
        if (length < 0) {
            const Result result(PQgetResult(connection_.get()));
            const bool refused =
                result.get() != nullptr && PQresultStatus(result.get()) == PGRES_FATAL_ERROR;
            failure_ = {error::kServerLost,
                        "PostgreSQL ended the stream",
                        std::string(PQerrorMessage(connection_.get())),
                        {}};
            if (refused) {
                const ServerError error = ServerError::of(result.get(), connection_.get());
                failure_.spec = stream_error(error);
                failure_.detail = error.text();
            }
            return false;
        }
        if (!on_message(buffer, length)) return false;
        if (!channel_->may_read()) {
            more_buffered_ = true;
            return true;
        }
    }
}

bool ReplicationStream::on_message(char *buffer, int length) {
    if (buffer[0] == 'w' && length >= kDataHeaderBytes) {
        feedback_.on_received({big_endian(buffer + 1)});
        server_end_ = std::max(server_end_, big_endian(buffer + 9));
        const std::string_view chunk(buffer + kDataHeaderBytes,
                                     static_cast<std::size_t>(length - kDataHeaderBytes));
        channel_->push(ChunkHandle(Chunk::make(
            buffer, &PQfreemem, chunk, static_cast<std::size_t>(length), channel_->budget())));
        return true;
    }
    if (buffer[0] == 'k' && length >= kKeepaliveBytes)
        on_keepalive({buffer, static_cast<std::size_t>(length)});
    PQfreemem(buffer);
    return true;
}

// Its LSN says that the server lives, and nothing about what it still holds for us: it is never
// confirmed. A busy neighbour causes thousands a second.
void ReplicationStream::on_keepalive(std::string_view message) {
    const std::uint64_t end = big_endian(message.data() + 1);
    feedback_.on_received({end});
    server_end_ = std::max(server_end_, end);
    if (message[17] == 0) return;
    feedback_.on_request();
    channel_->hurry();
}

bool ReplicationStream::send_status() {
    const StatusMessage status = feedback_.compose(now_ms_, wall_clock_us(), channel_->confirmed());
    if (PQputCopyData(connection_.get(), status.data(), static_cast<int>(status.size())) < 0) {
        failure_ = {error::kServerLost,
                    "the connection to PostgreSQL was lost",
                    PQerrorMessage(connection_.get()),
                    {}};
        return false;
    }
    return flush();
}

bool ReplicationStream::flush() {
    const int flushed = PQflush(connection_.get());
    write_pending_ = flushed == 1;
    if (flushed >= 0) return true;
    failure_ = {error::kServerLost,
                "the connection to PostgreSQL was lost",
                PQerrorMessage(connection_.get()),
                {}};
    return false;
}

void ReplicationStream::wait() {
    if (channel_->ended()) return;
    const bool reading = channel_->may_read();
    if (reading && more_buffered_) return;
    const std::int64_t longest = nudge_ ? kNudgedWaitMs : kLongestWaitMs;
    std::int64_t patience = feedback_.patience_ms(steady_ms(), channel_->confirmed());
    if (query_) patience = std::min(patience, query_->patience_ms(steady_ms()));
    short events = 0;
    if (reading) events |= POLLIN;
    if (write_pending_) events |= POLLOUT;
    pollfd fds[2] = {{connection_.socket(), events, 0}, {Shutdown::wake_fd(), POLLIN, 0}};
    poll(fds, 2, static_cast<int>(std::clamp<std::int64_t>(patience, 0, longest)));
    if (fds[1].revents != 0) Shutdown::clear_wake();
    if (write_pending_) flush();
}

// A server in a fast shutdown waits until we confirm all it sent, for ever if we keep answering
// without progress (delivery §15). When we cannot (Kafka is down), we must leave. It tells new
// clients 57P03; asking blocks, which does not matter while nothing moves.
void ReplicationStream::look_at_server() {
    const std::int64_t since = feedback_.stalled_since_ms();
    if (since < 0 || now_ms_ - since < kStalledMs || now_ms_ < next_look_ms_) return;
    next_look_ms_ = now_ms_ + kStalledMs;
    std::vector<const char *> names;
    std::vector<const char *> values;
    for (const auto &[name, value] : settings_.parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back("connect_timeout");
    values.push_back("2");
    names.push_back(nullptr);
    values.push_back(nullptr);
    if (PQpingParams(names.data(), values.data(), 0) != PQPING_REJECT) return;
    server_leaving_ = true;
    failure_ = {error::kServerLost, "PostgreSQL is shutting down", {}, {}};
}

void ReplicationStream::summarise() {
    DeliveryCounters &counters = channel_->counters();
    const std::uint64_t events = counters.events.load(std::memory_order_relaxed);
    const std::uint64_t bytes = counters.bytes.load(std::memory_order_relaxed);
    const std::uint64_t confirmed = channel_->confirmed().value;
    const std::uint64_t behind = server_end_ > confirmed ? server_end_ - confirmed : 0;
    log_info("relay", {.slot = slot_},
             "{} events/s · {:.1f} MiB/s · slot {:.1f} MiB behind · {:.1f} MiB held · committed {}",
             (events - summary_events_) * 1000 / kSummaryMs,
             static_cast<double>(bytes - summary_bytes_) * 1000 / kSummaryMs / (1 << 20),
             static_cast<double>(behind) / (1 << 20),
             static_cast<double>(channel_->budget()->used()) / (1 << 20), lsn_text(confirmed));
    summary_events_ = events;
    summary_bytes_ = bytes;
    next_summary_ms_ = now_ms_ + kSummaryMs;
}

void ReplicationStream::finish() {
    now_ms_ = steady_ms();
    if (!send_status()) return;
    PQsetnonblocking(connection_.get(), 0);
    if (PQputCopyEnd(connection_.get(), nullptr) != 1 || PQflush(connection_.get()) != 0) return;
    // The server may still send what it had begun; it answers the end with its own.
    const std::int64_t deadline = now_ms_ + kFinishMs;
    while (steady_ms() < deadline) {
        char *buffer = nullptr;
        const int length = PQgetCopyData(connection_.get(), &buffer, 1);
        if (buffer != nullptr) PQfreemem(buffer);
        if (length < 0) return;
        if (length > 0) continue;
        pollfd fd = {connection_.socket(), POLLIN, 0};
        if (poll(&fd, 1, 100) > 0 && PQconsumeInput(connection_.get()) == 0) return;
    }
}

// On the stream's own connection, which is free for commands when the COPY has ended.
void ReplicationStream::drop_slot() {
    while (PGresult *rest = PQgetResult(connection_.get())) {
        const ExecStatusType status = PQresultStatus(rest);
        PQclear(rest);
        if (status == PGRES_COPY_BOTH || status == PGRES_COPY_IN || status == PGRES_COPY_OUT) break;
    }
    const std::string command = "DROP_REPLICATION_SLOT " + in_quotes(slot_, '"');
    const Result result(PQexec(connection_.get(), command.c_str()));
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
        log_info("source", {.slot = slot_}, "the slot is dropped, as slot.drop.on.stop says");
        return;
    }
    log_warn("source", {.slot = slot_, .detail = PQerrorMessage(connection_.get())},
             "the slot could not be dropped, as slot.drop.on.stop says");
}

}  // namespace outflow::relay
