#include "kafka/consumer.h"

#include <fmt/format.h>

namespace outflow::relay::kafka {
namespace {

Client make_consumer(const Properties &properties, Isolation isolation) {
    Properties all = properties;
    all.emplace_back("isolation.level", isolation == Isolation::kReadCommitted
                                            ? "read_committed"
                                            : "read_uncommitted");
    all.emplace_back("enable.partition.eof", "true");
    all.emplace_back("auto.offset.reset", "earliest");
    return make_client(RD_KAFKA_CONSUMER, make_conf(all));
}

bool heals_by_itself(rd_kafka_resp_err_t code) {
    return code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN ||
           code == RD_KAFKA_RESP_ERR__RESOLVE || code == RD_KAFKA_RESP_ERR__TIMED_OUT;
}

std::optional<std::string_view> view(const void *bytes, std::size_t size) {
    if (bytes == nullptr) return std::nullopt;
    return std::string_view(static_cast<const char *>(bytes), size);
}

}  // namespace

Consumer::Consumer(const Properties &properties, Isolation isolation)
    : client_(make_consumer(properties, isolation)), queue_(rd_kafka_queue_new(client_.get())) {}

Consumer::~Consumer() {
    message_.reset();
    stop();
}

void Consumer::stop() {
    for (const Assigned &assigned : assigned_) {
        for (const int partition : assigned.partitions)
            rd_kafka_consume_stop(assigned.topic.get(), partition);
    }
    assigned_.clear();
}

std::optional<Failure> Consumer::partition_count(const std::string &topic, int timeout_ms,
                                                 int *count) {
    const Topic handle(rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr));
    const rd_kafka_metadata_t *raw = nullptr;
    const rd_kafka_resp_err_t code =
        rd_kafka_metadata(client_.get(), 0, handle.get(), &raw, timeout_ms);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return make_failure(code, fmt::format("topic {} cannot be looked up", topic));
    const std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>> metadata(
        raw);
    const rd_kafka_resp_err_t topic_code = metadata->topic_cnt == 1
                                               ? metadata->topics[0].err
                                               : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    if (topic_code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return make_failure(topic_code, fmt::format("topic {} cannot be read", topic), {},
                            error::kTopicMissing);
    *count = metadata->topics[0].partition_cnt;
    return std::nullopt;
}

std::optional<Failure> Consumer::offsets(const std::string &topic, int partition, int timeout_ms,
                                         std::int64_t *begin, std::int64_t *end) {
    const rd_kafka_resp_err_t code = rd_kafka_query_watermark_offsets(
        client_.get(), topic.c_str(), partition, begin, end, timeout_ms);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
    return make_failure(
        code, fmt::format("the end of topic {}, partition {} cannot be read", topic, partition));
}

std::optional<Failure> Consumer::assign(const std::string &topic,
                                        std::span<const PartitionStart> starts) {
    message_.reset();
    stop();
    return start(topic, starts, queue_.get());
}

std::optional<Failure> Consumer::add(const std::string &topic, const PartitionStart &partition,
                                     std::size_t *queue) {
    *queue = queues_.size();
    queues_.emplace_back(rd_kafka_queue_new(client_.get()));
    return start(topic, {&partition, 1}, queues_.back().get());
}

std::optional<Failure> Consumer::start(const std::string &topic,
                                       std::span<const PartitionStart> starts,
                                       rd_kafka_queue_t *queue) {
    Assigned &assigned = assigned_.emplace_back();
    assigned.topic.reset(rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr));
    for (const PartitionStart &start : starts) {
        if (rd_kafka_consume_start_queue(assigned.topic.get(), start.partition, start.offset,
                                         queue) != 0)
            return make_failure(
                rd_kafka_last_error(),
                fmt::format("topic {}, partition {} cannot be read", topic, start.partition));
        assigned.partitions.push_back(start.partition);
    }
    return std::nullopt;
}

Polled Consumer::poll(int timeout_ms, ConsumedRecord *record) {
    return poll(queue_.get(), timeout_ms, record);
}

Polled Consumer::poll(std::size_t queue, int timeout_ms, ConsumedRecord *record) {
    return poll(queues_[queue].get(), timeout_ms, record);
}

Polled Consumer::poll(rd_kafka_queue_t *queue, int timeout_ms, ConsumedRecord *record) {
    rd_kafka_poll(client_.get(), 0);
    message_.reset(rd_kafka_consume_queue(queue, timeout_ms));
    if (message_ == nullptr) return Polled::kNothing;
    *record = {};
    // Without a topic: a failure that is not about one.
    if (message_->rkt != nullptr) record->topic = rd_kafka_topic_name(message_->rkt);
    record->partition = message_->partition;
    record->offset = message_->offset;
    if (message_->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return Polled::kEnd;
    if (message_->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (heals_by_itself(message_->err)) return Polled::kNothing;
        const char *text = rd_kafka_message_errstr(message_.get());
        failure_ =
            make_failure(message_->err, fmt::format("topic {} cannot be read", record->topic),
                         text == nullptr ? "" : text);
        return Polled::kFailed;
    }
    rd_kafka_timestamp_type_t kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    record->timestamp_ms = rd_kafka_message_timestamp(message_.get(), &kind);
    record->key = view(message_->key, message_->key_len);
    record->value = view(message_->payload, message_->len);
    rd_kafka_headers_t *headers = nullptr;
    if (rd_kafka_message_headers(message_.get(), &headers) == RD_KAFKA_RESP_ERR_NO_ERROR)
        record->headers = headers;
    return Polled::kRecord;
}

void list_headers(const rd_kafka_headers_t *headers, HeaderViews *views) {
    views->clear();
    if (headers == nullptr) return;
    const char *name = nullptr;
    const void *value = nullptr;
    std::size_t size = 0;
    for (std::size_t at = 0;
         rd_kafka_header_get_all(headers, at, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++at)
        views->emplace_back(name, view(value, size));
}

std::optional<std::string_view> find_header(const rd_kafka_headers_t *headers, const char *name) {
    const void *value = nullptr;
    std::size_t size = 0;
    if (headers == nullptr ||
        rd_kafka_header_get_last(headers, name, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::nullopt;
    return view(value, size);
}

}  // namespace outflow::relay::kafka
