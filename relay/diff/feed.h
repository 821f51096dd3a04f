// Where the records of a topic family come from: the topics themselves, or a capture file. Read
// from the beginning, each partition in order. One thread; read() never waits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/error.h"
#include "diff/event.h"

namespace outflow::relay::diff {

// Who takes the records. A table is what follows the prefix in a topic's name.
class Taker {
 public:
    virtual ~Taker() = default;
    virtual void found(const std::string &table, int partitions) = 0;
    // May this partition be read now? Else it is held, as long as it has to be.
    virtual bool wants(const std::string &table, int partition) = 0;
    // Takes nothing more at present.
    virtual bool full() const = 0;
    virtual void take(const std::string &table, int partition, const RawRecord &record) = 0;
};

enum class Read : std::uint8_t { kRecords, kNothing, kFailed };

class Feed {
 public:
    virtual ~Feed() = default;

    // Looks for what there is to read; again later for what is new.
    virtual std::optional<Failure> discover(Taker *taker) = 0;
    // Remembers what is there now as what has to be read.
    virtual std::optional<Failure> aim_at_end() = 0;
    virtual bool reached_target() const = 0;

    // Reads a bounded number of records. failure() says why it failed.
    virtual Read read(Taker *taker) = 0;
    virtual const Failure &failure() const = 0;

    // Nothing more is there, as far as it is known.
    virtual bool at_end(const std::string &table) const = 0;
    virtual bool at_end() const = 0;
    // Will not go on by itself: at its end but for partitions that the taker holds.
    virtual bool stuck() const = 0;
    virtual bool empty() const = 0;

    virtual std::string name() const = 0;    // for a person: shop.*
    virtual std::string origin() const = 0;  // short, beside a value: the prefix, the file
};

}  // namespace outflow::relay::diff
