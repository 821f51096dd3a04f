// Consumer: reads assigned partitions in order, without a consumer group (so without an ACL on one)
// and without storing offsets. `tail` and the position reader read with it. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kafka/handle.h"

namespace outflow::relay::kafka {

enum class Isolation : std::uint8_t { kReadCommitted, kReadUncommitted };

constexpr std::int64_t kFromBeginning = RD_KAFKA_OFFSET_BEGINNING;
constexpr std::int64_t kFromEnd = RD_KAFKA_OFFSET_END;
// The last `count` offsets, control records included.
constexpr std::int64_t from_tail(std::int64_t count) { return RD_KAFKA_OFFSET_TAIL(count); }

struct PartitionStart {
    int partition = 0;
    std::int64_t offset = kFromBeginning;  // or kFromEnd, from_tail(n), or an offset
};

// Views are valid until the next poll.
struct ConsumedRecord {
    std::string_view topic;
    int partition = -1;
    std::int64_t offset = -1;  // at kEnd: the offset behind the end, control records included
    std::int64_t timestamp_ms = -1;
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;  // none: a tombstone
    const rd_kafka_headers_t *headers = nullptr;
};

enum class Polled : std::uint8_t {
    kRecord,
    kEnd,      // of one partition, as far as the isolation level may see
    kNothing,  // timeout
    kFailed,   // failure() says why; brokers that cannot be reached are tried again: kNothing
};

class Consumer {
 public:
    // `properties` in librdkafka's names. Throws StartupError OUT-3106.
    Consumer(const Properties &properties, Isolation isolation);
    Consumer(const Consumer &) = delete;
    Consumer &operator=(const Consumer &) = delete;
    ~Consumer();

    // OUT-3105 when the topic does not exist, OUT-3101 when no broker answers in time.
    std::optional<Failure> partition_count(const std::string &topic, int timeout_ms, int *count);

    // First offset and the offset behind the last one that this consumer's isolation level sees
    // (read committed: the last stable offset). Ask a second, read-uncommitted consumer for the
    // true end.
    std::optional<Failure> offsets(const std::string &topic, int partition, int timeout_ms,
                                   std::int64_t *begin, std::int64_t *end);

    // Replaces what is read.
    std::optional<Failure> assign(const std::string &topic, std::span<const PartitionStart> starts);
    // Reads this partition as well, into a queue of its own that only poll(queue, …) takes from: a
    // partition whose queue is not polled is held, and keeps queued.max.messages.kbytes at most.
    std::optional<Failure> add(const std::string &topic, const PartitionStart &start,
                               std::size_t *queue);

    Polled poll(int timeout_ms, ConsumedRecord *record);
    Polled poll(std::size_t queue, int timeout_ms, ConsumedRecord *record);
    const Failure &failure() const { return failure_; }

    rd_kafka_t *client() { return client_.get(); }

 private:
    struct Assigned {
        Topic topic;
        std::vector<int> partitions;
    };

    void stop();
    std::optional<Failure> start(const std::string &topic, std::span<const PartitionStart> starts,
                                 rd_kafka_queue_t *queue);
    Polled poll(rd_kafka_queue_t *queue, int timeout_ms, ConsumedRecord *record);

    Client client_;
    Queue queue_;                // what all assigned partitions are fetched into
    std::vector<Queue> queues_;  // of added ones
    std::vector<Assigned> assigned_;
    Message message_;
    Failure failure_;
};

// All headers in their order; a header without a value has none.
using HeaderViews = std::vector<std::pair<std::string_view, std::optional<std::string_view>>>;
void list_headers(const rd_kafka_headers_t *headers, HeaderViews *views);

// The value of a header, if there.
std::optional<std::string_view> find_header(const rd_kafka_headers_t *headers, const char *name);

}  // namespace outflow::relay::kafka
