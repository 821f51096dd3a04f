#include "sink/kafka_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "app/log.h"
#include "core/chunk_reader.h"
#include "sink/kafka_trouble.h"
#include "sink/producer_properties.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kComponent = "kafka";
constexpr int kTopicTimeoutMs = 30'000;
constexpr int kLeaveTimeoutMs = 2'000;
constexpr int kReportMs = 100;

// A message structure of librdkafka with its allocation, and one header of it (measured roughly:
// the bound needs the order of magnitude).
constexpr std::size_t kMessageBytes = 320;
constexpr std::size_t kHeaderListBytes = 96;
constexpr std::size_t kHeaderBytes = 80;

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// The library drops what is queued once a transaction has failed.
bool is_consequence(rd_kafka_resp_err_t code) {
    return code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT;
}

rd_kafka_vu_t vu_topic(rd_kafka_topic_t *topic) {
    rd_kafka_vu_t vu;
    vu.vtype = RD_KAFKA_VTYPE_RKT;
    vu.u.rkt = topic;
    return vu;
}
rd_kafka_vu_t vu_flags(int flags) {
    rd_kafka_vu_t vu;
    vu.vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    vu.u.i = flags;
    return vu;
}
rd_kafka_vu_t vu_bytes(rd_kafka_vtype_t type, std::string_view bytes, bool present) {
    rd_kafka_vu_t vu;
    vu.vtype = type;
    // An empty key is not a null key; librdkafka tells them by the pointer.
    vu.u.mem.ptr = present ? const_cast<char *>(bytes.data()) : nullptr;
    vu.u.mem.size = present ? bytes.size() : 0;
    return vu;
}
rd_kafka_vu_t vu_opaque(void *opaque) {
    rd_kafka_vu_t vu;
    vu.vtype = RD_KAFKA_VTYPE_OPAQUE;
    vu.u.ptr = opaque;
    return vu;
}
rd_kafka_vu_t vu_partition(std::int32_t partition) {
    rd_kafka_vu_t vu;
    vu.vtype = RD_KAFKA_VTYPE_PARTITION;
    vu.u.i32 = partition;
    return vu;
}
rd_kafka_vu_t vu_timestamp(std::int64_t timestamp_ms) {
    rd_kafka_vu_t vu;
    vu.vtype = RD_KAFKA_VTYPE_TIMESTAMP;
    vu.u.i64 = timestamp_ms;
    return vu;
}
rd_kafka_vu_t vu_headers(rd_kafka_headers_t *headers) {
    rd_kafka_vu_t vu;
    vu.vtype = RD_KAFKA_VTYPE_HEADERS;
    vu.u.headers = headers;
    return vu;
}

}  // namespace

KafkaSink::KafkaSink(KafkaSinkOptions options, ByteBudget *budget)
    : options_(std::move(options)), budget_(budget) {
    const kafka::Properties properties = producer_properties(options_);
    transaction_timeout_ms_ = relay::transaction_timeout_ms(properties);
    kafka::Conf conf = kafka::make_conf(properties);
    rd_kafka_conf_set_opaque(conf.get(), this);
    rd_kafka_conf_set_dr_msg_cb(conf.get(), &KafkaSink::on_report);
    rd_kafka_conf_set_error_cb(conf.get(), &KafkaSink::on_error);
    client_ = kafka::make_client(RD_KAFKA_PRODUCER, std::move(conf));

    fixed_cost_ = kMessageBytes;
    if (!options_.headers.empty()) {
        fixed_cost_ += kHeaderListBytes;
        context_headers_.reset(rd_kafka_headers_new(options_.headers.size()));
        for (const auto &[name, value] : options_.headers) {
            rd_kafka_header_add(context_headers_.get(), name.c_str(),
                                static_cast<ssize_t>(name.size()), value.data(),
                                static_cast<ssize_t>(value.size()));
            fixed_cost_ += kHeaderBytes + name.size() + value.size();
        }
    }
}

