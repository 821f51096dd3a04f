#include "app/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace outflow::relay {
namespace {

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::int64_t wall_clock_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

constexpr int kIdleWaitMs = 100;
constexpr int kCommitSliceMs = 500;

}  // namespace

Pipeline::Pipeline(const Position &stored, const PipelineOptions &options, Sink *sink,
                   Channel *channel)
    : options_(options),
      loop_(stored, options.limits),
      sink_(sink),
      channel_(channel),
      decoder_(sink, options.router),
      heartbeat_(options.heartbeat) {}

void Pipeline::run() {
    now_ms_ = steady_ms();
    heartbeat_.start(now_ms_);
    channel_->confirm(loop_.confirmable());
    bool going = !target_reached();
    while (going) going = step();
    if (batch_open_) sink_->abort(static_cast<int>(options_.stop_timeout_ms));
    channel_->end();
}

bool Pipeline::step() {
    channel_->counters().steps.fetch_add(1, std::memory_order_relaxed);
    ChannelItem item;
    const bool arrived = channel_->pop(&item, patience_ms());
    now_ms_ = steady_ms();
    if (arrived) {
        if (const auto *chunk = std::get_if<ChunkHandle>(&item)) {
            if (!on_chunk(*chunk)) return false;
        } else if (const auto *table = std::get_if<SnapshotTable>(&item)) {
            loop_.on_snapshot_table(table->name);
        } else {
            loop_.on_snapshot_end(std::get<SnapshotEnd>(item).state);
        }
    }
    // Reports first: they free what the source waits for.
    const bool wait_for_reports = !arrived && sink_->has_outstanding();
    if (!sink_->serve(wait_for_reports ? 1 : 0)) return fail_with_sink();
    if (!beat_if_due()) return false;
    if (!close_if_due(!channel_->empty())) return false;
    if (channel_->hurried() && channel_->empty() && !loop_.has_news()) channel_->hurry_is_over();
    if (channel_->stopping() && loop_.at_boundary() && !loop_.has_news())
        return fail(Outcome::Kind::kStopped, {});
    const bool nothing_comes = channel_->input_ended() && channel_->empty();
    if (nothing_comes || stop_expired()) return fail(Outcome::Kind::kStopped, {});
    return true;
}

// While reports are outstanding the wait is short: they are served between two looks at the queue.
int Pipeline::patience_ms() const { return sink_->has_outstanding() ? 0 : kIdleWaitMs; }

bool Pipeline::on_chunk(const ChunkHandle &chunk) {
    core::ChunkReader reader(chunk.get()->bytes());
    core::ChunkRecord record;
    while (reader.next(&record)) {
        if (!on_record(record, chunk.get())) return false;
    }
    if (reader.error() != core::ChunkError::kNone)
        return fail_with(broken_stream(core::describe(reader.error())));
    return true;
}

bool Pipeline::on_record(const core::ChunkRecord &record, Chunk *chunk) {
    switch (record.type) {
        case core::RecordType::kEvent:
            return on_event(record.event, chunk) && close_if_due(true);
        case core::RecordType::kCommit:
            if (!loop_.on_commit(record.commit)) return fail_with(broken_stream(loop_.problem()));
            return close_if_due(true);
        case core::RecordType::kBegin:
            transaction_ = record.begin.commit;
            return loop_.on_begin(record.begin) || fail_with(broken_stream(loop_.problem()));
        case core::RecordType::kProgress:
            loop_.on_progress(record.progress);
            return true;
        case core::RecordType::kRelation:
            if (auto failure = decoder_.on_relation(record.relation,
                                                    transaction_.value < options_.catalogue.value))
                return fail_with(std::move(*failure));
            return true;
    }
    return true;
}

bool Pipeline::on_event(const core::EventRecord &record, Chunk *chunk) {
    const Verdict verdict = loop_.on_event(record);
    if (verdict == Verdict::kSkip) return true;
    if (verdict == Verdict::kBroken) return fail_with(broken_stream(loop_.problem()));
    Event ev{record, 0, chunk};
    if (auto failure = decoder_.route(record, &ev.route)) return fail_with(std::move(*failure));
    if (!batch_open_ && !begin_batch()) return false;
    ++batch_events_;
    batch_bytes_ += record.key.size() + record.value.size();
    return offer(ev);
}

bool Pipeline::offer(const Event &ev) {
    while (true) {
        switch (sink_->deliver(ev)) {
            case Accept::kAccepted:
                return true;
            case Accept::kFailed:
                return fail_with_sink();
            case Accept::kFull:
                channel_->counters().steps.fetch_add(1, std::memory_order_relaxed);
                if (!sink_->serve(10)) return fail_with_sink();
                now_ms_ = steady_ms();
                if (stop_expired()) return fail(Outcome::Kind::kStopped, {});
        }
    }
}

