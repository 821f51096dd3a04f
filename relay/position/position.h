// Position: how far Kafka has the stream. One JSON record, written inside the Kafka transaction
// that carries the data, read back at start. Plain data; no thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/lsn.h"

namespace outflow::relay {

enum class SnapshotState : std::uint8_t {
    kNone,       // no snapshot was asked for
    kCreating,   // written before the slot exists, so that a slot without a position is never ours
    kRunning,    // rows are being copied
    kStreaming,  // all rows are in Kafka
    kCompleted,  // snapshot.mode=initial_only: all rows are in Kafka and no stream follows
};

struct Position {
    // A transaction that is spread over several Kafka transactions, and how much of it is there.
    struct Partial {
        core::CommitLsn commit;
        std::uint32_t xid = 0;
        std::uint64_t raw_ordinal = 0;
        friend bool operator==(const Partial &, const Partial &) = default;
    };
    struct Snapshot {
        int epoch = 0;
        SnapshotState state = SnapshotState::kNone;
        std::string table;  // the one being copied: schema.table
        friend bool operator==(const Snapshot &, const Snapshot &) = default;
    };

    std::string system_identifier;
    int timeline = 0;
    std::string database;
    std::string slot;
    core::CommitLsn commit;  // last transaction completely in Kafka
    core::EndLsn end;        // its end
    std::optional<Partial> partial;
    core::EndLsn ack;    // the highest position the slot may have been told
    core::Lsn message;   // last non-transactional message
    core::Lsn sequence;  // handed back to the plugin: first element of the next `source.sequence`
    Snapshot snapshot;
    std::string config_fingerprint;
    std::string run_id;

    friend bool operator==(const Position &, const Position &) = default;
};

// The record's value and key.
std::string position_to_json(const Position &position);
std::string position_key(std::string_view topic_prefix, std::string_view slot,
                         std::string_view database);

// False, with the reason, for anything that is not a version 1 record. Total over any bytes.
bool position_from_json(std::string_view json, Position *position, std::string *reason);

// Identifies what the numbering inside a transaction depends on: the chunk version and the encoding
// options, never the filters (ordinals are counted before them).
class ConfigFingerprint {
 public:
    void add(std::string_view option, std::string_view value);
    std::string text() const;

 private:
    std::uint64_t hash_ = 0xcbf29ce484222325;  // FNV-1a
};

}  // namespace outflow::relay