KafkaSink::~KafkaSink() {
    // Reports that come now belong to a batch that is given up.
    aborting_ = true;
    rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    const std::int64_t deadline = steady_ms() + kLeaveTimeoutMs;
    while (outstanding_ > 0 && steady_ms() < deadline) rd_kafka_poll(client_.get(), 10);
    routes_.clear();
    position_topic_.reset();
    client_.reset();
    budget_->give_back(in_flight_bytes_);
    for (InFlight &entry : chunks_) entry.chunk->release();
}

bool KafkaSink::start(int timeout_ms) {
    if (!transactional()) return true;
    const std::int64_t deadline = steady_ms() + timeout_ms;
    while (true) {
        const int left = static_cast<int>(std::max<std::int64_t>(deadline - steady_ms(), 1));
        const kafka::Error error(rd_kafka_init_transactions(client_.get(), left));
        if (!error) return true;
        // Retriable ones may be resumed by the same call.
        if (!rd_kafka_error_is_retriable(error.get()) || steady_ms() >= deadline)
            return fail(error.get(), "the transactional producer could not start");
    }
}

std::optional<Failure> KafkaSink::create_topics(const std::vector<std::string> &topics) {
    if (!options_.create_topics || topics.empty()) return std::nullopt;
    std::vector<kafka::TopicSpec> specs(topics.size(), options_.new_topic);
    for (std::size_t at = 0; at < topics.size(); ++at) specs[at].name = topics[at];
    return kafka::Topics(client_.get()).ensure(specs, kTopicTimeoutMs);
}

std::optional<Failure> KafkaSink::open_routes(const Tables &tables) {
    std::vector<std::string> missing;
    for (const TableTopic &table : tables) {
        if (table.topic.empty()) continue;  // its events name their topics
        if (!table_routes_.contains(table.topic)) missing.push_back(table.topic);
    }
    std::sort(missing.begin(), missing.end());
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    if (auto failure = create_topics(missing)) return failure;
    for (const std::string &topic : missing) route_to(topic, true);
    return std::nullopt;
}

std::optional<Failure> KafkaSink::open_route(const core::RelationRecord &relation, RouteId *route) {
    return open(std::string(relation.topic), !relation.table.empty(), route);
}

std::optional<Failure> KafkaSink::open_topic(std::string_view topic, bool of_table,
                                             RouteId *route) {
    return open(std::string(topic), of_table, route);
}

std::optional<Failure> KafkaSink::open(const std::string &topic, bool of_table, RouteId *route) {
    if (!(of_table ? table_routes_ : other_routes_).contains(topic)) {
        if (auto failure = create_topics({topic})) return failure;
    }
    *route = route_to(topic, of_table);
    return std::nullopt;
}

RouteId KafkaSink::route_to(const std::string &topic, bool of_table) {
    auto &known = of_table ? table_routes_ : other_routes_;
    const auto [entry, added] = known.try_emplace(topic, static_cast<RouteId>(routes_.size()));
    if (added)
        routes_.push_back(
            {kafka::Topic(rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr)), of_table});
    return entry->second;
}

bool KafkaSink::begin() {
    report_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
    stage_ = Stage::kOpen;
    if (!transactional()) return true;
    const kafka::Error error(rd_kafka_begin_transaction(client_.get()));
    return !error || fail(error.get(), "a Kafka transaction could not begin");
}

// What is of no table has none of the context's headers.
rd_kafka_headers_t *KafkaSink::make_headers(const Event &event) const {
    const bool context = context_headers_ && routes_[event.route].of_table;
    if (event.record.headers.empty())
        return context ? rd_kafka_headers_copy(context_headers_.get()) : nullptr;
    rd_kafka_headers_t *headers = rd_kafka_headers_new(options_.headers.size() + 1);
    const auto add = [headers](const core::EventHeader &header) {
        rd_kafka_header_add(headers, header.name.data(), static_cast<ssize_t>(header.name.size()),
                            header.is_null ? nullptr : header.value.data(),
                            static_cast<ssize_t>(header.value.size()));
    };
    static const ContextHeaders kNone;
    for_each_header(event.record.headers, context ? options_.headers : kNone, add);
    return headers;
}

KafkaSink::InFlight *KafkaSink::in_flight(Chunk *chunk) {
    if (newest_ != nullptr && newest_->chunk == chunk) [[likely]]
        return newest_;
    chunks_.push_back({});
    newest_ = &chunks_.back();
    newest_->chunk = chunk;
    newest_->self = std::prev(chunks_.end());
    chunk->retain();
    return newest_;
}

