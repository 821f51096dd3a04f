#include "command/diff.h"

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "app/log.h"
#include "app/shutdown.h"
#include "diff/capture_feed.h"
#include "diff/report.h"
#include "diff/topic_feed.h"

namespace outflow::relay {
namespace {

using diff::Feed;
using diff::Matcher;
using diff::Read;
using diff::Side;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kIdle{20};
constexpr std::chrono::seconds kDiscoverEvery{2};
constexpr std::chrono::seconds kProgressEvery{10};

std::unique_ptr<Feed> make_feed(const DiffSide &side, const DiffSide &other) {
    diff::FamilyName family(side.prefix, other.prefix);
    if (side.capture.empty())
        return std::make_unique<diff::TopicFeed>(side.config->consumer_properties(),
                                                 std::move(family));
    return std::make_unique<diff::CaptureFeed>(side.capture, std::move(family));
}

// Hands a side's records to the matcher; holds what is too far ahead of the counterpart.
class SideTaker : public diff::Taker {
 public:
    SideTaker(Side side, Matcher *matcher, const Feed &counterpart)
        : side_(side), matcher_(matcher), counterpart_(counterpart) {}

    void found(const std::string &table, int partitions) override {
        matcher_->add_topic(side_, table, partitions);
    }
    bool wants(const std::string &table, int partition) override {
        return !matcher_->must_hold(side_, table, partition) || counterpart_.at_end(table);
    }
    bool full() const override { return matcher_->full(side_); }
    void take(const std::string &table, int partition, const diff::RawRecord &record) override {
        matcher_->take(side_, table, partition, record);
    }

 private:
    const Side side_;
    Matcher *const matcher_;
    const Feed &counterpart_;
};

class Diff {
 public:
    explicit Diff(const DiffOptions &options)
        : options_(options),
          matcher_(options.left.prefix, options.right.prefix, options.limits),
          feeds_{make_feed(options.left, options.right), make_feed(options.right, options.left)},
          takers_{SideTaker(Side::kLeft, &matcher_, *feeds_[1]),
                  SideTaker(Side::kRight, &matcher_, *feeds_[0])} {}

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
            feeds_[0]->origin(), feeds_[1]->origin(),
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

    Feed &feed(Side side) { return *feeds_[diff::index(side)]; }

    void ask_for_end() { end_asked_ = true; }
    // Behind a file's end nothing can be compared.
    bool capture_ended() const {
        return (!options_.left.capture.empty() && feeds_[0]->at_end()) ||
               (!options_.right.capture.empty() && feeds_[1]->at_end());
    }

    std::optional<Failure> step() {
        const Clock::time_point now = Clock::now();
        if (Shutdown::requested() || capture_ended()) ask_for_end();
        if (now >= next_discovery_ || (end_asked_ && phase_ == Phase::kFollowing)) {
            next_discovery_ = now + kDiscoverEvery;
            for (const Side side : {Side::kLeft, Side::kRight}) {
                if (auto failure = feed(side).discover(&takers_[diff::index(side)])) return failure;
            }
        }
        if (end_asked_ && phase_ == Phase::kFollowing) {
            for (const auto &each : feeds_) {
                if (auto failure = each->aim_at_end()) return failure;
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
            const Read read = feed(side).read(&takers_[diff::index(side)]);
            if (read == Read::kFailed) return feed(side).failure();
            idle = idle && read == Read::kNothing;
            if (options_.until_end && phase_ != Phase::kFollowing && feed(side).at_end() &&
                feed(side).empty())
                return Failure{
                    error::kTopicMissing, "no topic is called " + feed(side).name(), {}, {}};
        }
        relieve();
        if (idle) std::this_thread::sleep_for(kIdle);
        return std::nullopt;
    }

    // A full side whose counterpart is full or stuck too, or will not come, has to let something
    // go.
    void relieve() {
        for (const Side side : {Side::kLeft, Side::kRight}) {
            if (!matcher_.full(side)) continue;
            const Feed &counterpart = feed(other(side));
            const bool ended = phase_ != Phase::kFollowing && counterpart.at_end();
            if (matcher_.full(other(side)) || counterpart.stuck() || ended) {
                if (matcher_.summary().given_up == 0)
                    log_warn("diff",
                             "{} bytes wait for the other side: the oldest events are given "
                             "up and count as one-sided (--max-pending-mb)",
                             matcher_.pending_bytes(side));
                matcher_.give_up(side);
            } else if (!std::exchange(told_full_[diff::index(side)], true)) {
                log_warn("diff", "{} is {} bytes ahead and waits for {}", feed(side).name(),
                         matcher_.pending_bytes(side), counterpart.name());
            }
        }
    }

    bool finished() {
        if (phase_ == Phase::kFollowing && options_.until_clean >= 0 &&
            matcher_.summary().compared() >= static_cast<std::uint64_t>(options_.until_clean))
            ask_for_end();
        const bool reached = feeds_[0]->reached_target() && feeds_[1]->reached_target();
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
    std::unique_ptr<Feed> feeds_[diff::kSides];
    SideTaker takers_[diff::kSides];
    Phase phase_ = Phase::kFollowing;
    bool end_asked_ = false;
    bool told_full_[diff::kSides] = {};
    std::uint64_t mark_ = 0;
    Clock::time_point settle_until_;
    Clock::time_point next_discovery_;
    Clock::time_point next_progress_;
};

}  // namespace

ExitCode diff_families(const DiffOptions &options) {
    Shutdown::install();
    return Diff(options).run();
}

}  // namespace outflow::relay
