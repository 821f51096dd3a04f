// The relay's log: lines on stderr, readable on a terminal, one JSON object each otherwise
// (operability: `outflow.log.format`, `outflow.log.level`). Any thread may log. Never log row data
// above trace, and never a secret.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace outflow::relay {

enum class LogLevel : std::uint8_t { kTrace, kDebug, kInfo, kWarn, kError, kOff };
enum class LogFormat : std::uint8_t { kAutomatic, kText, kJson };  // automatic: text on a terminal

// Where something happened. Empty members are left out.
struct LogFields {
    std::string_view slot;
    std::string_view lsn;
    std::string_view table;
    std::string_view topic;
    std::string_view code;  // OUT-….
    std::string_view detail;
    std::string_view next;
    int partition = -1;
};

// Call before other threads start; until then the log is text from level info on.
void configure_log(LogFormat format, LogLevel level);
bool log_enabled(LogLevel level);
void write_log(LogLevel level, std::string_view component, const LogFields &fields,
               std::string_view message);

// Collapses warnings that repeat: the first is written, the next only after a minute, with a count.
// Not thread-safe.
class RepeatFilter {
 public:
    static constexpr std::int64_t kPeriodMs = 60'000;

    // Whether to write the line now; `suppressed`: how often it was held back since the last time.
    bool admit(std::int64_t time_ms, std::string_view line, int *suppressed);

 private:
    struct Seen {
        std::string line;
        std::int64_t since_ms = 0;
        int suppressed = 0;
    };
    // The lines of late; the oldest makes room.
    std::array<Seen, 16> seen_;
    std::size_t next_ = 0;
};

// One line without its newline, as it is written; separate for the tests.
struct LogLine {
    std::int64_t time_ms = 0;  // since the epoch, UTC
    LogLevel level = LogLevel::kInfo;
    std::string_view component;
    LogFields fields;
    std::string_view message;
};
std::string format_text_line(const LogLine &line);
std::string format_json_line(const LogLine &line);

template <typename... Args>
void log_at(LogLevel level, std::string_view component, const LogFields &fields,
            fmt::format_string<Args...> format, Args &&...args) {
    if (!log_enabled(level)) return;
    write_log(level, component, fields, fmt::format(format, std::forward<Args>(args)...));
}

#define OUTFLOW_LOG_FUNCTION(name, level)                                                       \
    template <typename... Args>                                                                 \
    void name(std::string_view component, const LogFields &fields,                              \
              fmt::format_string<Args...> format, Args &&...args) {                             \
        log_at(level, component, fields, format, std::forward<Args>(args)...);                  \
    }                                                                                           \
    template <typename... Args>                                                                 \
    void name(std::string_view component, fmt::format_string<Args...> format, Args &&...args) { \
        log_at(level, component, LogFields{}, format, std::forward<Args>(args)...);             \
    }

OUTFLOW_LOG_FUNCTION(log_debug, LogLevel::kDebug)
OUTFLOW_LOG_FUNCTION(log_info, LogLevel::kInfo)
OUTFLOW_LOG_FUNCTION(log_warn, LogLevel::kWarn)
OUTFLOW_LOG_FUNCTION(log_error, LogLevel::kError)
#undef OUTFLOW_LOG_FUNCTION

}  // namespace outflow::relay
