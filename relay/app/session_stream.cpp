// The second half of a session: from the pipeline's start to the end of the life.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/log.h"
#include "app/session.h"
#include "app/shutdown.h"
#include "source/snapshot.h"

namespace outflow::relay {
namespace {

constexpr int kProbeMs = 5'000;

std::string lsn_text(std::uint64_t lsn) {
    char buffer[core::kLsnTextSize];
    return {buffer, static_cast<std::size_t>(core::format_lsn(lsn, buffer))};
}

BatchLimits batch_limits(const Config &config, const KafkaSink *kafka) {
    BatchLimits limits;
    limits.interval_ms = config.integer("outflow.commit.interval.ms");
    limits.bytes = static_cast<std::uint64_t>(config.integer("outflow.commit.bytes"));
    limits.rows = static_cast<std::uint64_t>(config.integer("outflow.commit.rows"));
    if (kafka == nullptr) {
        // Without a position in Kafka a transaction cannot be resumed in its middle.
        limits.split_rows = limits.split_bytes = UINT64_MAX;
        limits.split_ms = INT64_MAX / 2;
        return limits;
    }
    limits.split_rows =
        static_cast<std::uint64_t>(config.integer("outflow.transaction.split.rows"));
    limits.split_bytes =
        static_cast<std::uint64_t>(config.integer("outflow.transaction.split.bytes"));
    limits.split_ms = kafka->transaction_timeout_ms() * 2 / 3;
    return limits;
}

HeartbeatOptions heartbeat_options(const Config &config) {
    HeartbeatOptions options;
    options.interval_ms = config.integer("heartbeat.interval.ms");
    options.server_name = config.text("topic.prefix");
    options.topic =
        heartbeat_topic(config.text("topic.heartbeat.name"), config.text("topic.heartbeat.prefix"),
                        config.text("topic.delimiter"), options.server_name);
    options.key_schema = config.boolean("key.converter.schemas.enable");
    options.value_schema = config.boolean("value.converter.schemas.enable");
    return options;
}

}  // namespace

void Session::start_pipeline() {
    PipelineOptions options;
    options.limits = batch_limits(config_, kafka_);
    options.router = router_;
    options.catalogue = catalogue_;
    options.heartbeat = heartbeat_options(config_);
    if (options.heartbeat.interval_ms > 0)
        options.heartbeat.topic = routed_topic(&*sql_, options.heartbeat.topic, plugin_options_);
    options.until = state_->until;
    options.stop_timeout_ms = config_.integer("executor.shutdown.timeout.ms");
    if (kafka_ != nullptr) options.commit_timeout_ms = kafka_->transaction_timeout_ms() * 2;
    pipeline_.emplace(position_, options, sink_.get(), &channel_);
    sink_thread_ = std::thread([this] { pipeline_->run(); });
}

bool Session::copy_snapshot() {
    if (!pause_for("snapshot.delay.ms")) return false;
    SnapshotPlan plan;
    plan.tables = std::move(snapshot_targets_);
    plan.plugin_options = plugin_options_;
    plan.settings = snapshot_settings(config_, plan.tables.size());
    plan.exported = exported_snapshot_;
    plan.lsn = position_.ack;
    plan.state_after =
        snapshot_mode_.streams ? SnapshotState::kStreaming : SnapshotState::kCompleted;
    Snapshot snapshot(settings_, std::move(plan), &channel_);
    if (!snapshot.run()) return false;
    return !snapshot_mode_.streams || pause_for("streaming.delay.ms");
}

// False: the sink thread ended meanwhile.
bool Session::pause_for(std::string_view property) {
    constexpr std::int64_t kSliceMs = 200;
    std::int64_t left_ms = config_.integer(property);
    if (left_ms > 0) log_info("snapshot", "waiting {} ms, as {} says", left_ms, property);
    for (; left_ms > 0; left_ms -= kSliceMs) {
        if (channel_.ended()) return false;
        if (!Shutdown::sleep(static_cast<int>(std::min(left_ms, kSliceMs)))) throw Interrupted();
    }
    return true;
}

Properties Session::stream_options() const {
    Properties options = {{"format", "chunks"}};
    options.insert(options.end(), plugin_options_.begin(), plugin_options_.end());
    if (position_.sequence.valid())
        options.emplace_back("outflow.sequence.lsn", lsn_text(position_.sequence.value));
    return options;
}

void Session::start_stream() {
    const BusyPolicy policy = {static_cast<int>(config_.integer("slot.max.retries")),
                               static_cast<int>(config_.integer("slot.retry.delay.ms"))};
    stream_.emplace(std::move(*replication_), settings_, &channel_);
    replication_.reset();
    StreamStart start;
    start.slot = settings_.context.slot;
    start.from = position_.ack;
    start.plugin_options = stream_options();
    start.status_interval_ms = status_interval_ms_;
    while (true) {
        try {
            stream_->start(start);
            break;
        } catch (const ServerError &error) {
            if (error.sqlstate() != "55006")
                explain(error, settings_.context,
                        fmt::format("slot {} could not be streamed", start.slot));
            wait_for_free_slot(&*sql_, settings_, policy);
        }
    }
    start_heartbeat_query();
    if (state_->until.valid()) stream_->nudge(std::move(*sql_));
    sql_.reset();
    state_->streamed = true;
    log_info("relay", {.slot = start.slot, .lsn = lsn_text(start.from.value)}, "streaming from {}",
             lsn_text(start.from.value));
}

void Session::start_heartbeat_query() {
    const std::int64_t interval_ms = config_.integer("heartbeat.interval.ms");
    const std::string query = config_.text("heartbeat.action.query");
    if (interval_ms == 0 || query.empty()) return;
    std::string initial;
    for (const std::string &statement : settings_.initial_statements) initial += statement + ";";
    stream_->act({Connection(settings_, Connection::Kind::kSql), query, interval_ms, initial});
}

Outcome Session::stream() {
    // A snapshot without a stream: nothing to read, only to wait for.
    if (!stream_) {
        while (!channel_.ended()) {
            if (!Shutdown::sleep(100)) channel_.end_input();
        }
        return end_with({StreamEnd::Kind::kSinkEnded, {}});
    }
    return end_with(stream_->run());
}

Outcome Session::end_with(StreamEnd end) {
    if (end.kind == StreamEnd::Kind::kSinkEnded) {
        join();
        const Outcome outcome = pipeline_->outcome();
        const bool orderly =
            outcome.kind == Outcome::Kind::kStopped || outcome.kind == Outcome::Kind::kReached;
        if (stream_ && orderly) stream_->finish();
        if (stream_ && orderly && config_.boolean("slot.drop.on.stop")) stream_->drop_slot();
        stream_.reset();
        return outcome;
    }
    // Released first: a server that shuts down waits for us, a successor for the slot.
    stream_.reset();
    channel_.end_input();
    join();
    const Outcome outcome = pipeline_->outcome();
    if (outcome.kind != Outcome::Kind::kStopped) return outcome;
    if (Shutdown::requested()) return outcome;
    return leave_after_trouble(end.failure);
}

// The stream was lost. If a successor took the slot from us, the next life must not fence it in
// turn: the old producer finds out.
Outcome Session::leave_after_trouble(const Failure &failure) {
    if (fenced_meanwhile()) return {Outcome::Kind::kFenced, kafka_->trouble().failure};
    // What only a person can change would be found by each further life.
    const bool permanent = failure.exit() == ExitCode::kUsage;
    return {permanent ? Outcome::Kind::kFatal : Outcome::Kind::kRecycle, failure};
}

bool Session::fenced_meanwhile() {
    if (kafka_ == nullptr || kafka_->trouble().kind != Trouble::Kind::kNone) return false;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kProbeMs);
    if (!kafka_->begin()) return kafka_->trouble().kind == Trouble::Kind::kFenced;
    while (std::chrono::steady_clock::now() < deadline && !Shutdown::requested()) {
        switch (kafka_->commit(pipeline_->durable(), 500)) {
            case Commit::kDone:
                return false;
            case Commit::kFailed:
                return kafka_->trouble().kind == Trouble::Kind::kFenced;
            case Commit::kPending:
                break;
        }
    }
    return false;
}

