// Event: what passes between the relay's stages: one finished record, still inside its chunk.
#pragma once

#include <cstdint>

#include "core/chunk_reader.h"
#include "event/chunk.h"

namespace outflow::relay {

// Where a sink sends the events of one relation; the sink hands it out (Sink::open_route).
using RouteId = std::uint32_t;

struct Event {
    core::EventRecord record;  // views into the chunk
    RouteId route = 0;
    Chunk *chunk = nullptr;  // retain it for as long as the views are used after the call
};

}  // namespace outflow::relay
