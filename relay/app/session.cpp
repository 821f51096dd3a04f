#include "app/session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "app/log.h"
#include "app/shutdown.h"
#include "core/chunk_format.h"
#include "position/position_store.h"
#include "sink/stdout_sink.h"
#include "source/replica_identity.h"

namespace outflow::relay {
namespace {

constexpr int kKafkaTimeoutMs = 30'000;
constexpr int kPositionTopicAttempts = 3;
// What librdkafka holds: five requests of a megabyte, and the next in the making. With more, its
// broker thread spins over a queue that it cannot send, and a commit has more to flush first.
constexpr std::size_t kMostInFlightBytes = 6U << 20;
constexpr int kPositionTimeoutMs = 15'000;
constexpr std::size_t kDefaultQueueBytes = 32U << 20;

std::size_t queue_bytes(const Config &config) {
    const std::int64_t given = config.integer("max.queue.size.in.bytes");
    return given > 0 ? static_cast<std::size_t>(given) : kDefaultQueueBytes;
}

DeliveryMode delivery_mode(const Config &config) {
    const std::string mode = config.text("outflow.delivery");
    if (mode == "at-least-once") return DeliveryMode::kAtLeastOnce;
    if (mode == "no-transactions") return DeliveryMode::kNoTransactions;
    return DeliveryMode::kExactlyOnce;
}

std::string position_topic_name(const Config &config) {
    const std::string name = config.text("outflow.position.topic");
    return name.empty() ? "__outflow-position." + config.text("topic.prefix") : name;
}

// What a filter hides still counts in the ordinals; everything else the plugin is told may change
// how many records an event has.
bool shapes_events(std::string_view option) {
    constexpr std::string_view kFilters[] = {"publication.name",
                                             "schema.include.list",
                                             "schema.exclude.list",
                                             "table.include.list",
                                             "table.exclude.list",
                                             "message.prefix.include.list",
                                             "message.prefix.exclude.list",
                                             "skipped.operations",
                                             "skip.messages.without.change"};
    return std::find(std::begin(kFilters), std::end(kFilters), option) == std::end(kFilters);
}

void throw_if(std::optional<Failure> failure) {
    if (failure) throw_failure(std::move(*failure));
}

std::string lsn_text(std::uint64_t lsn) {
    char buffer[core::kLsnTextSize];
    return {buffer, static_cast<std::size_t>(core::format_lsn(lsn, buffer))};
}

}  // namespace

std::string transactional_id(const Config &config) {
    const std::string given = config.text("outflow.transactional.id");
    if (!given.empty()) return given;
    return "outflow-" + config.text("topic.prefix") + "-" + config.text("slot.name");
}

Session::Session(const Config &config, const RunOptions &options, RunState *state)
    : config_(config),
      options_(options),
      state_(state),
      transactional_id_(relay::transactional_id(config)),
      settings_(source_settings(config, transactional_id_)),
      snapshot_mode_(snapshot_mode(config)),
      channel_(queue_bytes(config), Shutdown::wake_fd()),
      plugin_options_(config.plugin_options()) {}

Session::~Session() {
    channel_.end_input();
    join();
}

void Session::join() {
    if (sink_thread_.joinable()) sink_thread_.join();
}

Outcome Session::live() {
    try {
        if (options_.sink == "stdout")
            make_stdout_sink();
        else
            make_kafka_sink();
        if (to_kafka()) read_position();
        prepare_database();
        set_target();
        const StartDecision decision = decide();
        if (decision.action == StartAction::kNothing) {
            log_info("relay", "snapshot.mode={}: the snapshot is complete", snapshot_mode_.name);
            return {Outcome::Kind::kReached, {}};
        }
        prepare_tables();
        introduce(server_);
        bool snapshot = false;
        if (decision.action == StartAction::kAdopt) adopt();
        if (decision.action == StartAction::kCreate || decision.action == StartAction::kReplaceSlot)
            snapshot = create(decision.action);
        start_pipeline();
        if (snapshot && !copy_snapshot()) return end_with({StreamEnd::Kind::kSinkEnded, {}});
        if (snapshot_mode_.streams) start_stream();
        return stream();
    } catch (const ServerError &error) {
        explain(error, settings_.context, "PostgreSQL reported an error at the start");
    }
}

ContextHeaders Session::context_headers() const {
    if (!config_.boolean("extended.headers.enabled")) return {};
    const bool json =
        config_.text("header.converter") == "org.apache.kafka.connect.json.JsonConverter";
    const bool schema = config_.boolean("header.converter.schemas.enable");
    const HeaderForm form = !json    ? HeaderForm::kPlain
                            : schema ? HeaderForm::kJsonWithSchema
                                     : HeaderForm::kJson;
    return make_context_headers(config_.text("topic.prefix"), state_->run_id, form);
}

void Session::make_stdout_sink() {
    sink_ = std::make_unique<StdoutSink>(STDOUT_FILENO, context_headers());
}

void Session::make_kafka_sink() {
    KafkaSinkOptions options;
    options.properties = config_.producer_properties();
    options.mode = delivery_mode(config_);
    options.transactional_id = transactional_id_;
    options.position_topic = position_topic_name(config_);
    options.position_key = position_key(config_.text("topic.prefix"), settings_.context.slot,
                                        settings_.context.database);
    options.headers = context_headers();
    options.create_topics = config_.boolean("topic.creation.enable");
    options.new_topic.partitions =
        static_cast<int>(config_.integer("topic.creation.default.partitions"));
    options.new_topic.replication_factor =
        static_cast<int>(config_.integer("topic.creation.default.replication.factor"));
    options.new_topic.settings = config_.topic_settings();
    // Half of what may be between socket and report: the other half is read ahead while a commit
    // flushes this one.
    options.max_in_flight_bytes = std::min(queue_bytes(config_) / 2, kMostInFlightBytes);

    if (!state_->introduced)
        throw_if(kafka::reach_cluster(config_.producer_properties(), kKafkaTimeoutMs));
    auto sink = std::make_unique<KafkaSink>(std::move(options), channel_.budget());
    kafka_ = sink.get();
    sink_ = std::move(sink);
    // From here on an older relay of the same id can write no more.
    if (!kafka_->start(kKafkaTimeoutMs)) throw SinkError(kafka_->trouble());
}

void Session::read_position() {
    const std::string topic = position_topic_name(config_);
    kafka::Topics topics(kafka_->client());
    kafka::TopicDescription description;
    // A topic that is being deleted "exists already", and is gone a moment later: then once more.
    for (int attempt = 0; attempt < kPositionTopicAttempts && !description.exists; ++attempt) {
        if (config_.boolean("topic.creation.enable")) {
            const kafka::TopicSpec spec = kafka::position_topic(
                topic,
                static_cast<int>(config_.integer("topic.creation.default.replication.factor")));
            throw_if(topics.ensure({&spec, 1}, kKafkaTimeoutMs));
        }
        throw_if(topics.describe(topic, kKafkaTimeoutMs, &description));
    }
    throw_if(kafka::check_position_topic(topic, description));
    PositionStore store(config_.consumer_properties(), topic,
                        position_key(config_.text("topic.prefix"), settings_.context.slot,
                                     settings_.context.database));
    throw_if(store.read(kPositionTimeoutMs, &stored_));
}

void Session::prepare_database() {
    sql_.emplace(settings_, Connection::Kind::kSql);
    const Result facts = sql_->query(
        "SELECT current_setting('wal_level'), current_setting('server_encoding'), "
        "(SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'wal_sender_timeout')");
    if (facts.text(0, 0) != "logical")
        throw StartupError({error::kWalLevel,
                            fmt::format("wal_level is {}", facts.text(0, 0)),
                            {},
                            "ALTER SYSTEM SET wal_level = logical; and restart the server."});
    if (facts.text(0, 1) != "UTF8")
        throw StartupError({error::kDatabaseEncoding,
                            fmt::format("database {} is encoded in {}", settings_.context.database,
                                        facts.text(0, 1)),
                            {},
                            "Only databases encoded in UTF8 are supported."});
    // While reading is stopped a request for a reply is not seen: speak up often enough without.
    status_interval_ms_ = config_.integer("status.update.interval.ms");
    if (const int timeout_ms = facts.integer(0, 2); timeout_ms > 0)
        status_interval_ms_ = std::min<std::int64_t>(status_interval_ms_, timeout_ms / 3);

    ensure_extension(&*sql_, settings_.context);
    if (!ensure_publication(&*sql_, publication_plan(), settings_.context))
        std::erase_if(plugin_options_,
                      [](const auto &option) { return option.first == "publication.name"; });
    set_replica_identities(&*sql_,
                           parse_identity_rules(config_.text("replica.identity.autoset.values")),
                           plugin_options_, settings_.context);
}

PublicationPlan Session::publication_plan() const {
    PublicationPlan plan;
    plan.name = config_.text("publication.name");
    plan.autocreate = config_.text("publication.autocreate.mode");
    plan.via_root = config_.boolean("publish.via.partition.root");
    if (config_.has("skipped.operations")) plan.skipped = config_.words("skipped.operations");
    plan.plugin_options = plugin_options_;
    return plan;
}

std::uint64_t Session::current_lsn() {
    return sql_
        ->query(
            "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() "
            "ELSE pg_current_wal_insert_lsn() END")
        .lsn(0, 0);
}

// Everything committed before now lies before the end of what is inserted into the WAL. That end
// may stand behind a page's header although the last record ends before it: no position would be
// there.
void Session::set_target() {
    if (!options_.until_current || state_->until.valid()) return;
    std::uint64_t lsn = current_lsn();
    constexpr std::uint64_t kPageBytes = 8192;
    constexpr std::uint64_t kLongestPageHeader = 40;
    if (lsn % kPageBytes <= kLongestPageHeader) lsn -= lsn % kPageBytes;
    state_->until = {lsn};
}

StartDecision Session::decide() {
    replication_.emplace(settings_, Connection::Kind::kReplication);
    server_ = read_server_facts(&*replication_, stored_ ? stored_->timeline : 0);
    StartFacts facts;
    facts.position = stored_;
    facts.slot = find_slot(&*sql_, settings_.context.slot);
    facts.server = server_;
    facts.slot_name = settings_.context.slot;
    facts.fingerprint = fingerprint();
    // At least once, a lost position costs repeats, never a gap: the slot has what was not
    // confirmed.
    facts.adopt_slot =
        options_.adopt_slot || !to_kafka() || delivery_mode(config_) != DeliveryMode::kExactlyOnce;
    facts.mode = snapshot_mode_;
    facts.first_start = !state_->snapshot_taken;
    StartDecision decision = decide_start(facts);
    if (decision.gap) throw StartupError(*decision.gap);
    if (decision.healed)
        log_warn("snapshot",
                 {.slot = facts.slot_name,
                  .code = decision.healed->spec->code,
                  .detail = decision.healed->detail},
                 "{}; a new snapshot closes the gap, as snapshot.mode or outflow.on.gap says",
                 decision.healed->message);
    position_ = stored_ ? *stored_ : Position();
    if (facts.slot && !stored_) position_.end = position_.ack = facts.slot->confirmed;
    const Position fresh = fresh_position();
    position_.system_identifier = fresh.system_identifier;
    position_.timeline = fresh.timeline;
    position_.database = fresh.database;
    position_.slot = fresh.slot;
    position_.config_fingerprint = fresh.config_fingerprint;
    position_.run_id = fresh.run_id;
    return decision;
}

Position Session::fresh_position() const {
    Position position;
    position.system_identifier = server_.system_identifier;
    position.timeline = server_.timeline;
    position.database = server_.database;
    position.slot = settings_.context.slot;
    position.config_fingerprint = fingerprint();
    position.run_id = state_->run_id;
    return position;
}

std::string Session::fingerprint() const {
    ConfigFingerprint fingerprint;
    fingerprint.add("chunk.version", std::to_string(core::kChunkVersion));
    for (const auto &[name, value] : plugin_options_) {
        if (shapes_events(name)) fingerprint.add(name, value);
    }
    return fingerprint.text();
}

void Session::prepare_tables() {
    catalogue_ = {current_lsn()};  // first: what is committed before it, the tables show
    tables_ = captured_tables(&*sql_, plugin_options_);
    const bool by_pattern =
        config_.text("topic.naming.strategy").find("Regex") != std::string::npos;
    router_ = TopicRouter(by_pattern || config_.shares_topics());
    for (const auto &[schema, table, topic] : tables_)
        throw_if(router_.claim(schema, table, topic));
    check_table_limit();
    if (tables_.empty())
        log_warn("source", {.code = error::kNoTable->code},
                 "the options capture no table; a table made later is captured from then on");
    if (to_kafka()) throw_if(kafka_->open_routes(tables_));
}

void Session::check_table_limit() const {
    const std::int64_t most = config_.integer("guardrail.collections.max");
    if (most == 0 || tables_.size() <= static_cast<std::size_t>(most)) return;
    const std::string found = fmt::format(
        "the options capture {} tables, guardrail.collections.max allows {}", tables_.size(), most);
    if (config_.text("guardrail.collections.limit.action") == "fail")
        throw StartupError({error::kTooManyTables,
                            found,
                            {},
                            "Capture fewer (table.include.list), or raise the limit."});
    log_warn("source", {.code = error::kTooManyTables->code}, "{}", found);
}

void Session::adopt() {
    position_.snapshot.state = SnapshotState::kNone;
    if (to_kafka())
        log_warn("source", {.slot = settings_.context.slot, .lsn = lsn_text(position_.ack.value)},
                 "taking the slot without a position, from where it was confirmed");
    store(position_);
}

bool Session::create(StartAction action) {
    const std::string &slot = settings_.context.slot;
    const bool wanted = snapshot_mode_.takes_data();
    // What may be refused, before anything is made.
    if (wanted)
        snapshot_targets_ =
            snapshot_targets(&*sql_, config_, tables_, plugin_options_, settings_.context);
    const int epoch = position_.snapshot.epoch + 1;
    position_ = fresh_position();
    position_.snapshot = {epoch, SnapshotState::kCreating, {}};
    store(position_);  // before the slot exists: a slot without this is never ours
    if (action == StartAction::kReplaceSlot) drop_old_slot(epoch);
    CreatedSlot created;
    try {
        created = create_slot(&*replication_, slot, slot_kind(), wanted);
    } catch (const ServerError &error) {
        explain(error, settings_.context, fmt::format("slot {} could not be created", slot));
    }
    log_info("source", {.slot = slot, .lsn = lsn_text(created.consistent_point.value)},
             "slot {} created at {}", slot, lsn_text(created.consistent_point.value));
    position_.end = position_.ack = created.consistent_point;
    exported_snapshot_ = created.snapshot;
    state_->snapshot_taken = true;
    position_.snapshot.state = wanted ? SnapshotState::kRunning : SnapshotState::kNone;
    if (wanted) return true;
    store(position_);
    return false;
}

SlotKind Session::slot_kind() const {
    if (!snapshot_mode_.streams) return SlotKind::kTemporary;
    if (!config_.boolean("slot.failover")) return SlotKind::kPermanent;
    if (replication_->server_version() >= kFirstFailoverVersion) return SlotKind::kFailover;
    log_warn("source", {.slot = settings_.context.slot},
             "slot.failover: PostgreSQL {} has no failover slots, 17 and newer have; the slot does "
             "not follow to a standby",
             replication_->server_version() / 10000);
    return SlotKind::kPermanent;
}

void Session::drop_old_slot(int epoch) {
    const std::string &slot = settings_.context.slot;
    log_warn("snapshot", {.slot = slot},
             "dropping the slot for a new snapshot, epoch {}; rows that were copied before are "
             "copied again",
             epoch);
    wait_for_free_slot(&*sql_, settings_,
                       {static_cast<int>(config_.integer("slot.max.retries")),
                        static_cast<int>(config_.integer("slot.retry.delay.ms"))});
    drop_slot(&*sql_, slot);
}

void Session::store(const Position &position) {
    if (!sink_->begin()) throw SinkError(sink_->trouble());
    for (int slice = 0; slice < 60; ++slice) {
        if (Shutdown::requested()) throw Interrupted();
        const Commit state = sink_->commit(position, 500);
        if (state == Commit::kDone) return;
        if (state == Commit::kFailed) throw SinkError(sink_->trouble());
    }
    throw TransientError(
        {error::kKafkaTransaction, "the position could not be stored in time", {}, {}});
}

}  // namespace outflow::relay
