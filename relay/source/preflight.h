// Preflight: may the stream go on from the stored position without losing or doubling anything?
// The gaps of delivery §6, decided on plain facts, so that a test can set up each of them. Any
// doubt is refused with a code; nothing is guessed.
#pragma once

#include <optional>
#include <string>

#include "app/error.h"
#include "position/position.h"
#include "source/connection.h"
#include "source/slot.h"
#include "source/snapshot_mode.h"

namespace outflow::relay {

struct ServerFacts {
    std::string system_identifier;
    int timeline = 0;
    core::EndLsn wal_end;  // flushed
    std::string database;
    // End of the stored position's timeline where the server has left it; none: still on it, or
    // not known.
    std::optional<core::EndLsn> fork;
};

// IDENTIFY_SYSTEM on a replication connection, and the fork point of `stored_timeline` (0: do not
// look). Throws ServerError.
ServerFacts read_server_facts(Connection *replication, int stored_timeline);

// Where the timeline ended, in the text of a timeline history file.
std::optional<core::EndLsn> fork_of_timeline(std::string_view history, int timeline);

enum class StartAction : std::uint8_t {
    kStream,       // go on from the position
    kAdopt,        // stream from where the slot stands
    kCreate,       // make the slot; a snapshot if the mode says so
    kReplaceSlot,  // drop the slot and make it anew: a new epoch
    kNothing,      // a snapshot without a stream was asked for, and was completed
};

struct StartFacts {
    std::optional<Position> position;
    std::optional<SlotInfo> slot;
    ServerFacts server;
    std::string slot_name;
    std::string fingerprint;
    bool adopt_slot = false;  // --adopt-slot, or a mode whose only position is the slot
    SnapshotMode mode;
    bool first_start = true;  // of the process: what a mode does at each start is due
};

struct StartDecision {
    StartAction action = StartAction::kStream;
    std::optional<Failure> gap;     // OUT-41xx: refused
    std::optional<Failure> healed;  // the gap that a new snapshot closes; worth a warning
};

StartDecision decide_start(const StartFacts &facts);

}  // namespace outflow::relay
