#include "time_text.h"

#include <limits>

#include "decimal_digits.h"
#include "json_writer.h"

namespace outflow::core {
namespace {

constexpr std::int64_t kMicrosPerMilli = 1000;
constexpr std::int64_t kMillisPerSecond = 1000;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::int64_t kMillisPerDay = kSecondsPerDay * kMillisPerSecond;
constexpr std::int64_t kMicrosPerDay = kSecondsPerDay * kMicrosPerSecond;

// PostgreSQL counts from 2000-01-01, everybody else from 1970-01-01.
constexpr std::int64_t kEpochDays = 10957;
constexpr std::int64_t kEpochSeconds = kEpochDays * kSecondsPerDay;

constexpr std::int32_t kPlusInfinityDate = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kMinusInfinityDate = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kPlusInfinity = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMinusInfinity = std::numeric_limits<std::int64_t>::min();

// Day 0 is 1970-01-01.
constexpr std::int64_t kGregorianStart = -141427;  // 1582-10-15
constexpr std::int64_t kJulianEnd = -141438;       // 1582-10-04, as the proleptic Gregorian has it

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
    const std::int64_t quotient = value / divisor;
    return quotient - (value % divisor < 0);
}

// A moment as java.time.Instant holds it.
struct Instant {
    std::int64_t seconds;  // since 1970
    std::int32_t micros;   // 0 to 999999
};

constexpr Instant from_server(std::int64_t micros) {
    const std::int64_t seconds = floor_divide(micros, kMicrosPerSecond);
    return {seconds + kEpochSeconds,
            static_cast<std::int32_t>(micros - seconds * kMicrosPerSecond)};
}

// What the driver's constants for infinity are as instants (PGStatement.DATE_POSITIVE_INFINITY,
// DATE_NEGATIVE_INFINITY).
constexpr Instant kPlusInfinityInstant{9223372036825, 200000};
constexpr Instant kMinusInfinityInstant{-9223372036833, 600000};

constexpr Instant timestamp_instant(std::int64_t micros) {
    if (micros == kPlusInfinity) return kPlusInfinityInstant;
    if (micros == kMinusInfinity) return kMinusInfinityInstant;
    return from_server(micros);
}

constexpr std::int64_t to_millis(Instant at) {
    return at.seconds * 1000 + at.micros / kMicrosPerMilli;
}

// As the reference adds: TimeUnit.SECONDS.toMicros saturates, the sum wraps.
constexpr std::int64_t to_micros(Instant at) {
    constexpr std::int64_t kLimit = std::numeric_limits<std::int64_t>::max() / kMicrosPerSecond;
    std::int64_t micros = at.seconds * kMicrosPerSecond;
    if (at.seconds > kLimit) micros = std::numeric_limits<std::int64_t>::max();
    if (at.seconds < -kLimit) micros = std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(micros) +
                                     static_cast<std::uint64_t>(at.micros));
}

// In days and the time of the day, as the reference adds, because that decides what overflows: all
// of 1677-09-21 does, though its later hours would fit.
bool to_nanos(Instant at, std::int64_t *nanos) {
    const std::int64_t days = floor_divide(at.seconds, kSecondsPerDay);
    const std::int64_t of_day =
        (at.seconds - days * kSecondsPerDay) * 1'000'000'000 + at.micros * std::int64_t{1000};
    std::int64_t whole = 0;
    return !__builtin_mul_overflow(days, kSecondsPerDay * 1'000'000'000, &whole) &&
           !__builtin_add_overflow(whole, of_day, nanos);
}

// Proleptic Gregorian; year 0 is 1 BC.
struct CivilDate {
    std::int64_t year;
    std::uint32_t month;
    std::uint32_t day;
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, 400 years
// are an era.
constexpr std::int64_t kDaysPerEra = 146097;
constexpr std::int64_t kMarchOfYear0 = 719468;  // days from 0000-03-01 to 1970-01-01

constexpr CivilDate civil_from_days(std::int64_t days) {
    days += kMarchOfYear0;
    const std::int64_t era = floor_divide(days, kDaysPerEra);
    const auto day_of_era = static_cast<std::uint32_t>(days - era * kDaysPerEra);
    const std::uint32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::uint32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::uint32_t march_month = (5 * day_of_year + 2) / 153;
    const std::uint32_t day = day_of_year - (153 * march_month + 2) / 5 + 1;
    const std::uint32_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2), month, day};
}

