#include "command/diff.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "app/log.h"
#include "app/shutdown.h"
#include "diff/report.h"
#include "kafka/consumer.h"
#include "kafka/topics.h"

namespace outflow::relay {
namespace {

using diff::Matcher;
using diff::Side;
using kafka::ConsumedRecord;
using kafka::Consumer;
using kafka::Polled;
using Clock = std::chrono::steady_clock;

constexpr int kTimeoutMs = 30'000;
constexpr std::chrono::milliseconds kIdle{20};
constexpr int kBurst = 500;  // records read of one partition before the next has its turn
constexpr std::chrono::seconds kDiscoverEvery{2};
constexpr std::chrono::seconds kProgressEvery{10};

kafka::Properties reading_properties(const Config &config) {
    kafka::Properties properties = config.consumer_properties();
    // What a partition keeps in memory before it is read, or while it is held.
    properties.emplace_back("queued.max.messages.kbytes", "1024");
    properties.emplace_back("fetch.message.max.bytes", "1048576");
    return properties;
}

// One topic family. Reads it from the beginning and knows how far that is.
class Family {
 public:
    Family(Side side, const Config &config, std::string prefix, const std::string &other_prefix)
        : side_(side),
          begin_(std::move(prefix) + "."),
          other_begin_(other_prefix + "."),
          consumer_(reading_properties(config), kafka::Isolation::kReadCommitted) {}

    std::optional<Failure> discover(Matcher *matcher) {
        std::vector<kafka::TopicName> topics;
        kafka::Topics cluster(consumer_.client());
        if (auto failure = cluster.list(kTimeoutMs, &topics)) return failure;
        for (const kafka::TopicName &topic : topics) {
            if (!is_mine(topic.name)) continue;
            const std::string table = topic.name.substr(begin_.size());
            matcher->add_topic(side_, table, topic.partitions);
            for (int partition = 0; partition < topic.partitions; ++partition) {
                const auto [place, fresh] = places_.try_emplace({table, partition});
                if (!fresh) continue;
                if (auto failure = consumer_.add(topic.name, {partition}, &place->second.queue))
                    return failure;
            }
        }
        return std::nullopt;
    }

    // Remembers the present ends as those to read to.
    std::optional<Failure> aim_at_end() {
        for (auto &[name, place] : places_) {
            std::int64_t begin = 0;
            if (auto failure = consumer_.offsets(begin_ + name.first, name.second, kTimeoutMs,
                                                 &begin, &place.target))
                return failure;
            if (begin == place.target) place.next = std::max(place.next, begin);  // empty
        }
        return std::nullopt;
    }

    bool reached_target() const {
        return std::all_of(places_.begin(), places_.end(), [](const auto &place) {
            return place.second.next >= place.second.target;
        });
    }
    // Nothing more is there, as far as it was told.
    bool at_end(const std::string &table) const {
        for (auto place = places_.lower_bound({table, 0});
             place != places_.end() && place->first.first == table; ++place) {
            if (!place->second.at_end) return false;
        }
        return true;
    }
    bool at_end() const {
        return std::all_of(places_.begin(), places_.end(),
                           [](const auto &place) { return place.second.at_end; });
    }
    bool empty() const { return places_.empty(); }
    std::string topics() const { return begin_ + "*"; }

    // Takes turns among its partitions that need not wait for `counterpart`. kNothing: none had
    // anything.
    Polled read(Matcher *matcher, const Family &counterpart) {
        Polled result = Polled::kNothing;
        for (auto &[name, place] : places_) {
            if (matcher->must_hold(side_, name.first, name.second) &&
                !counterpart.at_end(name.first))
                continue;
            for (int count = 0; count < kBurst && !matcher->full(side_); ++count) {
                const Polled polled = read_one(name.first, &place, matcher);
                if (polled == Polled::kFailed) return polled;
                if (polled == Polled::kNothing) break;
                result = polled;
            }
        }
        return result;
    }
    const Failure &failure() const { return consumer_.failure(); }

 private:
    struct Place {
        std::size_t queue = 0;
        std::int64_t next = -1;
        std::int64_t target = 0;
        bool at_end = false;
    };

    Polled read_one(const std::string &table, Place *place, Matcher *matcher) {
        ConsumedRecord record;
        const Polled polled = consumer_.poll(place->queue, 0, &record);
        if (polled != Polled::kRecord && polled != Polled::kEnd) return polled;
        place->at_end = polled == Polled::kEnd;
        place->next = record.offset + (polled == Polled::kEnd ? 0 : 1);
        if (polled == Polled::kEnd) return polled;
        raw_.key = record.key;
        raw_.value = record.value;
        kafka::list_headers(record.headers, &raw_.headers);
        matcher->take(side_, table, record.partition, raw_);
        return polled;
    }

    // Of shop and shop.shadow the longer one owns shop.shadow.public.orders.
    bool is_mine(const std::string &topic) const {
        return topic.starts_with(begin_) &&
               (other_begin_.size() <= begin_.size() || !topic.starts_with(other_begin_));
    }

