// Matches the events of two topic families and counts what became of each. An event waits for its
// counterpart: topic, key, source.lsn, txId, op; several of one identity in order. Snapshot rows,
// which have no lsn of their own, by key. Bounded: the reader asks must_hold() before it reads on,
// and full() says that something has to be given up. One thread; knows neither Kafka nor a clock.
//
// A lane is what is read in step on both sides: a partition where the topics have equally many,
// because a key is then in the same one, else the whole topic.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diff/compare.h"
#include "diff/event.h"

namespace outflow::relay::diff {

struct Limits {
    std::size_t max_pending_bytes = 256UL << 20;  // of each side
    std::size_t max_ahead_bytes = 64UL << 20;     // of that, until what is ahead is held; all lanes
    std::size_t max_shown = 3;                    // differences kept for each table
};

// A difference as it is shown.
struct Example {
    Verdict verdict;
    char operation;
    std::uint64_t lsn;
    std::uint64_t txn;
    std::string key;  // of the side that has it
    Difference difference;
};

struct TableResult {
    std::array<std::uint64_t, kVerdicts> events{};
    std::array<bool, kSides> has_topic{};
    std::vector<Example> examples;  // the worst verdicts are never displaced by better ones
};

struct Summary {
    std::map<std::string, TableResult, std::less<>> tables;  // by what follows the prefix
    Ignored ignored{};
    std::uint64_t given_up = 0;  // events that had to be counted as one-sided for want of memory

    std::array<std::uint64_t, kVerdicts> totals() const;
    std::uint64_t compared() const;
    std::size_t matched_topics() const;
    // Something was compared, nothing differs, nothing is on one side only. A topic without events
    // says nothing: Debezium makes it with the first one.
    bool clean() const;
};

class Matcher {
 public:
    // Prefixes that are equal are not masked.
    Matcher(std::string_view left_prefix, std::string_view right_prefix, Limits limits = {});

    // A topic of a side, by what follows the prefix.
    void add_topic(Side side, const std::string &table, int partitions);

    void take(Side side, const std::string &table, int partition, const RawRecord &record);

    // The side is ahead by too much in the partition's lane: read the other first.
    bool must_hold(Side side, const std::string &table, int partition) const;
    bool full(Side side) const { return pending_bytes_[index(side)] >= limits_.max_pending_bytes; }
    // Counts the side's oldest waiting events as one-sided until it is full no more.
    void give_up(Side side);

    std::size_t pending_bytes(Side side) const { return pending_bytes_[index(side)]; }
    // Number of the newest event; is one up to that number still waiting?
    std::uint64_t newest() const { return taken_; }
    bool is_pending(std::uint64_t up_to) const;

    // The end: what waits and is not newer than `up_to` is on one side only.
    void finish(std::uint64_t up_to);

    const Summary &summary() const { return summary_; }

 private:
    using Identity = std::string;

    struct Lane {
        std::array<std::size_t, kSides> bytes{};
    };

    struct Pending {
        Event event;
        Identity identity;
        TableResult *table;
        Lane *lane;
        std::uint64_t number;
        std::size_t bytes;
    };
    using PendingList = std::list<Pending>;

    // The waiting events of one identity: all of one side, oldest first.
    struct Waiting {
        Side side;
        std::list<PendingList::iterator> events;
    };

    struct Place {
        std::string key;
        std::uint64_t lsn = 0;
        std::uint64_t txn = 0;
    };

    std::pair<std::string, int> lane_of(const std::string &table, int partition) const;
    void place_tombstone(Side side, const std::string &table, int partition, Event *event);
    void settle(Verdict verdict, TableResult *table, const Event &event, Difference difference);
    PendingList::iterator remove(Side side, PendingList::iterator pending);

    const std::array<std::string, kSides> masked_prefix_;
    const Limits limits_;
    Summary summary_;
    std::array<PendingList, kSides> pending_;  // in the order they came
    std::array<std::size_t, kSides> pending_bytes_{};
    std::unordered_map<Identity, Waiting> waiting_;
    std::map<std::pair<std::string, int>, Place> last_[kSides];  // of each partition
    std::map<std::string, int> partitions_[kSides];
    std::map<std::pair<std::string, int>, Lane> lanes_;
    std::uint64_t taken_ = 0;
};

}  // namespace outflow::relay::diff
