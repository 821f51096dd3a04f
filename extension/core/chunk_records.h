// The records of chunk_format.h as the writer takes and the reader gives them. Views point into the
// caller's memory, or into the chunk.
#pragma once

#include <cstdint>
#include <string_view>

#include "chunk_format.h"
#include "lsn.h"
#include "operation.h"

namespace outflow::core {

// A table, or one of the relations that are none, and the topic of its events.
struct RelationRecord {
    std::uint32_t id = kMessageRelation;
    std::string_view schema;
    std::string_view table;
    std::string_view topic;
};
struct BeginRecord {
    CommitLsn commit;
    std::uint32_t xid = 0;
    std::int64_t commit_time_us = 0;
};
struct CommitRecord {
    CommitLsn commit;
    EndLsn end;
    Lsn sequence;
    std::uint64_t last_ordinal = 0;
    std::uint64_t event_count = 0;
};
struct ProgressRecord {
    EndLsn position;
    Lsn sequence;
};

// Where one event goes, when that is not where its relation's other events go.
struct EventRouting {
    std::int32_t partition = -1;
    std::int64_t timestamp_ms = -1;
    std::string_view topic;
};
// One header of an event.
struct EventHeader {
    std::string_view name;
    std::string_view value;
    bool behind_context = false;  // added by a transform: behind the context headers
    bool is_null = false;         // has no value
};
struct EventRecord {
    std::uint32_t relation = kMessageRelation;
    Operation operation = Operation::kCreate;
    std::uint16_t flags = 0;
    std::uint32_t marker_offset = 0;
    std::uint64_t ordinal = 0;
    std::uint64_t lsn = 0;
    std::string_view key;
    std::string_view value;
    std::string_view headers;
    bool has_routing = false;
    EventRouting routing;

    bool has_key() const { return flags & kEventHasKey; }
    bool has_value() const { return flags & kEventHasValue; }
    bool more_of_ordinal() const { return flags & kEventMoreOfOrdinal; }
    bool non_transactional() const { return flags & kEventNonTransactional; }
};

}  // namespace outflow::core
