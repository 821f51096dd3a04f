#include "command/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>

#include "app/log.h"
#include "app/session.h"
#include "app/shutdown.h"
#include "source/slot.h"

namespace outflow::relay {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kFirstDelayMs = 200;
constexpr int kLongestDelayMs = 10'000;
constexpr auto kStartPatience = std::chrono::seconds(30);
constexpr auto kHealthy = std::chrono::seconds(30);
constexpr auto kTellAgain = std::chrono::seconds(60);
constexpr int kLookMs = 500;
constexpr std::int64_t kTakeoverMs = 2'000;  // from a successor's attempt to its hold of the slot

// Doubles, with a cap; half of it random, so that many relays do not come back at the same moment.
class BackOff {
 public:
    int next() {
        const int base = delay_ms_;
        delay_ms_ = std::min(delay_ms_ * 2, kLongestDelayMs);
        return base / 2 + std::uniform_int_distribution<int>(0, base / 2)(random_);
    }
    void reset() { delay_ms_ = kFirstDelayMs; }

 private:
    int delay_ms_ = kFirstDelayMs;
    std::mt19937 random_{std::random_device{}()};
};

class Run {
 public:
    Run(const Config &config, const RunOptions &options) : config_(config), options_(options) {
        state_.run_id = make_run_id();
    }

    ExitCode operator()() {
        while (!Shutdown::requested()) {
            if (const auto code = one_life()) return *code;
        }
        return ExitCode::kOk;
    }

 private:
    // Nothing: try again.
    std::optional<ExitCode> one_life() {
        const auto begun = Clock::now();
        try {
            Outcome outcome;
            {
                Session session(config_, options_, &state_);
                outcome = session.live();
            }
            if (state_.streamed && Clock::now() - begun > kHealthy) back_off_.reset();
            return after(outcome);
        } catch (const SinkError &error) {
            return after(outcome_of(error.trouble()));
        } catch (const TransientError &error) {
            return try_again(error.failure());
        } catch (const StartupError &error) {
            report(error.failure());
            return error.failure().exit();
        } catch (const Interrupted &) {
            return ExitCode::kOk;
        }
    }

    std::optional<ExitCode> after(const Outcome &outcome) {
        switch (outcome.kind) {
            case Outcome::Kind::kStopped:
                log_info("relay", "stopped");
                return ExitCode::kOk;
            case Outcome::Kind::kReached:
                log_info("relay", "done");
                return ExitCode::kOk;
            case Outcome::Kind::kFatal:
                report(outcome.failure);
                return outcome.failure.exit();
            case Outcome::Kind::kFenced:
                return after_fencing(outcome.failure);
            case Outcome::Kind::kRecycle:
                return try_again(outcome.failure);
        }
        return ExitCode::kRuntime;
    }

    static Outcome outcome_of(const Trouble &trouble) {
        switch (trouble.kind) {
            case Trouble::Kind::kFenced:
                return {Outcome::Kind::kFenced, trouble.failure};
            case Trouble::Kind::kFatal:
                return {Outcome::Kind::kFatal, trouble.failure};
            case Trouble::Kind::kRecycle:
            case Trouble::Kind::kNone:
                break;
        }
        return {Outcome::Kind::kRecycle, trouble.failure};
    }

    // A relay that has streamed tries for ever; one that never did gives up after a while.
    std::optional<ExitCode> try_again(const Failure &failure) {
        if (!state_.streamed && Clock::now() - begun_ >= kStartPatience) {
            report(failure);
            return failure.exit();
        }
        const int delay_ms = back_off_.next();
        tell(failure, delay_ms);
        if (!Shutdown::sleep(delay_ms)) return ExitCode::kOk;
        return std::nullopt;
    }

    // The same trouble again and again is told once a minute.
    void tell(const Failure &failure, int delay_ms) {
        const auto now = Clock::now();
        const bool again = failure.message == told_ && now - told_at_ < kTellAgain;
        if (!again) {
            told_ = failure.message;
            told_at_ = now;
        }
        log_at(again ? LogLevel::kDebug : LogLevel::kWarn, "relay",
               {.code = failure.spec->code, .detail = failure.detail},
               "{}; starting again in {} ms", failure.message, delay_ms);
    }

    // Our slot is free by now. If another relay takes it, this one leaves for good; if nobody does,
    // our Kafka transaction had merely timed out (a frozen process), and the next life goes on.
    std::optional<ExitCode> after_fencing(const Failure &failure) {
        // A successor that found the slot busy tries again after slot.retry.delay.ms: looking for
        // a shorter time would miss it, and the two would fence each other without end.
        const auto watch_ms = std::max(config_.integer("outflow.fenced.backoff.ms"),
                                       config_.integer("slot.retry.delay.ms") + kTakeoverMs);
        const auto end = Clock::now() + std::chrono::milliseconds(watch_ms);
        log_warn("relay", {.code = failure.spec->code, .detail = failure.detail},
                 "fenced: the slot is released; looking whether another relay takes it");
        bool taken = false;
        while (Clock::now() < end) {
            taken = taken || slot_is_taken();
            if (!Shutdown::sleep(kLookMs)) return ExitCode::kOk;
        }
        if (!taken) return try_again(failure);
        report(failure);
        return ExitCode::kFenced;
    }

    bool slot_is_taken() {
        try {
            const SourceSettings settings = source_settings(config_, transactional_id(config_));
            Connection sql(settings, Connection::Kind::kSql);
            return slot_holder(&sql, settings.context.slot).has_value();
        } catch (const std::runtime_error &) {
            return false;  // the server cannot tell now
        }
    }

    const Config &config_;
    const RunOptions &options_;
    RunState state_;
    BackOff back_off_;
    const Clock::time_point begun_ = Clock::now();
    std::string told_;
    Clock::time_point told_at_;
};

}  // namespace

ExitCode run(const Config &config, const RunOptions &options) {
    Shutdown::install();
    return Run(config, options)();
}

}  // namespace outflow::relay
