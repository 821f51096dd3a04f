// HeartbeatQuery: runs `heartbeat.action.query` once an interval on a connection of its own. A
// failure is logged and the next interval tries again; a lost connection is made anew. Source
// thread; never waits.
#pragma once

#include <cstdint>
#include <string>

#include "source/connection.h"

namespace outflow::relay {

class HeartbeatQuery {
 public:
    // `initial`: what a connection made anew has to run first, SQL with its semicolons.
    HeartbeatQuery(Connection sql, std::string query, std::int64_t interval_ms, std::string initial)
        : sql_(std::move(sql)),
          query_(std::move(query)),
          interval_ms_(interval_ms),
          initial_(std::move(initial)) {}

    void tick(std::int64_t now_ms);
    // How long tick() has nothing to do, if nothing arrives.
    std::int64_t patience_ms(std::int64_t now_ms) const;

 private:
    enum class State : std::uint8_t { kIdle, kRunning, kConnecting };

    void begin();
    void collect();
    void connect();
    void fail(std::string text);

    Connection sql_;
    std::string query_;
    std::int64_t interval_ms_;
    std::string initial_;
    State state_ = State::kIdle;
    PostgresPollingStatusType polling_ = PGRES_POLLING_WRITING;
    bool broken_ = false;  // the connection has to be made anew
    bool fresh_ = false;   // it was
    std::int64_t now_ms_ = 0;
    std::int64_t next_ms_ = 0;
    std::int64_t quiet_until_ms_ = 0;  // of the log line about failures
};

}  // namespace outflow::relay
