#include "diff/topic_feed.h"

#include <algorithm>
#include <vector>

#include "kafka/topics.h"

namespace outflow::relay::diff {
namespace {

using kafka::ConsumedRecord;
using kafka::Polled;

constexpr int kTimeoutMs = 30'000;
constexpr int kBurst = 500;  // records read of one partition before the next has its turn

kafka::Properties bounded(kafka::Properties properties) {
    // What a partition keeps in memory before it is read, or while it is held.
    properties.emplace_back("queued.max.messages.kbytes", "1024");
    properties.emplace_back("fetch.message.max.bytes", "1048576");
    return properties;
}

}  // namespace

TopicFeed::TopicFeed(kafka::Properties properties, FamilyName family)
    : family_(std::move(family)),
      consumer_(bounded(std::move(properties)), kafka::Isolation::kReadCommitted) {}

std::optional<Failure> TopicFeed::discover(Taker *taker) {
    std::vector<kafka::TopicName> topics;
    kafka::Topics cluster(consumer_.client());
    if (auto failure = cluster.list(kTimeoutMs, &topics)) return failure;
    for (const kafka::TopicName &topic : topics) {
        if (!family_.owns(topic.name)) continue;
        const std::string table(family_.table(topic.name));
        taker->found(table, topic.partitions);
        for (int partition = 0; partition < topic.partitions; ++partition) {
            const auto [place, fresh] = places_.try_emplace({table, partition});
            if (!fresh) continue;
            if (auto failure = consumer_.add(topic.name, {partition}, &place->second.queue))
                return failure;
        }
    }
    return std::nullopt;
}

std::optional<Failure> TopicFeed::aim_at_end() {
    for (auto &[name, place] : places_) {
        std::int64_t begin = 0;
        if (auto failure = consumer_.offsets(family_.topic(name.first), name.second, kTimeoutMs,
                                             &begin, &place.target))
            return failure;
        if (begin == place.target) place.next = std::max(place.next, begin);  // empty
    }
    return std::nullopt;
}

bool TopicFeed::reached_target() const {
    return std::all_of(places_.begin(), places_.end(),
                       [](const auto &place) { return place.second.next >= place.second.target; });
}

bool TopicFeed::at_end(const std::string &table) const {
    for (auto place = places_.lower_bound({table, 0});
         place != places_.end() && place->first.first == table; ++place) {
        if (!place->second.at_end) return false;
    }
    return true;
}

bool TopicFeed::at_end() const {
    return std::all_of(places_.begin(), places_.end(),
                       [](const auto &place) { return place.second.at_end; });
}

bool TopicFeed::stuck() const {
    const auto held = [](const auto &place) { return place.second.held; };
    return std::any_of(places_.begin(), places_.end(), held) &&
           std::all_of(places_.begin(), places_.end(),
                       [&](const auto &place) { return held(place) || place.second.at_end; });
}

Read TopicFeed::read(Taker *taker) {
    Read result = Read::kNothing;
    for (auto &[name, place] : places_) {
        place.held = !taker->wants(name.first, name.second);
        if (place.held) continue;
        for (int count = 0; count < kBurst && !taker->full(); ++count) {
            const Polled polled = read_one(name.first, &place, taker);
            if (polled == Polled::kFailed) return Read::kFailed;
            if (polled == Polled::kNothing) break;
            result = Read::kRecords;
        }
    }
    return result;
}

Polled TopicFeed::read_one(const std::string &table, Place *place, Taker *taker) {
    ConsumedRecord record;
    const Polled polled = consumer_.poll(place->queue, 0, &record);
    if (polled != Polled::kRecord && polled != Polled::kEnd) return polled;
    place->at_end = polled == Polled::kEnd;
    place->next = record.offset + (polled == Polled::kEnd ? 0 : 1);
    if (polled == Polled::kEnd) return polled;
    raw_.key = record.key;
    raw_.value = record.value;
    raw_.timestamp_ms = record.timestamp_ms;
    kafka::list_headers(record.headers, &raw_.headers);
    taker->take(table, record.partition, raw_);
    return polled;
}

}  // namespace outflow::relay::diff