    const Side side_;
    const std::string begin_;
    const std::string other_begin_;
    Consumer consumer_;
    std::map<std::pair<std::string, int>, Place> places_;  // by table and partition
    diff::RawRecord raw_;
};

class Diff {
 public:
    Diff(const Config &left, const Config &right, const DiffOptions &options)
        : options_(options),
          matcher_(options.left, options.right, options.limits),
          families_{Family(Side::kLeft, left, options.left, options.right),
                    Family(Side::kRight, right, options.right, options.left)} {}

    ExitCode run() {
        const Clock::time_point started = Clock::now();
        next_progress_ = started + kProgressEvery;
        if (options_.until_end) ask_for_end();
        while (!finished()) {
            if (auto failure = step()) {
                report(*failure);
                return failure->exit();
            }
        }
        const diff::ReportContext context = {
            options_.left, options_.right,
            std::chrono::duration<double>(Clock::now() - started).count()};
        matcher_.finish(mark_);
        const std::string text = options_.json ? json_report(matcher_.summary(), context)
                                               : text_report(matcher_.summary(), context);
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
            std::fflush(stdout) != 0)
            return ExitCode::kRuntime;
        return matcher_.summary().clean() ? ExitCode::kOk : ExitCode::kRuntime;
    }

 private:
    // kFollowing → kToEnd (until what was there is read) → kSettling (until nothing of that waits
    // for its counterpart, which a writer may still have to write).
    enum class Phase : std::uint8_t { kFollowing, kToEnd, kSettling };

    Family &family(Side side) { return families_[diff::index(side)]; }

    void ask_for_end() { end_asked_ = true; }

    std::optional<Failure> step() {
        const Clock::time_point now = Clock::now();
        if (Shutdown::requested()) ask_for_end();
        if (now >= next_discovery_ || (end_asked_ && phase_ == Phase::kFollowing)) {
            next_discovery_ = now + kDiscoverEvery;
            for (Family &each : families_) {
                if (auto failure = each.discover(&matcher_)) return failure;
            }
        }
        if (end_asked_ && phase_ == Phase::kFollowing) {
            for (Family &each : families_) {
                if (auto failure = each.aim_at_end()) return failure;
                if (each.empty() && options_.until_end)
                    return Failure{
                        error::kTopicMissing, "no topic is called " + each.topics(), {}, {}};
            }
            phase_ = Phase::kToEnd;
        }
        if (now >= next_progress_) {
            next_progress_ = now + kProgressEvery;
            log_info("diff", "{} events compared, {} and {} bytes wait for the other side",
                     matcher_.summary().compared(), matcher_.pending_bytes(Side::kLeft),
                     matcher_.pending_bytes(Side::kRight));
        }
        return read_both();
    }

    std::optional<Failure> read_both() {
        bool idle = true;
        for (const Side side : {Side::kLeft, Side::kRight}) {
            const Polled polled = family(side).read(&matcher_, family(other(side)));
            if (polled == Polled::kFailed) return family(side).failure();
            idle = idle && polled == Polled::kNothing;
        }
        relieve();
        if (idle) std::this_thread::sleep_for(kIdle);
        return std::nullopt;
    }

    // A full side whose counterpart is full too, or will not come, has to let something go.
    void relieve() {
        for (const Side side : {Side::kLeft, Side::kRight}) {
            if (!matcher_.full(side)) continue;
            const bool ended = phase_ != Phase::kFollowing && family(other(side)).at_end();
            if (matcher_.full(other(side)) || ended) {
                if (matcher_.summary().given_up == 0)
                    log_warn("diff",
                             "{} bytes wait for the other side: the oldest events are given "
                             "up and count as one-sided (--max-pending-mb)",
                             matcher_.pending_bytes(side));
                matcher_.give_up(side);
            } else if (!std::exchange(told_full_[diff::index(side)], true)) {
                log_warn("diff", "{} is {} bytes ahead and waits for {}", family(side).topics(),
                         matcher_.pending_bytes(side), family(other(side)).topics());
            }
        }
    }

    bool finished() {
        if (phase_ == Phase::kFollowing && options_.until_clean >= 0 &&
            matcher_.summary().compared() >= static_cast<std::uint64_t>(options_.until_clean))
            ask_for_end();
        const bool reached = families_[0].reached_target() && families_[1].reached_target();
        if (phase_ == Phase::kToEnd && reached) {
            phase_ = Phase::kSettling;
            mark_ = matcher_.newest();
            settle_until_ = Clock::now() + std::chrono::milliseconds(options_.settle_ms);
        }
        if (phase_ != Phase::kSettling) return false;
        return !matcher_.is_pending(mark_) || Clock::now() >= settle_until_;
    }

    const DiffOptions &options_;
    Matcher matcher_;
    Family families_[diff::kSides];
    Phase phase_ = Phase::kFollowing;
    bool end_asked_ = false;
    bool told_full_[diff::kSides] = {};
    std::uint64_t mark_ = 0;
    Clock::time_point settle_until_;
    Clock::time_point next_discovery_;
    Clock::time_point next_progress_;
};

}  // namespace

ExitCode diff_families(const Config &left, const Config &right, const DiffOptions &options) {
    Shutdown::install();
    return Diff(left, right, options).run();
}

}  // namespace outflow::relay
