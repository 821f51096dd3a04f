// StdoutSink: events as JSON lines on a file descriptor, usually standard output. "Durable" here
// means that the operating system took the bytes: the promise is at-least-once. Lines leave at each
// commit, and before it when much is held. A reader that is slow holds the stream back; one that is
// gone ends it (OUT-6102).
#pragma once

#include <string>
#include <vector>

#include "core/string_sink.h"
#include "event/context_headers.h"
#include "sink/sink.h"

namespace outflow::relay {

class StdoutSink final : public Sink {
 public:
    StdoutSink(int fd, ContextHeaders headers);

    std::optional<Failure> open_route(const core::RelationRecord &relation,
                                      RouteId *route) override;
    std::optional<Failure> open_topic(std::string_view topic, bool of_table,
                                      RouteId *route) override;
    bool begin() override { return trouble_.kind == Trouble::Kind::kNone; }
    Accept deliver(const Event &event) override;
    Commit commit(const Position &position, int timeout_ms) override;
    // What was written stays written; a line that was begun is finished, if the reader takes it.
    void abort(int timeout_ms) override;
    bool serve(int timeout_ms) override;
    bool has_outstanding() const override { return held() > 0; }
    const Trouble &trouble() const override { return trouble_; }

 private:
    RouteId route_to(std::string_view topic, bool of_table);
    std::size_t held() const { return lines_.size - written_; }
    // Writes what the reader takes within the time. False: trouble().
    bool flush(int timeout_ms);
    bool fail(int error);

    const int fd_;
    const bool regular_file_;
    const ContextHeaders headers_;
    struct Route {
        std::string topic;
        bool of_table;  // its records have the context headers
    };
    std::vector<Route> routes_;
    core::StringSink lines_;
    std::size_t written_ = 0;  // of lines_
    Trouble trouble_;
};

}  // namespace outflow::relay
