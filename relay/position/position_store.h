// PositionStore: reads the newest committed position record from its topic. Writing is the sink's:
// the record travels in the transaction of the data. Used at start, by the source thread.
#pragma once

#include <optional>
#include <string>

#include "app/error.h"
#include "kafka/handle.h"
#include "position/position.h"

namespace outflow::relay {

class PositionStore {
 public:
    // `consumer_properties` in librdkafka's names.
    PositionStore(kafka::Properties consumer_properties, std::string topic, std::string key);

    // Read after init_transactions of our own producer, which finishes what an older one left open.
    //
    // Reads up to the *read-uncommitted* end with a read-committed consumer: the last stable offset
    // may lie before the newest committed record. When the end cannot be reached because a foreign
    // transaction hangs there: OUT-4201. A record that cannot be read is OUT-4110. A topic that
    // does not exist or has no record with our key gives no position.
    std::optional<Failure> read(int timeout_ms, std::optional<Position> *position);

 private:
    kafka::Properties properties_;
    std::string topic_;
    std::string key_;
};

}  // namespace outflow::relay
