#include "app/log.h"

#include <fmt/chrono.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>

#include "core/json_writer.h"
#include "core/string_sink.h"

namespace outflow::relay {
namespace {

std::atomic<bool> json_format{false};

spdlog::level::level_enum to_spdlog(LogLevel level) {
    switch (level) {
        case LogLevel::kTrace:
            return spdlog::level::trace;
        case LogLevel::kDebug:
            return spdlog::level::debug;
        case LogLevel::kInfo:
            return spdlog::level::info;
        case LogLevel::kWarn:
            return spdlog::level::warn;
        case LogLevel::kError:
            return spdlog::level::err;
        case LogLevel::kOff:
            return spdlog::level::off;
    }
    return spdlog::level::info;
}

// The lines are composed here: spdlog's patterns do not escape. It supplies the level gate and a
// sink that threads may share.
spdlog::logger &logger() {
    static const std::unique_ptr<spdlog::logger> instance = [] {
        auto made = std::make_unique<spdlog::logger>(
            "outflow", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        made->flush_on(spdlog::level::trace);
        return made;
    }();
    return *instance;
}

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// False when the line is a repetition that has to wait; else the message may get a count.
bool admit(LogLevel level, std::string_view component, std::int64_t time_ms, std::string *message) {
    static std::mutex mutex;
    static RepeatFilter filter;
    if (level != LogLevel::kWarn) return true;
    int suppressed = 0;
    const std::lock_guard<std::mutex> lock(mutex);
    if (!filter.admit(time_ms, fmt::format("{}:{}", component, *message), &suppressed))
        return false;
    if (suppressed > 0)
        *message += fmt::format(" (×{} in {} s)", suppressed + 1, RepeatFilter::kPeriodMs / 1000);
    return true;
}

std::string_view level_name(LogLevel level) {
    switch (level) {
        case LogLevel::kTrace:
            return "trace";
        case LogLevel::kDebug:
            return "debug";
        case LogLevel::kInfo:
            return "info";
        case LogLevel::kWarn:
            return "warn";
        case LogLevel::kError:
            return "error";
        case LogLevel::kOff:
            break;
    }
    return "off";
}

void append_member(core::ByteSink *line, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (line->size > 1) core::write_json_comma(line);
    core::write_json_name(line, name);
    core::write_json_string(line, value);
}

// A line break or a control character in a message must not forge a second line.
void append_plain(std::string *line, std::string_view text) {
    for (const char byte : text) {
        line->push_back(static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F ? ' ' : byte);
    }
}

void append_pair(std::string *line, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    line->append(" ").append(name).append("=");
    append_plain(line, value);
}

void append_indented(std::string *line, std::string_view lines) {
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        line->append("\n    ");
        append_plain(line, lines.substr(0, end));
        if (end == std::string_view::npos) return;
        lines.remove_prefix(end + 1);
    }
}

std::tm utc(std::int64_t time_ms) { return fmt::gmtime(static_cast<std::time_t>(time_ms / 1000)); }
std::tm local(std::int64_t time_ms) {
    const auto seconds = static_cast<std::time_t>(time_ms / 1000);
    std::tm result{};
    localtime_r(&seconds, &result);
    return result;
}

}  // namespace

void configure_log(LogFormat format, LogLevel level) {
    json_format = format == LogFormat::kJson ||
                  (format == LogFormat::kAutomatic && isatty(STDERR_FILENO) == 0);
    logger().set_level(to_spdlog(level));
}

bool log_enabled(LogLevel level) { return logger().should_log(to_spdlog(level)); }

void write_log(LogLevel level, std::string_view component, const LogFields &fields,
               std::string_view message) {
    LogLine line;
    line.time_ms = now_ms();
    std::string counted(message);
    if (!admit(level, component, line.time_ms, &counted)) return;
    line.level = level;
    line.component = component;
    line.fields = fields;
    line.message = counted;
    const std::string text = json_format ? format_json_line(line) : format_text_line(line);
    logger().log(to_spdlog(level), spdlog::string_view_t(text.data(), text.size()));
}

bool RepeatFilter::admit(std::int64_t time_ms, std::string_view line, int *suppressed) {
    for (Seen &seen : seen_) {
        if (seen.line != line) continue;
        if (time_ms - seen.since_ms < kPeriodMs) {
            ++seen.suppressed;
            return false;
        }
        *suppressed = seen.suppressed;
        seen.since_ms = time_ms;
        seen.suppressed = 0;
        return true;
    }
    seen_[next_] = {std::string(line), time_ms, 0};
    next_ = (next_ + 1) % seen_.size();
    *suppressed = 0;
    return true;
}

std::string format_text_line(const LogLine &line) {
    std::string text = fmt::format("{:%H:%M:%S}.{:03} {:<5} ", local(line.time_ms),
                                   line.time_ms % 1000, level_name(line.level));
    if (!line.fields.code.empty()) text.append(line.fields.code).append(" ");
    text.append(line.component).append(": ");
    append_plain(&text, line.message);
    append_pair(&text, "slot", line.fields.slot);
    append_pair(&text, "lsn", line.fields.lsn);
    append_pair(&text, "table", line.fields.table);
    append_pair(&text, "topic", line.fields.topic);
    if (line.fields.partition >= 0)
        text.append(fmt::format(" partition={}", line.fields.partition));
    append_indented(&text, line.fields.detail);
    append_indented(&text, line.fields.next);
    return text;
}

std::string format_json_line(const LogLine &line) {
    core::StringSink json;
    core::begin_json_object(&json);
    append_member(
        &json, "ts",
        fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", utc(line.time_ms), line.time_ms % 1000));
    append_member(&json, "level", level_name(line.level));
    append_member(&json, "logger", line.component);
    append_member(&json, "msg", line.message);
    append_member(&json, "code", line.fields.code);
    append_member(&json, "slot", line.fields.slot);
    append_member(&json, "lsn", line.fields.lsn);
    append_member(&json, "table", line.fields.table);
    append_member(&json, "topic", line.fields.topic);
    if (line.fields.partition >= 0) {
        core::write_json_comma(&json);
        core::write_json_name(&json, "partition");
        core::write_json_int(&json, line.fields.partition);
    }
    append_member(&json, "detail", line.fields.detail);
    append_member(&json, "next", line.fields.next);
    core::end_json_object(&json);
    return json.str();
}

}  // namespace outflow::relay
