// Heartbeat: Debezium's heartbeat records (`heartbeat.interval.ms`): when the next one is due, and
// its event. Who sends it puts it into the Kafka transaction of the position. The clocks are the
// caller's. Sink thread.
#pragma once

#include <cstdint>
#include <string>

#include "event/byte_budget.h"
#include "event/event.h"

namespace outflow::relay {

struct HeartbeatOptions {
    std::int64_t interval_ms = 0;  // 0: none
    std::string topic;
    std::string server_name;  // topic.prefix
    bool key_schema = false;
    bool value_schema = false;
};

class Heartbeat {
 public:
    explicit Heartbeat(HeartbeatOptions options) : options_(std::move(options)) {}

    const std::string &topic() const { return options_.topic; }

    // The first is due one interval after the start.
    void start(std::int64_t now_ms) { sent_ms_ = now_ms; }
    bool due(std::int64_t now_ms) const {
        return options_.interval_ms > 0 && now_ms - sent_ms_ >= options_.interval_ms;
    }
    void on_sent(std::int64_t now_ms) { sent_ms_ = now_ms; }

    // The record in a chunk of its own; its route is the caller's to set.
    Event make(std::int64_t wall_clock_ms, ByteBudget *budget, ChunkHandle *chunk) const;

 private:
    const HeartbeatOptions options_;
    std::int64_t sent_ms_ = 0;
};

// `<topic.heartbeat.prefix><topic.delimiter><topic.prefix>`, unless the name is given whole.
std::string heartbeat_topic(const std::string &name, const std::string &heartbeat_prefix,
                            const std::string &delimiter, const std::string &topic_prefix);

}  // namespace outflow::relay
