// Session: one life of the relay, from nothing to its end: fence, read the position, check, make
// what is missing, snapshot, stream (delivery §5). Any trouble ends the life, and the next one runs
// the same algorithm: there is no state to repair. Owned by `run`; the calling thread becomes the
// source thread, and the sink thread lives inside live().
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "app/channel.h"
#include "app/config.h"
#include "app/pipeline.h"
#include "command/run.h"
#include "position/position.h"
#include "sink/kafka_sink.h"
#include "source/connection.h"
#include "source/preflight.h"
#include "source/publication.h"
#include "source/replication_stream.h"
#include "source/slot.h"
#include "source/snapshot_mode.h"
#include "source/snapshot_tables.h"

namespace outflow::relay {

// What outlives a session.
struct RunState {
    std::string run_id;           // of this process: `__debezium.context.runId`
    core::EndLsn until;           // --until=current, decided once
    bool snapshot_taken = false;  // what a mode does at each start is done once a process
    bool streamed = false;        // from now on trouble is retried for ever
    bool introduced = false;      // the start lines were logged
};

std::string transactional_id(const Config &config);

class Session {
 public:
    Session(const Config &config, const RunOptions &options, RunState *state);
    ~Session();

    // Throws StartupError (a person is needed), TransientError (try again), Interrupted (stop).
    Outcome live();

 private:
    bool to_kafka() const { return kafka_ != nullptr; }
    void make_stdout_sink();
    void make_kafka_sink();
    ContextHeaders context_headers() const;
    void read_position();
    std::uint64_t current_lsn();
    void prepare_database();
    PublicationPlan publication_plan() const;
    void set_target();
    StartDecision decide();
    void prepare_tables();
    void check_table_limit() const;
    void adopt();
    // A new slot; true when its exported snapshot has to be copied.
    bool create(StartAction action);
    SlotKind slot_kind() const;
    void drop_old_slot(int epoch);
    void store(const Position &position);
    void start_pipeline();
    bool copy_snapshot();
    void start_stream();
    void start_heartbeat_query();
    Outcome stream();
    Outcome end_with(StreamEnd end);
    Outcome leave_after_trouble(const Failure &failure);
    bool fenced_meanwhile();
    void introduce(const ServerFacts &server);

    Position fresh_position() const;
    bool pause_for(std::string_view property);
    Properties stream_options() const;
    std::string fingerprint() const;
    void join();

    const Config &config_;
    const RunOptions &options_;
    RunState *state_;
    const std::string transactional_id_;
    const SourceSettings settings_;
    const SnapshotMode snapshot_mode_;

    Channel channel_;  // before what holds its chunks
    std::unique_ptr<Sink> sink_;
    KafkaSink *kafka_ = nullptr;  // sink_, when it is one
    std::optional<Position> stored_;
    Position position_;
    Properties plugin_options_;
    Tables tables_;
    TopicRouter router_;
    core::Lsn catalogue_;  // where the tables were found
    ServerFacts server_;
    std::int64_t status_interval_ms_ = 0;
    SnapshotTargets snapshot_targets_;
    std::string exported_snapshot_;

    std::optional<Connection> sql_;
    std::optional<Connection> replication_;
    std::optional<ReplicationStream> stream_;
    std::optional<Pipeline> pipeline_;
    std::thread sink_thread_;
};

}  // namespace outflow::relay