// The lines of a start: versions, source, topics. Once a process; later lives say less.
void Session::introduce(const ServerFacts &server) {
    if (std::exchange(state_->introduced, true)) return;
    const Result versions =
        sql_->query("SELECT outflow.version(), current_setting('server_version')");
    log_info("relay", "outflow {} (plugin {}) · PostgreSQL {} {}@{} · slot {}", OUTFLOW_VERSION,
             versions.text(0, 0), versions.text(0, 1), server.database, settings_.context.where,
             settings_.context.slot);
    if (versions.text(0, 0) != OUTFLOW_VERSION)
        log_warn(
            "relay",
            {.code = error::kExtensionVersion->code, .next = "ALTER EXTENSION outflow UPDATE;"},
            "the extension is version {}, the relay {}", versions.text(0, 0), OUTFLOW_VERSION);
    if (to_kafka()) {
        log_info("relay", "delivery {} · transactional id {} · librdkafka {}",
                 config_.text("outflow.delivery"), transactional_id_, rd_kafka_version_str());
        if (rd_kafka_version() < 0x02050000)
            log_warn(
                "relay", {.code = error::kOldLibrary->code},
                "librdkafka {} has faults under broker failures that 2.5.0 mends; exactly-once "
                "is not guaranteed through them",
                rd_kafka_version_str());
    }
    std::string names;
    for (const auto &[schema, table, topic] : tables_) {
        if (names.size() > 200) {
            names += " …";
            break;
        }
        names += " " + schema + "." + table;
    }
    log_info("relay", "{} tables:{}", tables_.size(), names);
}

}  // namespace outflow::relay
