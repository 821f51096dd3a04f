// ChunkDecoder: what the relay remembers between chunks: which route the relations of the stream
// have. The chunk's bytes themselves are read by core/chunk_reader.h. Sink thread.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "app/error.h"
#include "core/chunk_reader.h"
#include "event/event.h"
#include "sink/sink.h"

namespace outflow::relay {

class ChunkDecoder {
 public:
    explicit ChunkDecoder(Sink *sink) : sink_(sink) {}

    // Opens the relation's route. A later record of the same id replaces it (a table was renamed).
    std::optional<Failure> on_relation(const core::RelationRecord &relation);

    // False when no relation record came before: a broken chunk.
    bool route(const core::EventRecord &record, RouteId *route);

 private:
    Sink *sink_;
    std::unordered_map<std::uint32_t, RouteId> routes_;
    // Rows of one table follow each other.
    std::uint32_t last_relation_ = 0;
    RouteId last_route_ = kMessageRoute;
};

}  // namespace outflow::relay
