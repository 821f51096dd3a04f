#include "command/capture.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <set>

#include "app/log.h"
#include "app/shutdown.h"
#include "core/string_sink.h"
#include "diff/capture_line.h"
#include "diff/topic_feed.h"

namespace outflow::relay {
namespace {

using diff::Read;
using Clock = std::chrono::steady_clock;

constexpr int kIdleMs = 20;
constexpr std::chrono::seconds kDiscoverEvery{2};

// Whole lines on standard output.
class LineWriter : public diff::Taker {
 public:
    explicit LineWriter(const diff::FamilyName &family) : family_(family) {}

    void found(const std::string &table, int) override { tables_.insert(table); }
    bool wants(const std::string &, int) override { return true; }
    bool full() const override { return failed_; }
    void take(const std::string &table, int partition, const diff::RawRecord &record) override {
        line_.clear();
        append_capture_line(&line_, family_.topic(table), partition, record);
        const std::string_view text = line_.view();
        failed_ = std::fwrite(text.data(), 1, text.size(), stdout) != text.size();
        if (failed_)
            error_ = errno;
        else
            ++records_;
    }
    bool flush() {
        if (!failed_ && std::fflush(stdout) != 0) {
            failed_ = true;
            error_ = errno;
        }
        return !failed_;
    }

    int error() const { return error_; }
    std::uint64_t records() const { return records_; }
    std::size_t topics() const { return tables_.size(); }

 private:
    const diff::FamilyName &family_;
    core::StringSink line_;
    std::set<std::string> tables_;
    std::uint64_t records_ = 0;
    bool failed_ = false;
    int error_ = 0;
};

class CaptureRun {
 public:
    CaptureRun(const Config &config, const CaptureOptions &options)
        : options_(options),
          family_(options.prefix),
          feed_(config.consumer_properties(), family_),
          writer_(family_) {}

    ExitCode run() {
        if (auto failure = follow()) {
            report(*failure);
            return failure->exit();
        }
        log_info("capture", "{} records of {} topics", writer_.records(), writer_.topics());
        return ExitCode::kOk;
    }

 private:
    std::optional<Failure> follow() {
        Clock::time_point next_discovery;
        bool aimed = false;
        while (!Shutdown::requested() && !(aimed && feed_.reached_target())) {
            if (Clock::now() >= next_discovery) {
                next_discovery = Clock::now() + kDiscoverEvery;
                if (auto failure = feed_.discover(&writer_)) return failure;
            }
            if (options_.until_end && !aimed) {
                if (feed_.empty())
                    return Failure{
                        error::kTopicMissing, "no topic is called " + feed_.name(), {}, {}};
                if (auto failure = feed_.aim_at_end()) return failure;
                aimed = true;
            }
            const Read read = feed_.read(&writer_);
            if (read == Read::kFailed) return feed_.failure();
            if (read == Read::kNothing && writer_.flush()) Shutdown::sleep(kIdleMs);
            if (writer_.error() != 0) break;
        }
        writer_.flush();
        return lost_output();
    }

    // A reader that left has what it wanted.
    std::optional<Failure> lost_output() const {
        if (writer_.error() == 0 || writer_.error() == EPIPE) return std::nullopt;
        return Failure{error::kOutput,
                       "standard output cannot be written",
                       std::strerror(writer_.error()),
                       {}};
    }

    const CaptureOptions &options_;
    const diff::FamilyName family_;
    diff::TopicFeed feed_;
    LineWriter writer_;
};

}  // namespace

ExitCode capture_family(const Config &config, const CaptureOptions &options) {
    Shutdown::install();
    return CaptureRun(config, options).run();
}

}  // namespace outflow::relay
