// Snapshot: copies the captured tables as they were at the slot's consistent point, through the
// same encoder as the stream, into the channel. Source thread; several connections
// (snapshot.max.threads) see the same exported snapshot and share the tables among them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/channel.h"
#include "source/connection.h"
#include "source/snapshot_progress.h"
#include "source/snapshot_rows.h"
#include "source/snapshot_tables.h"
#include "source/snapshot_worker.h"

namespace outflow::relay {

struct SnapshotPlan {
    SnapshotTargets tables;  // in snapshot order
    Properties plugin_options;
    SnapshotSettings settings;
    std::string exported;  // name of the slot's exported snapshot
    core::EndLsn lsn;      // its consistent point: `source.lsn` of the rows
    SnapshotState state_after = SnapshotState::kStreaming;
};

class Snapshot final : private SnapshotRows::Receiver {
 public:
    Snapshot(const SourceSettings &source, SnapshotPlan plan, Channel *channel);

    // The exporting connection must stay open and unused until this has returned. Afterwards all
    // rows are in the channel, and the word that they were all. False: the sink thread ended
    // before. Throws StartupError, TransientError, Interrupted.
    bool run();

 private:
    void connect();
    void lock_tables();
    bool copy_tables();
    void give_work();
    bool is_busy() const;
    bool may_read(const SnapshotWorker &worker) const;
    void read(SnapshotWorker *worker);
    void end_table(std::size_t number);
    void await_data();
    bool wait_for_room();
    void on_snapshot_chunk(std::string_view chunk) override;
    [[noreturn]] void fail(std::size_t number, const ServerError &error);
    [[noreturn]] void malformed(std::size_t number);

    const SourceSettings &source_;
    const SnapshotPlan plan_;
    Channel *channel_;
    SnapshotRows rows_;
    std::vector<SnapshotRows::Table> tables_;
    SnapshotProgress progress_;
    std::vector<std::unique_ptr<SnapshotWorker>> workers_;
    std::string options_;  // SQL: the array of options for outflow.snapshot()
    std::size_t next_table_ = 0;
    std::int64_t next_word_ms_ = 0;
};

}  // namespace outflow::relay