Accept KafkaSink::deliver(const Event &event) {
    const core::EventRecord &record = event.record;
    const std::size_t cost = record_cost(record.key.size());
    if (in_flight_bytes_ > 0 &&
        in_flight_bytes_ + cost + record.value.size() > options_.max_in_flight_bytes)
        return Accept::kFull;

    InFlight *entry = in_flight(event.chunk);
    rd_kafka_headers_t *headers = make_headers(event);
    std::array<rd_kafka_vu_t, 8> vus = {
        vu_topic(routes_[event.route].topic.get()),
        vu_flags(0),  // neither copied nor freed by the library
        vu_bytes(RD_KAFKA_VTYPE_KEY, record.key, record.has_key()),
        vu_bytes(RD_KAFKA_VTYPE_VALUE, record.value, record.has_value()),
        vu_opaque(entry),
    };
    std::size_t count = 5;
    if (headers != nullptr) vus[count++] = vu_headers(headers);
    if (record.routing.partition >= 0) vus[count++] = vu_partition(record.routing.partition);
    if (record.routing.timestamp_ms >= 0) vus[count++] = vu_timestamp(record.routing.timestamp_ms);
    const kafka::Error error(rd_kafka_produceva(client_.get(), vus.data(), count));
    if (error) [[unlikely]] {
        if (headers != nullptr) rd_kafka_headers_destroy(headers);
        return refuse(event, rd_kafka_error_code(error.get()));
    }
    ++entry->records;
    ++outstanding_;
    in_flight_bytes_ += cost + record.value.size();
    // The value is charged with its chunk already; the budget gets what the library adds.
    budget_->take(cost);
    return Accept::kAccepted;
}

Accept KafkaSink::refuse(const Event &event, rd_kafka_resp_err_t code) {
    if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) return Accept::kFull;
    char lsn[core::kLsnTextSize];
    const int length = core::format_lsn(event.record.lsn, lsn);
    fail(code, fmt::format("a record of {} bytes for topic {} at {} was refused",
                           event.record.key.size() + event.record.value.size(),
                           rd_kafka_topic_name(routes_[event.route].topic.get()),
                           std::string_view(lsn, length)));
    return Accept::kFailed;
}

void KafkaSink::on_report(rd_kafka_t *, const rd_kafka_message_t *message, void *opaque) {
    static_cast<KafkaSink *>(opaque)->on_report(message);
}

void KafkaSink::on_report(const rd_kafka_message_t *message) {
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR && !aborting_ &&
        (report_error_ == RD_KAFKA_RESP_ERR_NO_ERROR || is_consequence(report_error_))) {
        report_error_ = message->err;
        report_topic_ = rd_kafka_topic_name(message->rkt);
    }
    --outstanding_;
    auto *entry = static_cast<InFlight *>(message->_private);
    if (entry == nullptr) return;  // the position record
    const std::size_t cost = record_cost(message->key_len);
    in_flight_bytes_ -= cost + message->len;
    budget_->give_back(cost);
    if (--entry->records > 0) return;
    // The chunk that is being delivered may still get more; it begins a new entry then.
    if (newest_ == entry) newest_ = nullptr;
    entry->chunk->release();
    chunks_.erase(entry->self);
}

void KafkaSink::on_error(rd_kafka_t *, int code, const char *reason, void *opaque) {
    auto *self = static_cast<KafkaSink *>(opaque);
    const std::int64_t now_ms = steady_ms();
    if (now_ms < self->quiet_until_ms_) return;
    self->quiet_until_ms_ = now_ms + 60'000;
    log_warn(kComponent, {.detail = kafka::error_text(static_cast<rd_kafka_resp_err_t>(code))},
             "trouble with Kafka: {}; the relay keeps trying", reason);
}

