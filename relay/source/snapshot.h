// Snapshot: copies the captured tables as they were at the slot's consistent point, through the
// same encoder as the stream, into the channel. Source thread; one connection (snapshot.max.threads
// above 1 is accepted and not used yet).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/channel.h"
#include "source/connection.h"
#include "source/publication.h"
#include "source/snapshot_rows.h"

namespace outflow::relay {

struct SnapshotPlan {
    Tables tables;
    Properties plugin_options;
    std::string exported;  // name of the slot's exported snapshot
    core::EndLsn lsn;      // its consistent point: `source.lsn` of the rows
    SnapshotState state_after = SnapshotState::kStreaming;
};

class Snapshot final : private SnapshotRows::Receiver {
 public:
    Snapshot(Connection sql, const ServerContext &context, Channel *channel);

    // The exporting connection must stay open and unused until this has returned. Afterwards all
    // rows are in the channel, and the word that they were all. False: the sink thread ended
    // before. Throws StartupError, TransientError, Interrupted.
    bool run(const SnapshotPlan &plan);

 private:
    bool copy_table(const std::string &schema, const std::string &table,
                    const std::string &options);
    bool wait_for_room();
    void on_snapshot_chunk(std::string_view chunk) override;
    [[noreturn]] void malformed(const std::string &table);

    Connection sql_;
    const ServerContext &context_;
    Channel *channel_;
    SnapshotRows rows_;
    std::uint64_t total_rows_ = 0;
    std::int64_t next_word_ms_ = 0;
};

}  // namespace outflow::relay
