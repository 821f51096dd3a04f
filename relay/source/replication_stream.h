// ReplicationStream: the source thread's work once everything is ready: read the walsender's
// messages, hand chunks to the channel, answer keepalives, send status. It never waits for Kafka:
// when the channel is full it stops reading and goes on reporting the old position.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "app/channel.h"
#include "app/config.h"
#include "source/connection.h"
#include "source/feedback.h"
#include "source/heartbeat_query.h"
#include "source/nudge.h"

namespace outflow::relay {

struct StreamStart {
    std::string slot;
    core::EndLsn from;
    Properties plugin_options;
    std::int64_t status_interval_ms = 10'000;
};

struct StreamEnd {
    enum class Kind : std::uint8_t {
        kSinkEnded,      // the sink thread is done: its outcome says why
        kLost,           // the connection broke or the server ended the stream
        kServerLeaving,  // the server shuts down and cannot be given what it waits for
    };
    Kind kind = Kind::kSinkEnded;
    Failure failure;
};

class ReplicationStream {
 public:
    ReplicationStream(Connection connection, const SourceSettings &settings, Channel *channel);

    // START_REPLICATION. Throws ServerError: 55006 busy, 42501 plugin refused, options refused, ….
    void start(const StreamStart &start);

    // Somebody waits for a position: keeps an idle server from being silent.
    void nudge(Connection sql) { nudge_.emplace(std::move(sql)); }

    // heartbeat.action.query, run beside the stream.
    void act(HeartbeatQuery query) { query_.emplace(std::move(query)); }

    // slot.drop.on.stop. After finish().
    void drop_slot();

    // Until the sink thread has ended or the stream is lost.
    StreamEnd run();

    // After the sink thread: tells the server the last confirmed position and leaves politely.
    void finish();

 private:
    bool read_available();  // false: the stream is over
    bool on_message(char *buffer, int length);
    void on_keepalive(std::string_view message);
    bool send_status();
    bool flush();
    void wait();
    void look_at_server();
    void summarise();

    Connection connection_;
    const SourceSettings &settings_;
    Channel *channel_;
    Feedback feedback_{10'000};
    std::string slot_;
    std::optional<Nudge> nudge_;
    std::optional<HeartbeatQuery> query_;

    std::int64_t now_ms_ = 0;
    bool more_buffered_ = false;  // libpq holds messages that the full channel did not take
    bool write_pending_ = false;
    bool stop_told_ = false;
    bool server_leaving_ = false;
    std::int64_t next_look_ms_ = 0;
    std::int64_t next_summary_ms_ = 0;
    std::uint64_t summary_events_ = 0;
    std::uint64_t summary_bytes_ = 0;
    std::uint64_t server_end_ = 0;  // of its WAL, as keepalives tell
    Failure failure_;
};

}  // namespace outflow::relay
