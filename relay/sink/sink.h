// Sink: where events end. Words: an event is *accepted* when the sink has it in hand, *delivered*
// when the other side reported it, and *durable* when commit() returned kDone: only then may the
// slot be told. All calls come from the sink thread.
//
// A batch is what becomes durable at once: begin, deliver…, commit (or abort). Failures are values:
// a call that fails leaves a Trouble, and the sink is of no further use until it is made anew.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "app/error.h"
#include "event/event.h"
#include "position/position.h"

namespace outflow::relay {

struct Trouble {
    enum class Kind : std::uint8_t {
        kNone,
        kRecycle,  // make everything anew and read the position again
        kFenced,   // somebody else uses our transactional id
        kFatal,    // only a person can help: end with the failure's exit code
    };
    Kind kind = Kind::kNone;
    Failure failure;
};

// A sink's trouble while starting, where failures travel as exceptions.
class SinkError : public std::runtime_error {
 public:
    explicit SinkError(Trouble trouble)
        : std::runtime_error(trouble.failure.message), trouble_(std::move(trouble)) {}
    const Trouble &trouble() const { return trouble_; }

 private:
    Trouble trouble_;
};

enum class Accept : std::uint8_t {
    kAccepted,
    kFull,  // not taken: serve(), then offer the same event again
    kFailed,
};

enum class Commit : std::uint8_t {
    kDone,     // everything since begin() and the position are durable
    kPending,  // not yet: call again with the same position (nothing else is allowed between)
    kFailed,
};

class Sink {
 public:
    virtual ~Sink() = default;

    // Prepares for the events of a relation (creates its topic where that is asked for); gives the
    // same route for the same relation. Called before the relation's first event.
    virtual std::optional<Failure> open_route(const core::RelationRecord &relation,
                                              RouteId *route) = 0;
    // The same for the topic of single events, which any table may share; `of_table`: they come
    // from tables, not from logical messages.
    virtual std::optional<Failure> open_topic(std::string_view topic, bool of_table,
                                              RouteId *route) = 0;

    virtual bool begin() = 0;  // false: trouble()
    virtual Accept deliver(const Event &event) = 0;
    virtual Commit commit(const Position &position, int timeout_ms) = 0;
    // Gives up the open batch. Nothing of it will be seen by a read_committed consumer.
    virtual void abort(int timeout_ms) = 0;

    // Serves delivery reports for up to `timeout_ms`. False: trouble().
    virtual bool serve(int timeout_ms) = 0;
    // Records accepted whose delivery report is outstanding.
    virtual bool has_outstanding() const = 0;

    virtual const Trouble &trouble() const = 0;
};

}  // namespace outflow::relay