// Days of the March-based year before `date`.
constexpr std::int64_t day_of_march_year(const CivilDate &date) {
    const std::uint32_t march_month = date.month > 2 ? date.month - 3 : date.month + 9;
    return (153 * march_month + 2) / 5 + date.day - 1;
}

constexpr std::int64_t days_from_civil(const CivilDate &date) {
    const std::int64_t year = date.year - (date.month <= 2);
    const std::int64_t era = floor_divide(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    return era * kDaysPerEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
           day_of_march_year(date) - kMarchOfYear0;
}

// The day that has this date in the Julian calendar (0000-03-01 Julian is two days before the
// Gregorian one).
constexpr std::int64_t days_from_julian(const CivilDate &date) {
    const std::int64_t year = date.year - (date.month <= 2);
    return year * 365 + floor_divide(year, 4) + day_of_march_year(date) - (kMarchOfYear0 + 2);
}

static_assert(days_from_julian({1582, 10, 5}) == kGregorianStart);
static_assert(days_from_civil({1582, 10, 4}) == kJulianEnd);
static_assert(civil_from_days(kGregorianStart).day == 15);

char *write_date(std::int64_t days, char *out) {
    const CivilDate date = civil_from_days(days);
    std::int64_t year = date.year;
    if (year < 0) {
        *out++ = '-';
        year = -year;
    } else if (year > 9999) {
        *out++ = '+';
    }
    out = year <= 9999 ? write_four_digits(static_cast<std::uint32_t>(year), out)
                       : write_uint(static_cast<std::uint64_t>(year), out);
    *out++ = '-';
    out = write_two_digits(date.month, out);
    *out++ = '-';
    return write_two_digits(date.day, out);
}

char *write_clock(std::uint32_t second_of_day, char *out) {
    out = write_two_digits(second_of_day / 3600, out);
    *out++ = ':';
    out = write_two_digits(second_of_day / 60 % 60, out);
    *out++ = ':';
    return write_two_digits(second_of_day % 60, out);
}

// Exactly `precision` digits, cut; nothing for 0.
char *write_fixed_fraction(std::uint32_t micros, int precision, char *out) {
    if (precision <= 0) return out;
    *out = '.';
    write_two_digits(micros / 10000, out + 1);
    write_four_digits(micros % 10000, out + 3);
    return out + 1 + (precision < 6 ? precision : 6);
}

// As many digits as needed; nothing for 0.
char *write_minimal_fraction(std::uint32_t micros, char *out) {
    if (micros == 0) return out;
    out = write_fixed_fraction(micros, 6, out);
    while (out[-1] == '0') --out;
    return out;
}

char *write_date_and_clock(std::int64_t seconds, char *out) {
    const std::int64_t days = floor_divide(seconds, kSecondsPerDay);
    out = write_date(days, out);
    *out++ = 'T';
    return write_clock(static_cast<std::uint32_t>(seconds - days * kSecondsPerDay), out);
}

constexpr int kMillisDigits = 3;
constexpr std::size_t kTimeTextSize = 48;  // "+294276-12-31T23:59:59.999999Z" and room to spare

void write_text(ByteSink *sink, const char *text, char *end) {
    *end++ = 'Z';
    write_json_plain_string(sink, {text, static_cast<std::size_t>(end - text)});
}

void write_iso_date(ByteSink *sink, std::int64_t days) {
    char text[kTimeTextSize];
    write_text(sink, text, write_date(days, text));
}

void write_iso_time(ByteSink *sink, std::int64_t micros) {
    char text[kTimeTextSize];
    char *out = write_clock(static_cast<std::uint32_t>(micros / kMicrosPerSecond), text);
    out = write_minimal_fraction(static_cast<std::uint32_t>(micros % kMicrosPerSecond), out);
    write_text(sink, text, out);
}

void write_iso_timestamp(ByteSink *sink, Instant at) {
    char text[kTimeTextSize];
    char *out = write_date_and_clock(at.seconds, text);
    write_text(sink, text, write_minimal_fraction(static_cast<std::uint32_t>(at.micros), out));
}

void write_zoned_timestamp(ByteSink *sink, Instant at, int precision) {
    char text[kTimeTextSize];
    char *out = write_date_and_clock(at.seconds, text);
    out = write_fixed_fraction(static_cast<std::uint32_t>(at.micros), precision, out);
    write_text(sink, text, out);
}

void write_epoch_day(ByteSink *sink, std::int64_t days, TimePrecisionMode mode) {
    if (mode == TimePrecisionMode::kIsoString)
        write_iso_date(sink, days);
    else
        write_json_int(sink, static_cast<std::int32_t>(days));
}

void write_time(ByteSink *sink, std::int64_t micros, int precision, TimePrecisionMode mode) {
    switch (mode) {
        case TimePrecisionMode::kAdaptive:
            return write_json_int(sink, precision <= 3 ? micros / kMicrosPerMilli : micros);
        case TimePrecisionMode::kAdaptiveTimeMicroseconds:
        case TimePrecisionMode::kMicroseconds:
            return write_json_int(sink, micros);
        case TimePrecisionMode::kConnect:
            return write_json_int(sink, micros / kMicrosPerMilli);
        case TimePrecisionMode::kIsoString:
            return write_iso_time(sink, micros % kMicrosPerDay);
        case TimePrecisionMode::kNanoseconds:
            return write_json_int(sink, micros * 1000);
    }
}

bool write_timestamp(ByteSink *sink, Instant at, int precision, TimePrecisionMode mode) {
    switch (mode) {
        case TimePrecisionMode::kAdaptive:
        case TimePrecisionMode::kAdaptiveTimeMicroseconds:
            write_json_int(sink, precision <= 3 ? to_millis(at) : to_micros(at));
            return true;
        case TimePrecisionMode::kConnect:
            write_json_int(sink, to_millis(at));
            return true;
        case TimePrecisionMode::kIsoString:
            write_iso_timestamp(sink, at);
            return true;
        case TimePrecisionMode::kMicroseconds:
            write_json_int(sink, to_micros(at));
            return true;
        case TimePrecisionMode::kNanoseconds:
            break;
    }
    std::int64_t nanos = 0;
    if (!to_nanos(at, &nanos)) return false;
    write_json_int(sink, nanos);
    return true;
}

constexpr bool is_infinite(std::int64_t micros) {
    return micros == kPlusInfinity || micros == kMinusInfinity;
}

// Infinite timestamps do not fit into nanoseconds; the reference has constants for them.
bool write_infinite_nanos(ByteSink *sink, std::int64_t micros, TimePrecisionMode mode) {
    if (mode != TimePrecisionMode::kNanoseconds || !is_infinite(micros)) return false;
    write_json_int(sink, micros);
    return true;
}

// The day that java.sql.Date and Timestamp show by their fields for the text of `days`: they keep
// year, month and day but not the era, and read the ten days that the calendar reform left out as
// Julian ones.
constexpr std::int64_t day_by_java_fields(std::int64_t days) {
    if (days >= kGregorianStart) return days;
    if (days > kJulianEnd) return days + 10;
    const CivilDate date = civil_from_days(days);
    return date.year > 0 ? days : days_from_civil({1 - date.year, date.month, date.day});
}

constexpr bool is_leap_day_before_christ(std::int64_t days) {
    const CivilDate date = civil_from_days(days);
    return date.year <= 0 && date.month == 2 && date.day == 29;
}

std::int64_t utc_time_of_day(std::int64_t micros, std::int32_t zone_seconds_west) {
    const std::int64_t utc = micros + zone_seconds_west * kMicrosPerSecond;
    return utc - floor_divide(utc, kMicrosPerDay) * kMicrosPerDay;
}

// Connect's Values shows every java.util.Date by the same rule, whatever its schema: below one day
// (all before 1970 too) a time of day, without a time of day a date, else both.
void write_java_date(ByteSink *sink, std::int64_t millis) {
    const std::int64_t day = floor_divide(millis, kMillisPerDay);
    const std::int64_t of_day = millis - day * kMillisPerDay;
    char text[kTimeTextSize] = {};
    char *out = text;
    if (millis >= kMillisPerDay) out = write_date(day, out);
    const char *begin = text[0] == '+' && out != text ? text + 1 : text;
    if (millis < kMillisPerDay || of_day != 0) {
        if (out != text) *out++ = 'T';
        out = write_clock(static_cast<std::uint32_t>(of_day / kMillisPerSecond), out);
        const auto micros = static_cast<std::uint32_t>(of_day % kMillisPerSecond * kMicrosPerMilli);
        out = write_fixed_fraction(micros, kMillisDigits, out);
        *out++ = 'Z';
    }
    sink->append({begin, static_cast<std::size_t>(out - begin)});
}

}  // namespace

