// TransactionLoop: the decisions of delivery, and nothing else. It is told each record of the
// stream in order and answers: is this event new or already in Kafka, when does the Kafka
// transaction (the batch) close, which position goes into it, and how far may the slot be
// confirmed.
//
// A plain state machine: no thread, no clock (the caller passes milliseconds), no socket, so that a
// test can crash it anywhere. The rules, and why they hold:
//
//  - An event is (commit LSN, ordinal) for ever; LSNs of changes are never compared.
//  - A batch closes at a PostgreSQL commit boundary. Only above the split limits it closes inside a
//    transaction, and never between records of one ordinal: then the position says `partial`.
//  - `ack` in the position moves only at boundaries, so every transaction that ends at or before it
//    is in the same batch or an earlier one. The slot is confirmed to a durable `ack` only, and not
//    while a transaction is half-way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/chunk_reader.h"
#include "position/position.h"

namespace outflow::relay {

struct BatchLimits {
    // Upper limits under load, applied at commit boundaries.
    std::int64_t interval_ms = 250;
    std::uint64_t bytes = 64ULL << 20;
    std::uint64_t rows = 100'000;
    // One PostgreSQL transaction in one batch; above, it is split.
    std::uint64_t split_rows = 1'000'000;
    std::uint64_t split_bytes = 512ULL << 20;
    // A batch that is open this long is split wherever it is: Kafka would abort it
    // (transaction.timeout.ms), and the next attempt would fare no better.
    std::int64_t split_ms = 40'000;
    // How often a position without events is stored, unless it is urgent.
    std::int64_t progress_interval_ms = 1'000;
};

enum class Verdict : std::uint8_t {
    kDeliver,
    kSkip,    // Kafka has it
    kBroken,  // records in an order that the format rules out; problem() says which
};

class TransactionLoop {
 public:
    // `stored`: the last durable position; the stream was started at its `ack`.
    TransactionLoop(const Position &stored, const BatchLimits &limits);

    // The stream, record by record. False or kBroken: problem().
    bool on_begin(const core::BeginRecord &begin);
    Verdict on_event(const core::EventRecord &ev);
    bool on_commit(const core::CommitRecord &commit);
    void on_progress(const core::ProgressRecord &progress);
    // Snapshot rows are events with operation read, between these two.
    void on_snapshot_table(std::string_view table);
    void on_snapshot_end(SnapshotState state);

    // The batch. Open from the first delivered event, or for a position alone.
    void on_batch_begun(std::int64_t now_ms) { opened_ms_ = now_ms; }
    // Asked after each record and whenever time passed. `more_queued`: the next record is here
    // already. `urgent`: somebody waits for the position (a keepalive, the end of the run).
    bool close_due(std::int64_t now_ms, bool more_queued, bool urgent) const;
    Position next_position() const;  // to be stored with the batch that closes now
    void on_batch_committed(std::int64_t now_ms);

    // There is a durable position, and no snapshot under way.
    bool streams() const {
        return durable_.ack.valid() && head_.snapshot.state != SnapshotState::kRunning &&
               head_.snapshot.state != SnapshotState::kCreating;
    }
    bool at_boundary() const { return !in_transaction_; }
    bool has_events() const { return rows_ > 0; }
    bool has_news() const { return rows_ > 0 || dirty_; }  // next_position() is not durable yet

    // What the slot may be told.
    core::EndLsn confirmable() const { return confirmable_; }
    const Position &durable() const { return durable_; }

    const std::string &problem() const { return problem_; }
    std::uint64_t skipped_events() const { return skipped_events_; }
    std::uint64_t split_batches() const { return split_batches_; }

 private:
    Verdict on_snapshot_row(const core::EventRecord &ev);
    Verdict on_message(const core::EventRecord &ev);
    Verdict deliver(const core::EventRecord &ev);
    bool broken(std::string problem);
    bool limits_reached(std::int64_t now_ms) const;
    bool split_due(std::int64_t now_ms) const;

    const BatchLimits limits_;
    Position durable_;
    Position head_;  // durable_ plus what the open batch completes
    bool dirty_ = false;
    core::EndLsn confirmable_;

    // The PostgreSQL transaction being received.
    bool in_transaction_ = false;
    core::CommitLsn commit_;
    std::uint32_t xid_ = 0;
    bool skip_transaction_ = false;
    std::optional<std::uint64_t> skip_up_to_ordinal_;  // it continues; 0 is an ordinal as well
    std::uint64_t last_ordinal_ = 0;
    bool more_of_ordinal_ = false;
    std::uint64_t transaction_rows_ = 0;  // of it in the open batch
    std::uint64_t transaction_bytes_ = 0;
    core::CommitLsn newest_commit_;

    // The open batch.
    std::uint64_t rows_ = 0;
    std::uint64_t bytes_ = 0;
    std::int64_t opened_ms_ = 0;
    std::int64_t closed_ms_ = 0;

    std::string problem_;
    std::uint64_t skipped_events_ = 0;
    std::uint64_t split_batches_ = 0;
};

}  // namespace outflow::relay
