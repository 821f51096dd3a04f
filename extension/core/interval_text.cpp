#include "interval_text.h"

#include <limits>

#include "decimal_digits.h"
#include "float_text.h"
#include "json_writer.h"

namespace outflow::core {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr std::int64_t kMicrosPerHour = 60 * kMicrosPerMinute;

// The parts of the server's text; all of months, and all of the time, have one sign.
struct Parts {
    std::int32_t years;
    std::int32_t months;
    std::int32_t days;
    std::int64_t hours;
    std::int64_t minutes;
    // The driver's sum of whole seconds and fraction (PGInterval); often an ulp beside the value.
    double seconds;
};

template <typename Integer>
constexpr bool is_extreme(Integer value) {
    return value == std::numeric_limits<Integer>::max() ||
           value == std::numeric_limits<Integer>::min();
}

Parts split(std::int32_t months, std::int32_t days, std::int64_t micros) {
    if (is_extreme(months) && is_extreme(days) && is_extreme(micros)) return {};
    const auto whole_seconds = static_cast<double>(micros % kMicrosPerMinute / kMicrosPerSecond);
    const auto fraction_micros = static_cast<double>(micros % kMicrosPerSecond);
    return {months / 12,
            months % 12,
            days,
            micros / kMicrosPerHour,
            micros % kMicrosPerHour / kMicrosPerMinute,
            whole_seconds + fraction_micros / kMicrosPerSecond};
}

// Java's (long) of a double that is not NaN.
std::int64_t saturate(double value) {
    constexpr double kLimit = 9223372036854775808.0;  // 2^63
    if (value >= kLimit) return std::numeric_limits<std::int64_t>::max();
    if (value < -kLimit) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(value);
}

char *write_part(std::int64_t value, char unit, char *out) {
    out = write_int(value, out);
    *out = unit;
    return out + 1;
}

}  // namespace

void write_json_interval_micros(ByteSink *sink, std::int32_t months, std::int32_t days,
                                std::int64_t micros) {
    const Parts parts = split(months, days, micros);
    // The order of the reference's operations, each of which rounds (MicroDuration).
    const double all_days = (parts.years * 12 + parts.months) * 30.4375 + parts.days;
    const double hours = all_days * 24 + static_cast<double>(parts.hours);
    const double minutes = hours * 60 + static_cast<double>(parts.minutes);
    const double seconds = minutes * 60 + parts.seconds;
    write_json_int(sink, saturate(seconds * 1e6));
}

void write_json_interval_iso(ByteSink *sink, std::int32_t months, std::int32_t days,
                             std::int64_t micros) {
    const Parts parts = split(months, days, micros);
    char text[128];
    char *out = text;
    *out++ = 'P';
    out = write_part(parts.years, 'Y', out);
    out = write_part(parts.months, 'M', out);
    out = write_part(parts.days, 'D', out);
    *out++ = 'T';
    out = write_part(parts.hours, 'H', out);
    out = write_part(parts.minutes, 'M', out);
    char seconds[kFloatTextSize];
    const std::size_t size = format_double_nanos(parts.seconds, seconds);
    std::memcpy(out, seconds, size);
    out += size;
    *out++ = 'S';
    write_json_plain_string(sink, {text, static_cast<std::size_t>(out - text)});
}

}  // namespace outflow::core