bool KafkaSink::produce_position(const Position &position) {
    // Not made earlier: a handle makes the broker create the topic, with the wrong settings.
    if (!position_topic_)
        position_topic_.reset(
            rd_kafka_topic_new(client_.get(), options_.position_topic.c_str(), nullptr));
    const std::string value = position_to_json(position);
    std::array<rd_kafka_vu_t, 5> vus = {
        vu_topic(position_topic_.get()),
        vu_flags(RD_KAFKA_MSG_F_COPY),
        vu_bytes(RD_KAFKA_VTYPE_KEY, options_.position_key, true),
        vu_bytes(RD_KAFKA_VTYPE_VALUE, value, true),
        vu_opaque(nullptr),
    };
    const kafka::Error error(rd_kafka_produceva(client_.get(), vus.data(), vus.size()));
    if (error) return fail(error.get(), "the position record was refused");
    ++outstanding_;
    return true;
}

Commit KafkaSink::commit(const Position &position, int timeout_ms) {
    if (stage_ == Stage::kOpen) {
        // Without transactions the position must not overtake the data.
        if (!transactional() && rd_kafka_flush(client_.get(), timeout_ms) != 0)
            return serve(0) ? Commit::kPending : Commit::kFailed;
        if (!serve(0) || !produce_position(position)) return Commit::kFailed;
        stage_ = Stage::kFlushing;
    }
    if (stage_ == Stage::kFlushing) {
        const rd_kafka_resp_err_t flushed = rd_kafka_flush(client_.get(), timeout_ms);
        if (!serve(0)) return Commit::kFailed;
        if (flushed != RD_KAFKA_RESP_ERR_NO_ERROR || outstanding_ > 0) return Commit::kPending;
        stage_ = Stage::kCommitting;
    }
    if (transactional()) {
        const kafka::Error error(rd_kafka_commit_transaction(client_.get(), timeout_ms));
        if (error) {
            if (rd_kafka_error_is_retriable(error.get())) return Commit::kPending;
            fail(error.get(), "a Kafka transaction could not be committed");
            return Commit::kFailed;
        }
    }
    stage_ = Stage::kNone;
    return Commit::kDone;
}

void KafkaSink::abort(int timeout_ms) {
    aborting_ = true;  // reports of purged records are no errors
    if (transactional() && trouble_.kind != Trouble::Kind::kFenced) {
        const std::int64_t deadline = steady_ms() + timeout_ms;
        while (true) {
            const kafka::Error error(rd_kafka_abort_transaction(
                client_.get(),
                static_cast<int>(std::max<std::int64_t>(deadline - steady_ms(), 1))));
            // Whatever is left open is aborted by the next init_transactions.
            if (!error || !rd_kafka_error_is_retriable(error.get()) || steady_ms() >= deadline)
                break;
        }
    }
    stage_ = Stage::kNone;
}

bool KafkaSink::serve(int timeout_ms) {
    rd_kafka_poll(client_.get(), timeout_ms);
    return report_error_ == RD_KAFKA_RESP_ERR_NO_ERROR || fail_with_report();
}

// The report of the record that failed may come behind those of records that fell with it.
void KafkaSink::await_cause() {
    const std::int64_t deadline = steady_ms() + kReportMs;
    while (outstanding_ > 0 && steady_ms() < deadline) {
        if (report_error_ != RD_KAFKA_RESP_ERR_NO_ERROR && !is_consequence(report_error_)) return;
        rd_kafka_poll(client_.get(), 10);
    }
}

bool KafkaSink::fail_with_report() {
    if (is_consequence(report_error_)) await_cause();
    trouble_ = kafka_trouble(client_.get(), report_error_,
                             fmt::format("a record for topic {} was not delivered", report_topic_),
                             {}, options_.transactional_id);
    return false;
}

bool KafkaSink::fail(rd_kafka_resp_err_t code, std::string message, std::string text) {
    // A failed record makes every later call fail with a vaguer error.
    await_cause();
    if (report_error_ != RD_KAFKA_RESP_ERR_NO_ERROR) return fail_with_report();
    trouble_ = kafka_trouble(client_.get(), code, std::move(message), std::move(text),
                             options_.transactional_id);
    return false;
}

bool KafkaSink::fail(const rd_kafka_error_t *error, std::string message) {
    return fail(rd_kafka_error_code(error), std::move(message), rd_kafka_error_string(error));
}

}  // namespace outflow::relay
