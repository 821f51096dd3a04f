// Pipeline: the sink thread, and the one place that knows the order of the stages:
//
//   channel → decode → ack (suppression, batching) → sink → position committed → channel.confirm
//
// It ends by itself when asked to stop, when the target is reached or when something failed; the
// caller then reads the outcome. Failures are values: nothing is thrown once it runs.
#pragma once

#include <cstdint>
#include <optional>

#include "ack/transaction_loop.h"
#include "app/channel.h"
#include "app/error.h"
#include "decode/chunk_decoder.h"
#include "event/heartbeat.h"
#include "sink/sink.h"

namespace outflow::relay {

struct Outcome {
    enum class Kind : std::uint8_t {
        kStopped,  // on request; everything confirmed is durable
        kReached,  // the target, or the end of a snapshot without a stream
        kRecycle,
        kFenced,
        kFatal,
    };
    Kind kind = Kind::kStopped;
    Failure failure;  // kRecycle, kFenced, kFatal
};

struct PipelineOptions {
    BatchLimits limits;
    TopicRouter router;   // knows the topics of the tables that exist …
    core::Lsn catalogue;  // … at this position
    HeartbeatOptions heartbeat;
    core::EndLsn until;                        // end once everything before it is durable; 0: never
    std::int64_t stop_timeout_ms = 4'000;      // for finishing the open transaction when stopping
    std::int64_t commit_timeout_ms = 120'000;  // for one commit, before recycling
};

class Pipeline {
 public:
    Pipeline(const Position &stored, const PipelineOptions &options, Sink *sink, Channel *channel);

    // The body of the sink thread. Returns only when it is over; channel->end() was called.
    void run();
    // After run().
    const Outcome &outcome() const { return outcome_; }
    const Position &durable() const { return loop_.durable(); }

 private:
    // Each returns false when the run is over and outcome_ says why.
    bool step();
    bool on_chunk(const ChunkHandle &chunk);
    bool on_record(const core::ChunkRecord &record, Chunk *chunk);
    bool on_event(const core::EventRecord &record, Chunk *chunk);
    bool offer(const Event &ev);
    bool beat_if_due();
    bool close_if_due(bool more_queued);
    bool close();
    bool target_reached();
    bool begin_batch();

    bool urgent() const;
    bool stop_expired();
    int patience_ms() const;
    bool fail(Outcome::Kind kind, Failure failure);
    bool fail_with_sink();
    bool fail_with(Failure failure);
    void count_batch();

    const PipelineOptions options_;
    TransactionLoop loop_;
    Sink *sink_;
    Channel *channel_;
    ChunkDecoder decoder_;
    core::CommitLsn transaction_;  // being read
    Heartbeat heartbeat_;
    std::optional<RouteId> heartbeat_route_;

    bool batch_open_ = false;
    std::int64_t now_ms_ = 0;  // read once a chunk
    std::int64_t stop_since_ms_ = -1;
    std::uint64_t batch_events_ = 0;
    std::uint64_t batch_bytes_ = 0;
    bool finishing_ = false;  // snapshot.mode=initial_only: its rows are durable
    Outcome outcome_;
};

}  // namespace outflow::relay
