#include "command/tail.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>
#include <thread>
#include <vector>

#include "app/log.h"
#include "kafka/consumer.h"

namespace outflow::relay {
namespace {

using kafka::ConsumedRecord;
using kafka::Consumer;
using kafka::PartitionStart;
using kafka::Polled;

constexpr int kTimeoutMs = 30'000;
constexpr int kPollMs = 500;

class Tail {
 public:
    Tail(const Config &config, const TailOptions &options)
        : options_(options),
          consumer_(config.consumer_properties(), options.uncommitted
                                                      ? kafka::Isolation::kReadUncommitted
                                                      : kafka::Isolation::kReadCommitted) {}

    ExitCode run() {
        int count = 0;
        bool appeared = false;
        if (auto failure = find_topic(&count, &appeared)) return fail(*failure);
        const bool all =
            options_.from_beginning || appeared || (options_.until_end && options_.last < 0);
        for (int partition = 0; partition < count; ++partition)
            starts_.push_back({partition, all ? kafka::kFromBeginning : kafka::kFromEnd});
        if (options_.last >= 0) {
            if (auto failure = show_last()) return fail(*failure);
            if (options_.until_end) return ExitCode::kOk;
        }
        return follow();
    }

 private:
    struct Line {
        std::int64_t timestamp_ms;
        std::string text;
    };

    static ExitCode fail(const Failure &failure) {
        report(failure);
        return failure.exit();
    }

    // Who follows a topic may come before its first event: waits for it. `appeared`: it was not
    // there, so that all of it is new.
    std::optional<Failure> find_topic(int *partitions, bool *appeared) {
        for (;;) {
            auto failure = consumer_.partition_count(options_.topic, kTimeoutMs, partitions);
            const bool missing = failure && failure->spec == error::kTopicMissing;
            if (!missing || options_.until_end) return failure;
            if (!*appeared) log_info("tail", "waiting for topic {}", options_.topic);
            *appeared = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(kPollMs));
        }
    }

    // False when nobody reads any more.
    static bool print(const std::string &line) {
        return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
               std::fputc('\n', stdout) != EOF;
    }

    // The line of a record; false when the filter holds it back.
    bool format(const ConsumedRecord &record, std::string *line) const {
        const ShownRecord shown = {options_.topic, record.key, record.value, record.timestamp_ms};
        if (!passes(options_.filter, shown)) return false;
        *line = options_.raw ? std::string(record.value.value_or("null"))
                             : format_record(shown, options_.color);
        return true;
    }

    // Looks further and further back, because a filter and control records hide offsets.
    std::optional<Failure> show_last() {
        constexpr std::int64_t kFirstWindow = 1000;
        constexpr std::int64_t kGrowth = 8;
        const auto wanted = static_cast<std::size_t>(options_.last);
        std::vector<Line> lines;
        for (std::int64_t window = std::max(kFirstWindow, options_.last * 2);; window *= kGrowth) {
            bool complete = false;
            lines.clear();
            if (auto failure = read_window(window, &lines, &complete)) return failure;
            if (complete || lines.size() >= wanted) break;
        }
        std::stable_sort(lines.begin(), lines.end(), [](const Line &left, const Line &right) {
            return left.timestamp_ms < right.timestamp_ms;
        });
        const std::size_t skipped = lines.size() - std::min(lines.size(), wanted);
        for (std::size_t at = skipped; at < lines.size(); ++at) {
            if (!print(lines[at].text)) break;
        }
        std::fflush(stdout);
        return std::nullopt;
    }

    // Everything in the last `window` offsets of each partition, which is where following goes on.
    std::optional<Failure> read_window(std::int64_t window, std::vector<Line> *lines,
                                       bool *complete) {
        std::vector<PartitionStart> from;
        *complete = true;
        for (const PartitionStart &start : starts_) {
            std::int64_t begin = 0;
            std::int64_t end = 0;
            if (auto failure =
                    consumer_.offsets(options_.topic, start.partition, kTimeoutMs, &begin, &end))
                return failure;
            from.push_back({start.partition, std::max(begin, end - window)});
            *complete = *complete && end - window <= begin;
        }
        if (auto failure = consumer_.assign(options_.topic, from)) return failure;
        std::set<int> ended;
        while (ended.size() < from.size()) {
            ConsumedRecord record;
            Line line;
            switch (consumer_.poll(kPollMs, &record)) {
                case Polled::kRecord:
                    if (ended.contains(record.partition) || !format(record, &line.text)) break;
                    line.timestamp_ms = record.timestamp_ms;
                    lines->push_back(std::move(line));
                    break;
                case Polled::kEnd:
                    if (!ended.insert(record.partition).second) break;
                    starts_[static_cast<std::size_t>(record.partition)].offset = record.offset;
                    break;
                case Polled::kNothing:
                    break;
                case Polled::kFailed:
                    return consumer_.failure();
            }
        }
        return std::nullopt;
    }

    ExitCode follow() {
        if (auto failure = consumer_.assign(options_.topic, starts_)) return fail(*failure);
        std::set<int> ended;
        ConsumedRecord record;
        std::string line;
        int poll_ms = kPollMs;
        for (;;) {
            switch (consumer_.poll(poll_ms, &record)) {
                case Polled::kRecord:
                    poll_ms = 0;  // flush only when nothing more is there
                    if (format(record, &line) && !print(line)) return ExitCode::kOk;
                    break;
                case Polled::kEnd:
                    ended.insert(record.partition);
                    if (options_.until_end && ended.size() == starts_.size())
                        return std::fflush(stdout), ExitCode::kOk;
                    break;
                case Polled::kNothing:
                    if (std::fflush(stdout) != 0) return ExitCode::kOk;
                    poll_ms = kPollMs;
                    break;
                case Polled::kFailed:
                    std::fflush(stdout);
                    return fail(consumer_.failure());
            }
        }
    }

    const TailOptions &options_;
    Consumer consumer_;
    std::vector<PartitionStart> starts_;  // of partition 0, 1, …
};

}  // namespace

ExitCode tail(const Config &config, const TailOptions &options) {
    return Tail(config, options).run();
}

}  // namespace outflow::relay
