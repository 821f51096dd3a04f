// Which tables a snapshot copies, in which order and with which select; and whether the role may
// read all of their rows. Decided before the slot is made, so that what only a person can change
// costs no slot. Source thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/config.h"
#include "route/topic_router.h"
#include "source/connection.h"

namespace outflow::relay {

struct SnapshotSettings {
    std::size_t workers = 1;                      // snapshot.max.threads
    bool says_first = true;                       // the first row of all is `first`
    std::optional<std::int64_t> lock_timeout_ms;  // snapshot.locking.mode=shared
};
SnapshotSettings snapshot_settings(const Config &config, std::size_t tables);

// COPY (SELECT outflow.snapshot(`row`, …) FROM `source`).
struct SnapshotTarget {
    TableTopic table;
    std::string row;
    std::string source;
    std::optional<std::uint64_t> estimate;  // rows, by the server's statistics
};
using SnapshotTargets = std::vector<SnapshotTarget>;

// `captured`: all tables of the stream. Throws StartupError OUT-2105, OUT-2121, OUT-2122;
// ServerError.
SnapshotTargets snapshot_targets(Connection *sql, const Config &config, const Tables &captured,
                                 const Properties &plugin_options, const ServerContext &context);

std::string quoted_name(const Connection &sql, const TableTopic &table);
std::string select_grants(const Connection &sql, const TableTopic &table, const std::string &role);
// The server would have left rows out, and raised this instead (row_security = off).
bool is_row_security(const ServerError &error);

}  // namespace outflow::relay
