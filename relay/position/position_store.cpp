#include "position/position_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

#include "kafka/consumer.h"

namespace outflow::relay {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollMs = 100;
// The newest record is nearly always among the last ones; a topic that was not compacted for a week
// may hold millions.
constexpr std::int64_t kFirstLookBack = 200;
constexpr std::int64_t kLookBackFactor = 50;

int left_ms(Clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 1));
}

struct Found {
    bool any = false;
    std::string value;  // empty: a tombstone
};

struct Scan {
    kafka::Consumer *reader;
    const std::string &topic;
    const std::string &key;
    std::int64_t end;  // read-uncommitted
    Clock::time_point deadline;
};

// The last record with our key in [begin, end), if any.
std::optional<Failure> scan_from(const Scan &scan, std::int64_t begin, Found *found) {
    const kafka::PartitionStart start = {0, begin};
    if (auto failure = scan.reader->assign(scan.topic, {&start, 1})) return failure;
    std::int64_t seen_end = -1;
    while (Clock::now() < scan.deadline) {
        kafka::ConsumedRecord record;
        switch (scan.reader->poll(kPollMs, &record)) {
            case kafka::Polled::kRecord:
                if (record.key && *record.key == scan.key)
                    *found = {true, std::string(record.value.value_or(std::string_view()))};
                if (record.offset + 1 >= scan.end) return std::nullopt;
                break;
            case kafka::Polled::kEnd:
                seen_end = record.offset;
                if (seen_end >= scan.end) return std::nullopt;
                break;
            case kafka::Polled::kFailed:
                return scan.reader->failure();
            case kafka::Polled::kNothing:
                break;
        }
    }
    if (seen_end < 0)
        return Failure{error::kBrokerUnreachable,
                       fmt::format("position topic {} could not be read in time", scan.topic),
                       {},
                       {}};
    return Failure{
        error::kHangingTransaction,
        fmt::format("committed records of position topic {} end at offset {}, the topic at {}",
                    scan.topic, seen_end, scan.end),
        "a transaction of another producer is open on its only partition",
        fmt::format("kafka-transactions.sh --bootstrap-server … find-hanging --topic {0}\n"
                    "kafka-transactions.sh --bootstrap-server … abort --topic {0} --partition 0 "
                    "--start-offset {1}",
                    scan.topic, seen_end)};
}

}  // namespace

PositionStore::PositionStore(kafka::Properties consumer_properties, std::string topic,
                             std::string key)
    : properties_(std::move(consumer_properties)), topic_(std::move(topic)), key_(std::move(key)) {}

std::optional<Failure> PositionStore::read(int timeout_ms, std::optional<Position> *position) {
    position->reset();
    const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
    std::int64_t begin = 0;
    std::int64_t end = 0;
    {
        // The watermark query follows the handle's isolation level.
        kafka::Consumer uncommitted(properties_, kafka::Isolation::kReadUncommitted);
        if (auto failure = uncommitted.offsets(topic_, 0, left_ms(deadline), &begin, &end))
            return failure->spec == error::kTopicMissing ? std::nullopt : failure;
    }
    if (begin >= end) return std::nullopt;

    kafka::Consumer reader(properties_, kafka::Isolation::kReadCommitted);
    const Scan scan = {&reader, topic_, key_, end, deadline};
    Found found;
    for (std::int64_t back = kFirstLookBack; !found.any; back *= kLookBackFactor) {
        const std::int64_t from = std::max(begin, end - back);
        if (auto failure = scan_from(scan, from, &found)) return failure;
        if (from == begin) break;
    }
    if (found.value.empty()) return std::nullopt;

    Position read;
    std::string reason;
    if (!position_from_json(found.value, &read, &reason))
        return Failure{error::kGapNoPosition,
                       fmt::format("the newest record of position topic {} cannot be read", topic_),
                       reason,
                       "Restore the topic; or, once it is sure what the slot still has to deliver, "
                       "run with --adopt-slot."};
    *position = std::move(read);
    return std::nullopt;
}

}  // namespace outflow::relay