// In the open batch, which may wait for the end of its transaction, else in one of its own: always
// with a position. There is none to speak of before the stream begins.
bool Pipeline::beat_if_due() {
    if (!heartbeat_.due(now_ms_) || !loop_.streams()) return true;
    if (!heartbeat_route_) {
        RouteId route = 0;
        if (auto failure = sink_->open_route({.topic = heartbeat_.topic()}, &route))
            return fail_with(std::move(*failure));
        heartbeat_route_ = route;
    }
    const bool alone = !batch_open_;
    if (alone && !begin_batch()) return false;
    ChunkHandle chunk;
    Event ev = heartbeat_.make(wall_clock_ms(), channel_->budget(), &chunk);
    ev.route = *heartbeat_route_;
    if (!offer(ev)) return false;
    heartbeat_.on_sent(now_ms_);
    return !alone || close();
}

bool Pipeline::begin_batch() {
    if (!sink_->begin()) return fail_with_sink();
    batch_open_ = true;
    loop_.on_batch_begun(now_ms_);
    return true;
}

bool Pipeline::urgent() const {
    return channel_->hurried() || channel_->stopping() || options_.until.valid();
}

bool Pipeline::close_if_due(bool more_queued) {
    // Stopping at a boundary: what is queued behind it is read again by the next start.
    const bool stop_here = channel_->stopping() && loop_.at_boundary();
    if (!loop_.close_due(now_ms_, more_queued && !stop_here, urgent())) return true;
    return close();
}

bool Pipeline::close() {
    if (!batch_open_ && !begin_batch()) return false;
    const Position position = loop_.next_position();
    const std::int64_t begun_ms = steady_ms();
    for (Commit state = Commit::kPending; state != Commit::kDone;) {
        channel_->counters().steps.fetch_add(1, std::memory_order_relaxed);
        state = sink_->commit(position, kCommitSliceMs);
        now_ms_ = steady_ms();
        if (state == Commit::kFailed) return fail_with_sink();
        if (state == Commit::kDone) break;
        if (stop_expired()) return fail(Outcome::Kind::kStopped, {});
        if (now_ms_ - begun_ms > options_.commit_timeout_ms)
            return fail(Outcome::Kind::kRecycle, {error::kKafkaTransaction,
                                                  fmt::format("a commit did not end within {} s",
                                                              options_.commit_timeout_ms / 1000),
                                                  {},
                                                  {}});
    }
    batch_open_ = false;
    loop_.on_batch_committed(now_ms_);
    count_batch();
    channel_->confirm(loop_.confirmable());
    if (target_reached()) return false;
    if (channel_->stopping() && loop_.at_boundary()) return fail(Outcome::Kind::kStopped, {});
    return true;
}

void Pipeline::count_batch() {
    DeliveryCounters &counters = channel_->counters();
    counters.events.fetch_add(batch_events_, std::memory_order_relaxed);
    counters.bytes.fetch_add(batch_bytes_, std::memory_order_relaxed);
    counters.commits.fetch_add(1, std::memory_order_relaxed);
    counters.skipped.store(loop_.skipped_events(), std::memory_order_relaxed);
    counters.splits.store(loop_.split_batches(), std::memory_order_relaxed);
    batch_events_ = 0;
    batch_bytes_ = 0;
}

bool Pipeline::target_reached() {
    const Position &durable = loop_.durable();
    const bool snapshot_only = durable.snapshot.state == SnapshotState::kCompleted;
    const bool passed = options_.until.valid() && !durable.partial &&
                        durable.ack >= options_.until &&
                        durable.snapshot.state != SnapshotState::kRunning;
    if (!snapshot_only && !passed) return false;
    outcome_ = {Outcome::Kind::kReached, {}};
    return true;
}

bool Pipeline::stop_expired() {
    if (!channel_->stopping()) return false;
    if (stop_since_ms_ < 0) stop_since_ms_ = now_ms_;
    return now_ms_ - stop_since_ms_ >= options_.stop_timeout_ms;
}

bool Pipeline::fail(Outcome::Kind kind, Failure failure) {
    outcome_ = {kind, std::move(failure)};
    return false;
}

bool Pipeline::fail_with_sink() {
    const Trouble &trouble = sink_->trouble();
    switch (trouble.kind) {
        case Trouble::Kind::kFenced:
            return fail(Outcome::Kind::kFenced, trouble.failure);
        case Trouble::Kind::kFatal:
            return fail(Outcome::Kind::kFatal, trouble.failure);
        case Trouble::Kind::kRecycle:
        case Trouble::Kind::kNone:
            break;
    }
    return fail(Outcome::Kind::kRecycle, trouble.failure);
}

bool Pipeline::fail_with(Failure failure) {
    // What only a person can change ends the run, and so do bytes that would come again; the rest
    // is worth another try.
    const bool permanent = failure.exit() == ExitCode::kUsage || failure.spec == error::kBadChunk;
    return fail(permanent ? Outcome::Kind::kFatal : Outcome::Kind::kRecycle, std::move(failure));
}

}  // namespace outflow::relay
