// Dates and times as Debezium prints them, from PostgreSQL's binary values: dates are days since
// 2000-01-01, times microseconds of the day, timestamps microseconds since 2000-01-01 00:00; the
// extreme values of the integers are -infinity and infinity. Proleptic Gregorian calendar, years
// beyond 9999 with a sign, BC astronomical (1 BC is 0000).
#pragma once

#include <cstdint>

#include "byte_sink.h"

namespace outflow::core {

// Debezium's time.precision.mode.
enum class TimePrecisionMode : std::uint8_t {
    kAdaptive,
    kAdaptiveTimeMicroseconds,
    kConnect,
    kIsoString,
    kMicroseconds,
    kNanoseconds,
};

// `precision` is the declared number of decimals of a second, 0 to 6 (6 where none is declared).
void write_json_date(ByteSink *sink, std::int32_t days, TimePrecisionMode mode);
void write_json_time(ByteSink *sink, std::int64_t micros, int precision, TimePrecisionMode mode);
// False, and nothing appended, when the value does not fit into nanoseconds.
[[nodiscard]] bool write_json_timestamp(ByteSink *sink, std::int64_t micros, int precision,
                                        TimePrecisionMode mode);
// A string in every mode; the fraction has exactly `precision` digits.
void write_json_timestamptz(ByteSink *sink, std::int64_t micros, int precision);
// A column's default: all digits where the column has none (precision 0).
void write_json_default_timestamptz(ByteSink *sink, std::int64_t micros, int precision);
// 'infinity' and '-infinity' as a column's default. Of a timestamp nothing where the reference
// fails to convert it.
void write_json_infinite_default_date(ByteSink *sink, bool past, TimePrecisionMode mode);
void write_json_infinite_default_timestamp(ByteSink *sink, bool past, int precision,
                                           TimePrecisionMode mode);
// `zone_seconds_west` as in TimeTzADT (east of Greenwich negative). Converted to UTC; the fraction
// has no trailing zeros.
void write_json_timetz(ByteSink *sink, std::int64_t micros, std::int32_t zone_seconds_west);

// How a header shows the values of connect mode, which are java.util.Date there: without quotes, to
// the millisecond.
void write_header_date(ByteSink *sink, std::int32_t days);
void write_header_time(ByteSink *sink, std::int64_t micros);
void write_header_timestamp(ByteSink *sink, std::int64_t micros);

// The same as array elements, where the reference takes another way, through java.sql objects: it
// loses fractions and eras, and reads days before 1582-10-15 by the Julian calendar.
void write_json_date_in_array(ByteSink *sink, std::int32_t days, TimePrecisionMode mode);
void write_json_time_in_array(ByteSink *sink, std::int64_t micros, int precision,
                              TimePrecisionMode mode);
[[nodiscard]] bool write_json_timestamp_in_array(ByteSink *sink, std::int64_t micros, int precision,
                                                 TimePrecisionMode mode);
void write_json_timestamptz_in_array(ByteSink *sink, std::int64_t micros, int precision);
// A leap day before Christ has no such day in the year of the same number after Christ: there the
// reference gives the whole array up. Days and microseconds since 2000, as the server counts.
bool spoils_date_array(std::int32_t days);
bool spoils_timestamptz_array(std::int64_t micros);
void write_json_timetz_in_array(ByteSink *sink, std::int64_t micros,
                                std::int32_t zone_seconds_west);

}  // namespace outflow::core
