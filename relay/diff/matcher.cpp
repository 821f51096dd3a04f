#include "diff/matcher.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace outflow::relay::diff {
namespace {

constexpr std::size_t kMaxExcerpt = 200;

Verdict only(Side side) { return side == Side::kLeft ? Verdict::kOnlyLeft : Verdict::kOnlyRight; }

std::string identity_of(const std::string &table, const Event &event) {
    std::string identity;
    const std::string key = masked_text(event.key);
    identity.reserve(table.size() + key.size() + 2 + 2 * sizeof event.lsn);
    identity += table;
    identity += '\0';
    identity += event.operation;
    identity.append(reinterpret_cast<const char *>(&event.lsn), sizeof event.lsn);
    identity.append(reinterpret_cast<const char *>(&event.txn), sizeof event.txn);
    return identity += key;
}

bool is_fault(Verdict verdict) { return verdict >= Verdict::kDiffers; }

}  // namespace

std::array<std::uint64_t, kVerdicts> Summary::totals() const {
    std::array<std::uint64_t, kVerdicts> totals{};
    for (const auto &[name, table] : tables) {
        for (std::size_t at = 0; at < kVerdicts; ++at) totals[at] += table.events[at];
    }
    return totals;
}

std::uint64_t Summary::compared() const {
    const auto all = totals();
    return std::accumulate(all.begin(), all.end(), std::uint64_t{0});
}

std::size_t Summary::matched_topics() const {
    return static_cast<std::size_t>(std::count_if(
        tables.begin(), tables.end(),
        [](const auto &entry) { return entry.second.has_topic[0] && entry.second.has_topic[1]; }));
}

bool Summary::clean() const {
    const auto all = totals();
    for (std::size_t at = 0; at < kVerdicts; ++at) {
        if (is_fault(static_cast<Verdict>(at)) && all[at] != 0) return false;
    }
    return compared() != 0;
}

Matcher::Matcher(std::string_view left_prefix, std::string_view right_prefix, Limits limits)
    : masked_prefix_{std::string(left_prefix == right_prefix ? "" : left_prefix),
                     std::string(left_prefix == right_prefix ? "" : right_prefix)},
      limits_(limits) {}

void Matcher::add_topic(Side side, const std::string &table, int partitions) {
    summary_.tables[table].has_topic[index(side)] = true;
    partitions_[index(side)][table] = partitions;
}

std::pair<std::string, int> Matcher::lane_of(const std::string &table, int partition) const {
    const auto left = partitions_[0].find(table);
    const auto right = partitions_[1].find(table);
    const bool alike = left != partitions_[0].end() && right != partitions_[1].end() &&
                       left->second == right->second;
    return {table, alike ? partition : 0};
}

void Matcher::take(Side side, const std::string &table, int partition, const RawRecord &record) {
    Event event = locate(record, masked_prefix_[index(side)]);
    place_tombstone(side, table, partition, &event);
    ++taken_;
    TableResult *result = &summary_.tables[table];
    result->has_topic[index(side)] = true;
    Identity identity = identity_of(table, event);
    const auto found = waiting_.find(identity);
    if (found != waiting_.end() && found->second.side != side) {
        const PendingList::iterator pending = found->second.events.front();
        const Event &counterpart = pending->event;
        Difference difference;
        const bool left_waited = side == Side::kRight;
        const Verdict verdict =
            compare(left_waited ? counterpart : event, left_waited ? event : counterpart,
                    &summary_.ignored, &difference);
        settle(verdict, result, event, std::move(difference));
        remove(other(side), pending);
        return;
    }
    // Counted in both lists and in the map.
    const std::size_t bytes =
        event.bytes() + sizeof(Pending) + sizeof(Waiting) + 2 * identity.size();
    Lane *lane = &lanes_[lane_of(table, partition)];
    lane->bytes[index(side)] += bytes;
    pending_[index(side)].push_back({std::move(event), identity, result, lane, taken_, bytes});
    pending_bytes_[index(side)] += bytes;
    Waiting &waiting = waiting_[std::move(identity)];
    waiting.side = side;
    waiting.events.push_back(std::prev(pending_[index(side)].end()));
}

// A tombstone follows its delete at once, in the same partition.
void Matcher::place_tombstone(Side side, const std::string &table, int partition, Event *event) {
    Place &last = last_[index(side)][{table, partition}];
    if (event->operation != '-') {
        last.key = event->key.text.value_or("");
        last.lsn = event->lsn;
        last.txn = event->txn;
    } else if (event->key.text && last.key == *event->key.text) {
        event->lsn = last.lsn;
        event->txn = last.txn;
    }
}

void Matcher::settle(Verdict verdict, TableResult *table, const Event &event,
                     Difference difference) {
    ++table->events[static_cast<std::size_t>(verdict)];
    if (verdict == Verdict::kIdentical || limits_.max_shown == 0) return;
    std::vector<Example> &examples = table->examples;
    if (examples.size() >= limits_.max_shown) {
        // A fault takes the place of something that is none.
        const auto better = std::find_if(examples.begin(), examples.end(),
                                         [](const Example &old) { return !is_fault(old.verdict); });
        if (!is_fault(verdict) || better == examples.end()) return;
        examples.erase(better);
    }
    std::string key(payload_text(event.key).substr(0, kMaxExcerpt));
    for (std::string &excerpt : difference.excerpt)
        excerpt.resize(std::min(excerpt.size(), kMaxExcerpt));
    examples.push_back(
        {verdict, event.operation, event.lsn, event.txn, std::move(key), std::move(difference)});
}

Matcher::PendingList::iterator Matcher::remove(Side side, PendingList::iterator pending) {
    const auto waiting = waiting_.find(pending->identity);
    // It is the oldest of its identity: those are settled in order.
    waiting->second.events.pop_front();
    if (waiting->second.events.empty()) waiting_.erase(waiting);
    pending_bytes_[index(side)] -= pending->bytes;
    pending->lane->bytes[index(side)] -= pending->bytes;
    return pending_[index(side)].erase(pending);
}

bool Matcher::must_hold(Side side, const std::string &table, int partition) const {
    const auto lane = lanes_.find(lane_of(table, partition));
    if (lane == lanes_.end()) return false;
    const std::size_t mine = lane->second.bytes[index(side)];
    return mine > limits_.max_ahead_bytes / lanes_.size() &&
           mine > lane->second.bytes[index(other(side))];
}

void Matcher::give_up(Side side) {
    PendingList &pending = pending_[index(side)];
    while (full(side) && !pending.empty()) {
        const auto oldest = pending.begin();
        settle(only(side), oldest->table, oldest->event, {"", "", "given up for want of memory"});
        ++summary_.given_up;
        remove(side, oldest);
    }
}

bool Matcher::is_pending(std::uint64_t up_to) const {
    return std::any_of(pending_.begin(), pending_.end(), [&](const PendingList &list) {
        return !list.empty() && list.front().number <= up_to;
    });
}

void Matcher::finish(std::uint64_t up_to) {
    for (const Side side : {Side::kLeft, Side::kRight}) {
        PendingList &pending = pending_[index(side)];
        while (!pending.empty() && pending.front().number <= up_to) {
            const auto oldest = pending.begin();
            Difference difference;
            difference.excerpt[index(side)] = payload_text(oldest->event.value);
            settle(only(side), oldest->table, oldest->event, std::move(difference));
            remove(side, oldest);
        }
    }
}

}  // namespace outflow::relay::diff
