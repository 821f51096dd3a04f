#include "ack/transaction_loop.h"

#include <algorithm>
#include <utility>

namespace outflow::relay {

TransactionLoop::TransactionLoop(const Position &stored, const BatchLimits &limits)
    : limits_(limits), durable_(stored), head_(stored), confirmable_(stored.ack) {}

bool TransactionLoop::broken(std::string problem) {
    problem_ = std::move(problem);
    return false;
}

bool TransactionLoop::on_begin(const core::BeginRecord &begin) {
    if (in_transaction_) return broken("a transaction begins inside another");
    if (begin.commit <= newest_commit_) return broken("a transaction begins out of commit order");
    in_transaction_ = true;
    commit_ = newest_commit_ = begin.commit;
    xid_ = begin.xid;
    last_ordinal_ = 0;
    more_of_ordinal_ = false;
    transaction_rows_ = 0;
    transaction_bytes_ = 0;
    skip_transaction_ = begin.commit <= head_.commit;
    const bool continues = head_.partial && head_.partial->commit == begin.commit;
    skip_up_to_ordinal_.reset();
    if (continues) skip_up_to_ordinal_ = head_.partial->raw_ordinal;
    return true;
}

Verdict TransactionLoop::on_event(const core::EventRecord &ev) {
    if (ev.operation == core::Operation::kRead) return on_snapshot_row(ev);
    if (ev.non_transactional()) return on_message(ev);
    if (!in_transaction_) {
        broken("an event stands outside any transaction");
        return Verdict::kBroken;
    }
    if (ev.ordinal < last_ordinal_ || (more_of_ordinal_ && ev.ordinal != last_ordinal_)) {
        broken("an event's ordinal goes backwards, or leaves an ordinal unfinished");
        return Verdict::kBroken;
    }
    last_ordinal_ = ev.ordinal;
    more_of_ordinal_ = ev.more_of_ordinal();
    const bool sent = skip_up_to_ordinal_ && ev.ordinal <= *skip_up_to_ordinal_;
    if (skip_transaction_ || sent) {
        ++skipped_events_;
        return Verdict::kSkip;
    }
    ++transaction_rows_;
    transaction_bytes_ += ev.key.size() + ev.value.size();
    return deliver(ev);
}

Verdict TransactionLoop::on_snapshot_row(const core::EventRecord &ev) {
    if (head_.snapshot.state != SnapshotState::kRunning) {
        broken("a snapshot row stands outside a snapshot");
        return Verdict::kBroken;
    }
    return deliver(ev);
}

// Messages outside transactions are sent when they are decoded, outside commit order: they are
// known by their own LSN, never by the transactions' position.
Verdict TransactionLoop::on_message(const core::EventRecord &ev) {
    if (ev.lsn <= head_.message.value) {
        ++skipped_events_;
        return Verdict::kSkip;
    }
    head_.message = {ev.lsn};
    return deliver(ev);
}

Verdict TransactionLoop::deliver(const core::EventRecord &ev) {
    ++rows_;
    bytes_ += ev.key.size() + ev.value.size();
    return Verdict::kDeliver;
}

bool TransactionLoop::on_commit(const core::CommitRecord &commit) {
    if (!in_transaction_ || commit.commit != commit_)
        return broken("a transaction ends that did not begin");
    if (more_of_ordinal_) return broken("a transaction ends inside an ordinal");
    in_transaction_ = false;
    transaction_rows_ = 0;
    transaction_bytes_ = 0;
    if (!skip_transaction_) {
        head_.commit = commit.commit;
        head_.end = commit.end;
        head_.partial.reset();
        head_.sequence = commit.sequence;
        dirty_ = true;
    }
    if (commit.end > head_.ack) {
        head_.ack = commit.end;
        dirty_ = true;
    }
    return true;
}

void TransactionLoop::on_progress(const core::ProgressRecord &progress) {
    // Inside a transaction it would have to wait for the commit record, which says more.
    if (in_transaction_ || progress.position <= head_.ack) return;
    head_.ack = progress.position;
    head_.sequence = progress.sequence;
    // A split transaction whose rest the filters now hide is over when the stream has passed it.
    if (head_.partial && head_.partial->commit.value < progress.position.value) {
        head_.commit = head_.partial->commit;
        head_.end = progress.position;
        head_.partial.reset();
    }
    dirty_ = true;
}

void TransactionLoop::on_snapshot_table(std::string_view table) {
    head_.snapshot.state = SnapshotState::kRunning;
    head_.snapshot.table = table;
}

void TransactionLoop::on_snapshot_end(SnapshotState state) {
    head_.snapshot.state = state;
    head_.snapshot.table.clear();
    dirty_ = true;
}

bool TransactionLoop::limits_reached(std::int64_t now_ms) const {
    return rows_ >= limits_.rows || bytes_ >= limits_.bytes ||
           now_ms - opened_ms_ >= limits_.interval_ms;
}

bool TransactionLoop::split_due(std::int64_t now_ms) const {
    if (rows_ == 0 || more_of_ordinal_) return false;
    return transaction_rows_ >= limits_.split_rows || transaction_bytes_ >= limits_.split_bytes ||
           now_ms - opened_ms_ >= limits_.split_ms;
}

bool TransactionLoop::close_due(std::int64_t now_ms, bool more_queued, bool urgent) const {
    if (in_transaction_) return split_due(now_ms);
    const bool snapshotting = head_.snapshot.state == SnapshotState::kRunning;
    if (rows_ > 0) return limits_reached(now_ms) || (!more_queued && !snapshotting);
    if (!dirty_) return false;
    // A position alone: the end of a snapshot at once, progress now and then.
    if (head_.snapshot.state != durable_.snapshot.state) return true;
    return (urgent && !more_queued) || now_ms - closed_ms_ >= limits_.progress_interval_ms;
}

Position TransactionLoop::next_position() const {
    Position next = head_;
    if (in_transaction_ && transaction_rows_ > 0)
        next.partial = Position::Partial{commit_, xid_, last_ordinal_};
    return next;
}

void TransactionLoop::on_batch_committed(std::int64_t now_ms) {
    durable_ = head_ = next_position();
    if (!durable_.partial) confirmable_ = std::max(confirmable_, durable_.ack);
    split_batches_ += durable_.partial.has_value();
    dirty_ = false;
    rows_ = 0;
    bytes_ = 0;
    transaction_rows_ = 0;
    transaction_bytes_ = 0;
    closed_ms_ = now_ms;
}

}  // namespace outflow::relay
