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
    for (const int partition : assigned_) rd_kafka_consume_stop(topic_.get(), partition);
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
    topic_.reset(rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr));
    for (const PartitionStart &start : starts) {
        if (rd_kafka_consume_start_queue(topic_.get(), start.partition, start.offset,
                                         queue_.get()) != 0)
            return make_failure(
                rd_kafka_last_error(),
                fmt::format("topic {}, partition {} cannot be read", topic, start.partition));
        assigned_.push_back(start.partition);
    }
    return std::nullopt;
}

Polled Consumer::poll(int timeout_ms, ConsumedRecord *record) {
    rd_kafka_poll(client_.get(), 0);
    message_.reset(rd_kafka_consume_queue(queue_.get(), timeout_ms));
    if (message_ == nullptr) return Polled::kNothing;
    *record = {};
    record->partition = message_->partition;
    record->offset = message_->offset;
    if (message_->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return Polled::kEnd;
    if (message_->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (heals_by_itself(message_->err)) return Polled::kNothing;
        const char *text = rd_kafka_message_errstr(message_.get());
        failure_ =
            make_failure(message_->err,
                         fmt::format("topic {} cannot be read", rd_kafka_topic_name(topic_.get())),
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

std::optional<std::string_view> find_header(const rd_kafka_headers_t *headers, const char *name) {
    const void *value = nullptr;
    std::size_t size = 0;
    if (headers == nullptr ||
        rd_kafka_header_get_last(headers, name, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::nullopt;
    return view(value, size);
}

}  // namespace outflow::relay::kafka