void write_json_date(ByteSink *sink, std::int32_t days, TimePrecisionMode mode) {
    // +infinity wraps, as in the reference, and so does its text.
    write_epoch_day(sink, static_cast<std::int32_t>(days + kEpochDays), mode);
}

void write_json_time(ByteSink *sink, std::int64_t micros, int precision, TimePrecisionMode mode) {
    write_time(sink, micros, precision, mode);
}

bool write_json_timestamp(ByteSink *sink, std::int64_t micros, int precision,
                          TimePrecisionMode mode) {
    return write_infinite_nanos(sink, micros, mode) ||
           write_timestamp(sink, timestamp_instant(micros), precision, mode);
}

void write_json_infinite_default_date(ByteSink *sink, bool past, TimePrecisionMode mode) {
    // LocalDate.MAX and MIN; their days do not fit an int32, and are cut.
    constexpr std::int64_t kMax = 365'241'780'471;
    constexpr std::int64_t kMin = -365'243'219'162;
    if (mode == TimePrecisionMode::kIsoString)
        write_json_plain_string(sink, past ? "-999999999-01-01Z" : "+999999999-12-31Z");
    else
        write_json_int(sink, static_cast<std::int32_t>(past ? kMin : kMax));
}

void write_json_infinite_default_timestamp(ByteSink *sink, bool past, int precision,
                                           TimePrecisionMode mode) {
    // Seconds become microseconds up to the largest int64, and the fraction goes beyond it.
    constexpr std::int64_t kWrapped = -9'223'372'036'853'775'810;
    constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();
    switch (mode) {
        case TimePrecisionMode::kIsoString:
            return write_json_plain_string(
                sink, past ? "-999999999-01-01T00:00:00Z" : "+999999999-12-31T23:59:59.999999999Z");
        case TimePrecisionMode::kAdaptive:
        case TimePrecisionMode::kAdaptiveTimeMicroseconds:
            if (precision <= kMillisDigits) return;
            [[fallthrough]];
        case TimePrecisionMode::kMicroseconds:
            return write_json_int(sink, past ? kSmallest : kWrapped);
        case TimePrecisionMode::kConnect:
        case TimePrecisionMode::kNanoseconds:
            return;
    }
}

