// The replication slot: what it is like, creating it, dropping it, and who holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/lsn.h"
#include "source/connection.h"

namespace outflow::relay {

struct SlotInfo {
    std::string plugin;  // empty: a physical slot
    std::string database;
    bool active = false;
    int active_pid = 0;
    std::string wal_status;    // reserved | extended | unreserved | lost
    std::string invalidation;  // the reason (17+), "conflicting" (16), or empty
    core::EndLsn confirmed;
};

std::optional<SlotInfo> find_slot(Connection *sql, const std::string &slot);

struct CreatedSlot {
    core::EndLsn consistent_point;
    std::string snapshot;  // name of the exported snapshot; empty when not exported
};

enum class SlotKind : std::uint8_t {
    kPermanent,
    kTemporary,  // gone with its connection
    kFailover,   // standbys keep a copy (17+)
};
constexpr int kFirstFailoverVersion = 170000;

// On a replication connection. With `export_snapshot` the connection must stay unused until
// everybody has imported the snapshot: any command on it ends the export. Throws ServerError.
CreatedSlot create_slot(Connection *replication, const std::string &slot, SlotKind kind,
                        bool export_snapshot);

void drop_slot(Connection *sql, const std::string &slot);

struct SlotHolder {
    int pid = 0;
    std::string application_name;
    std::string client;
};
std::optional<SlotHolder> slot_holder(Connection *sql, const std::string &slot);

struct BusyPolicy {
    int retries = 6;
    int delay_ms = 10'000;
};
// Returns when nobody holds the slot. A relay of our own name (it has been fenced in Kafka by now)
// gets a moment to leave, then its backend is terminated. Anybody else is waited for as the policy
// says, then StartupError OUT-2109 names them.
void wait_for_free_slot(Connection *sql, const SourceSettings &settings, const BusyPolicy &policy);

}  // namespace outflow::relay
