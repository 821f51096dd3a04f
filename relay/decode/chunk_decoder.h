// ChunkDecoder: what the relay remembers between chunks: which route the relations of the stream
// have, and the topics that single events name. The chunk's bytes themselves are read by
// core/chunk_reader.h. Sink thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "app/error.h"
#include "core/chunk_reader.h"
#include "event/event.h"
#include "route/topic_router.h"
#include "sink/sink.h"

namespace outflow::relay {

// OUT-5101: bytes that this relay does not understand.
Failure broken_stream(std::string_view problem);

class ChunkDecoder {
 public:
    // `router` has the topics of the tables that exist.
    ChunkDecoder(Sink *sink, TopicRouter router) : sink_(sink), router_(std::move(router)) {}

    // Opens the relation's route. A later record of the same id replaces it (a table was renamed).
    // `past`: the name is from before the catalogue that the router knows. OUT-1108 for another
    // name that comes to a topic which has a table.
    std::optional<Failure> on_relation(const core::RelationRecord &relation, bool past);

    // Where the event goes. OUT-5101 when no relation record came before.
    std::optional<Failure> route(const core::EventRecord &record, RouteId *route);

 private:
    std::optional<Failure> route_to_topic(const core::EventRecord &record, RouteId *route);

    Sink *sink_;
    TopicRouter router_;
    std::unordered_map<std::uint32_t, RouteId> routes_;
    // Of events that name their topics: those of tables, and those of logical messages.
    std::unordered_map<std::string, RouteId> topics_;
    std::unordered_map<std::string, RouteId> message_topics_;
    // Rows of one table follow each other.
    std::optional<std::uint32_t> last_relation_;
    RouteId last_route_ = 0;
};

}  // namespace outflow::relay