void write_json_timestamptz(ByteSink *sink, std::int64_t micros, int precision) {
    if (micros == kPlusInfinity) return write_json_plain_string(sink, "infinity");
    if (micros == kMinusInfinity) return write_json_plain_string(sink, "-infinity");
    write_zoned_timestamp(sink, from_server(micros), precision);
}

void write_json_default_timestamptz(ByteSink *sink, std::int64_t micros, int precision) {
    if (precision > 0)
        write_zoned_timestamp(sink, from_server(micros), precision);
    else
        write_iso_timestamp(sink, from_server(micros));
}

void write_json_timetz(ByteSink *sink, std::int64_t micros, std::int32_t zone_seconds_west) {
    write_iso_time(sink, utc_time_of_day(micros, zone_seconds_west));
}

void write_header_date(ByteSink *sink, std::int32_t days) {
    write_java_date(sink, static_cast<std::int32_t>(days + kEpochDays) * kMillisPerDay);
}

void write_header_time(ByteSink *sink, std::int64_t micros) {
    write_java_date(sink, micros / kMicrosPerMilli);
}

void write_header_timestamp(ByteSink *sink, std::int64_t micros) {
    const Instant at = timestamp_instant(micros);
    write_java_date(sink, at.seconds * kMillisPerSecond + at.micros / kMicrosPerMilli);
}

