// The properties of the outbox transform (io.debezium.transforms.outbox.EventRouter), parsed and
// checked. They live as long as the session's options.
#pragma once

#include <cstdint>
#include <string_view>

#include "pg/pg.h"
#include "transforms.h"

namespace outflow::plugin {

enum class Placement : std::uint8_t { kHeader, kEnvelope, kPartition };

// One entry of table.fields.additional.placement.
struct PlacedField {
    std::string_view column;
    std::string_view alias;
    Placement placement = Placement::kHeader;
};

// The reference names the struct around a payload when it first sees the payload's schema (or the
// version), after the event at hand, and keeps that name for all events that have it.
struct EnvelopeNames {
    static constexpr std::uint32_t kSlots = 1024;
    struct Entry {
        std::uint64_t key;
        std::string_view name;  // empty: free
    };
    Entry entries[kSlots];
    std::uint32_t count;
    MemoryContext context;
};

struct OutboxOptions {
    // Names of columns; the last two may be empty.
    std::string_view id, key, type, payload, route_by, timestamp, version;
    PlacedField *placed = nullptr;
    int placed_count = 0;
    bool has_envelope = false;  // a field is placed there
    bool ignore_missing = false;
    bool fatal_updates = false;
    bool expand = false;
    bool keep_nulls = false;
    bool tombstones = false;
    EnvelopeNames *names = nullptr;  // filled as events come
    NameRule route;                  // from the routing column's text to the topic
};

const OutboxOptions *read_outbox_options(const TransformProperties &given);

}  // namespace outflow::plugin