void write_json_date_in_array(ByteSink *sink, std::int32_t days, TimePrecisionMode mode) {
    // The driver's constants for infinity, by their fields. Their days do not fit into 32 bits.
    if (days == kPlusInfinityDate)
        return write_epoch_day(sink, days_from_civil({292278994, 8, 16}), mode);
    if (days == kMinusInfinityDate)
        return write_epoch_day(sink, days_from_civil({292269055, 12, 2}), mode);
    write_epoch_day(sink, day_by_java_fields(days + kEpochDays), mode);
}

void write_json_time_in_array(ByteSink *sink, std::int64_t micros, int precision,
                              TimePrecisionMode mode) {
    const std::int64_t millis = micros % kMicrosPerDay / kMicrosPerMilli;
    write_time(sink, millis * kMicrosPerMilli, precision, mode);
}

bool write_json_timestamp_in_array(ByteSink *sink, std::int64_t micros, int precision,
                                   TimePrecisionMode mode) {
    if (write_infinite_nanos(sink, micros, mode)) return true;
    Instant at = timestamp_instant(micros);
    if (!is_infinite(micros) && at.seconds < kGregorianStart * kSecondsPerDay) {
        const std::int64_t days = floor_divide(at.seconds, kSecondsPerDay);
        at.seconds += (days_from_julian(civil_from_days(days)) - days) * kSecondsPerDay;
    }
    return write_timestamp(sink, at, precision, mode);
}

void write_json_timestamptz_in_array(ByteSink *sink, std::int64_t micros, int precision) {
    if (micros == kMinusInfinity) {
        // java.sql.Timestamp of the driver's constant, printed by its fields without the era.
        constexpr Instant kWithoutEra{
            days_from_civil({292269055, 12, 2}) * kSecondsPerDay + 23 * 3600, 0};
        return write_zoned_timestamp(sink, kWithoutEra, precision);
    }
    Instant at = from_server(micros);
    if (micros == kPlusInfinity || at.seconds >= kGregorianStart * kSecondsPerDay)
        return write_json_timestamptz(sink, micros, precision);
    const std::int64_t days = floor_divide(at.seconds, kSecondsPerDay);
    at.seconds += (day_by_java_fields(days) - days) * kSecondsPerDay;
    write_zoned_timestamp(sink, at, precision);
}

bool spoils_date_array(std::int32_t days) {
    return days != kMinusInfinityDate && is_leap_day_before_christ(days + kEpochDays);
}

bool spoils_timestamptz_array(std::int64_t micros) {
    if (is_infinite(micros)) return false;
    return is_leap_day_before_christ(floor_divide(from_server(micros).seconds, kSecondsPerDay));
}

void write_json_timetz_in_array(ByteSink *sink, std::int64_t micros,
                                std::int32_t zone_seconds_west) {
    const std::int64_t utc = utc_time_of_day(micros, zone_seconds_west);
    write_iso_time(sink, utc - utc % kMicrosPerSecond);
}

}  // namespace outflow::core
