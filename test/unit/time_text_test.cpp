#include "core/time_text.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

using Mode = TimePrecisionMode;
constexpr Mode kModes[] = {Mode::kAdaptive,     Mode::kAdaptiveTimeMicroseconds,
                           Mode::kConnect,      Mode::kIsoString,
                           Mode::kMicroseconds, Mode::kNanoseconds};

constexpr std::int32_t kDateInfinity = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kDateMinusInfinity = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kInfinity = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMinusInfinity = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kHour = 3600 * kSecond;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kUnixEpoch = -10957 * kDay;  // as the server counts

// Values as the server holds them, by the calendar of <chrono>.
constexpr std::int32_t date(int year, unsigned month, unsigned day) {
    using namespace std::chrono;
    const sys_days days =
        std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return static_cast<std::int32_t>(days.time_since_epoch().count() - 10957);
}
constexpr std::int64_t at_time(int hour, int minute, int second, int micros = 0) {
    return hour * kHour + minute * 60 * kSecond + second * kSecond + micros;
}
constexpr std::int64_t at(std::int32_t days, std::int64_t time_of_day = 0) {
    return days * kDay + time_of_day;
}
// Years that <chrono> does not reach repeat every 400 years.
constexpr std::int32_t far_date(int year, unsigned month, unsigned day) {
    const int eras = year / 400;
    return date(year - 400 * eras, month, day) + eras * 146097;
}

template <typename Write, typename... Arguments>
std::string written(Write write, Arguments... arguments) {
    StringSink sink;
    write(&sink, arguments...);
    return sink.str();
}

std::string timestamp(std::int64_t micros, int precision, Mode mode) {
    StringSink sink;
    const bool fits = write_json_timestamp(&sink, micros, precision, mode);
    EXPECT_EQ(fits, sink.size != 0);
    return fits ? sink.str() : "null";
}

std::string timestamp_in_array(std::int64_t micros, int precision, Mode mode) {
    StringSink sink;
    const bool fits = write_json_timestamp_in_array(&sink, micros, precision, mode);
    EXPECT_EQ(fits, sink.size != 0);
    return fits ? sink.str() : "null";
}

// One line of the table in wire format §13.
struct InEachMode {
    std::string adaptive;
    std::string connect;
    std::string iso;
    std::string micros;
    std::string nanos;

    const std::string &of(Mode mode) const {
        switch (mode) {
            case Mode::kConnect:
                return connect;
            case Mode::kIsoString:
                return iso;
            case Mode::kMicroseconds:
                return micros;
            case Mode::kNanoseconds:
                return nanos;
            default:
                return adaptive;
        }
    }
};

void expect_date(std::int32_t days, const std::string &number, const std::string &iso) {
    for (const Mode mode : kModes)
        EXPECT_EQ(written(write_json_date, days, mode), mode == Mode::kIsoString ? iso : number);
}

void expect_timestamp(std::int64_t micros, int precision, const InEachMode &expected) {
    for (const Mode mode : kModes)
        EXPECT_EQ(timestamp(micros, precision, mode), expected.of(mode)) << static_cast<int>(mode);
}

TEST(TimeText, DatesInEachMode) {
    expect_date(date(2024, 1, 31), "19753", "\"2024-01-31Z\"");
    expect_date(date(-43, 3, 15), "-735160", "\"-0043-03-15Z\"");
    expect_date(date(-4712, 1, 1), "-2440550", "\"-4712-01-01Z\"");
    expect_date(far_date(5874897, 12, 31), "2145042905", "\"+5874897-12-31Z\"");
    expect_date(date(1970, 1, 1), "0", "\"1970-01-01Z\"");
    expect_date(date(0, 12, 31), "-719163", "\"0000-12-31Z\"");
    expect_date(date(9999, 12, 31), "2932896", "\"9999-12-31Z\"");
    expect_date(date(10000, 1, 1), "2932897", "\"+10000-01-01Z\"");
}

TEST(TimeText, InfiniteDatesWrap) {
    expect_date(kDateInfinity, "-2147472692", "\"-5877611-06-21Z\"");
    expect_date(kDateMinusInfinity, "-2147472691", "\"-5877611-06-22Z\"");
}

TEST(TimeText, TimesInEachMode) {
    const auto expect_time = [](std::int64_t micros, int precision, const InEachMode &expected) {
        for (const Mode mode : kModes) {
            const std::string &text = mode == Mode::kAdaptiveTimeMicroseconds
                                          ? expected.of(Mode::kMicroseconds)
                                          : expected.of(mode);
            EXPECT_EQ(written(write_json_time, micros, precision, mode), text);
        }
    };
    expect_time(at_time(10, 20, 11, 123000), 3,
                {"37211123", "37211123", "\"10:20:11.123Z\"", "37211123000", "37211123000000"});
    expect_time(
        at_time(10, 20, 11, 123456), 6,
        {"37211123456", "37211123", "\"10:20:11.123456Z\"", "37211123456", "37211123456000"});
    expect_time(kDay, 3,
                {"86400000", "86400000", "\"00:00:00Z\"", "86400000000", "86400000000000"});
    expect_time(kDay, 6,
                {"86400000000", "86400000", "\"00:00:00Z\"", "86400000000", "86400000000000"});
    expect_time(0, 0, {"0", "0", "\"00:00:00Z\"", "0", "0"});
    expect_time(at_time(23, 59, 59, 100000), 4,
                {"86399100000", "86399100", "\"23:59:59.1Z\"", "86399100000", "86399100000000"});
}

TEST(TimeText, TimestampsInEachMode) {
    expect_timestamp(at(date(2024, 1, 31), at_time(10, 20, 11)), 0,
                     {"1706696411000", "1706696411000", "\"2024-01-31T10:20:11Z\"",
                      "1706696411000000", "1706696411000000000"});
    expect_timestamp(at(date(2024, 1, 31), at_time(10, 20, 11, 500000)), 6,
                     {"1706696411500000", "1706696411500", "\"2024-01-31T10:20:11.5Z\"",
                      "1706696411500000", "1706696411500000000"});
    expect_timestamp(at(date(-43, 3, 15), 12 * kHour), 6,
                     {"-63517780800000000", "-63517780800000", "\"-0043-03-15T12:00:00Z\"",
                      "-63517780800000000", "null"});
    expect_timestamp(at(date(1582, 10, 10), 12 * kHour + 1), 6,
                     {"-12219681599999999", "-12219681600000", "\"1582-10-10T12:00:00.000001Z\"",
                      "-12219681599999999", "null"});
    expect_timestamp(at(date(1970, 1, 1)) - 1, 6,
                     {"-1", "-1", "\"1969-12-31T23:59:59.999999Z\"", "-1", "-1000"});
    expect_timestamp(at(date(1970, 1, 1)), 3, {"0", "0", "\"1970-01-01T00:00:00Z\"", "0", "0"});
}

TEST(TimeText, MicrosecondsWrapWhereTheReferenceWraps) {
    const std::int64_t last = at(far_date(294276, 12, 31), kDay - 1);
    EXPECT_EQ(last, 9223371331199999999);
    expect_timestamp(last, 6,
                     {"-9223372036853775810", "9224318015999999",
                      "\"+294276-12-31T23:59:59.999999Z\"", "-9223372036853775810", "null"});
    // The last second that fits, and the first that saturates.
    const std::int64_t edge = kUnixEpoch + (kInfinity - 775807);
    EXPECT_EQ(timestamp(edge, 6, Mode::kAdaptive), "9223372036854000000");
    EXPECT_EQ(timestamp(edge + 775807, 6, Mode::kAdaptive), "9223372036854775807");
    EXPECT_EQ(timestamp(edge + 775808, 6, Mode::kAdaptive), "-9223372036854775808");
    EXPECT_EQ(timestamp(edge + kSecond, 6, Mode::kAdaptive), "9223372036854775807");
    EXPECT_EQ(timestamp(edge + kSecond + 1, 6, Mode::kAdaptive), "-9223372036854775808");
}

TEST(TimeText, NanosecondsOutOfRangeAppendNothing) {
    const auto nanos = [](std::int64_t micros) { return timestamp(micros, 6, Mode::kNanoseconds); };
    EXPECT_EQ(nanos(at(date(2262, 4, 11), at_time(23, 47, 16, 854775))), "9223372036854775000");
    EXPECT_EQ(nanos(at(date(2262, 4, 11), at_time(23, 47, 16, 854776))), "null");
    EXPECT_EQ(nanos(at(date(1677, 9, 22))), "-9223286400000000000");
    // Would fit from 00:12:43.145225 on, but the reference multiplies whole days first.
    EXPECT_EQ(nanos(at(date(1677, 9, 22)) - 1), "null");
}

TEST(TimeText, InfiniteTimestamps) {
    const InEachMode plus{"9223372036825200", "9223372036825200", "\"+294247-01-10T04:00:25.2Z\"",
                          "9223372036825200000", "9223372036854775807"};
    const InEachMode minus{"-9223372036832400", "-9223372036832400",
                           "\"-290308-12-21T19:59:27.6Z\"", "-9223372036832400000",
                           "-9223372036854775808"};
    for (const int precision : {0, 3}) {
        expect_timestamp(kInfinity, precision, plus);
        expect_timestamp(kMinusInfinity, precision, minus);
    }
    EXPECT_EQ(timestamp(kInfinity, 6, Mode::kAdaptive), "9223372036825200000");
    EXPECT_EQ(timestamp(kMinusInfinity, 6, Mode::kAdaptive), "-9223372036832400000");
    EXPECT_EQ(timestamp(kInfinity, 6, Mode::kConnect), "9223372036825200");
    EXPECT_EQ(timestamp(kMinusInfinity, 6, Mode::kConnect), "-9223372036832400");
}

TEST(TimeText, TimestamptzHasAFixedFraction) {
    const std::int64_t moment = at(date(2020, 4, 1), at_time(11, 51, 2));
    EXPECT_EQ(written(write_json_timestamptz, moment, 6), "\"2020-04-01T11:51:02.000000Z\"");
    EXPECT_EQ(written(write_json_timestamptz, moment + 120000, 3), "\"2020-04-01T11:51:02.120Z\"");
    EXPECT_EQ(written(write_json_timestamptz, moment + 200000, 1), "\"2020-04-01T11:51:02.2Z\"");
    EXPECT_EQ(written(write_json_timestamptz, moment, 0), "\"2020-04-01T11:51:02Z\"");
    EXPECT_EQ(written(write_json_timestamptz, kUnixEpoch, 6), "\"1970-01-01T00:00:00.000000Z\"");
    EXPECT_EQ(written(write_json_timestamptz, at(date(2020, 2, 3), at_time(2, 5, 6, 789000)), 6),
              "\"2020-02-03T02:05:06.789000Z\"");
}

TEST(TimeText, TimestamptzBeyondFourDigitYears) {
    EXPECT_EQ(written(write_json_timestamptz, at(date(21016, 1, 1)), 6),
              "\"+21016-01-01T00:00:00.000000Z\"");
    EXPECT_EQ(written(write_json_timestamptz, at(date(-43, 3, 15)), 0),
              "\"-0043-03-15T00:00:00Z\"");
    EXPECT_EQ(written(write_json_timestamptz, at(date(0, 6, 1)), 0), "\"0000-06-01T00:00:00Z\"");
    EXPECT_EQ(written(write_json_timestamptz, kInfinity, 6), "\"infinity\"");
    EXPECT_EQ(written(write_json_timestamptz, kMinusInfinity, 3), "\"-infinity\"");
}

TEST(TimeText, TimetzIsUtcWithAVariableFraction) {
    EXPECT_EQ(written(write_json_timetz, at_time(11, 51, 30, 123000), 0), "\"11:51:30.123Z\"");
    EXPECT_EQ(written(write_json_timetz, at_time(12, 0, 0), -7200), "\"10:00:00Z\"");
    EXPECT_EQ(written(write_json_timetz, at_time(1, 0, 0), -7200), "\"23:00:00Z\"");
    EXPECT_EQ(written(write_json_timetz, at_time(23, 0, 0, 1), 7200), "\"01:00:00.000001Z\"");
    EXPECT_EQ(written(write_json_timetz, kDay, 0), "\"00:00:00Z\"");
    // 12:00:00+01:30:15 stops the reference.
    EXPECT_EQ(written(write_json_timetz, at_time(12, 0, 0), -5415), "\"10:29:45Z\"");
}

TEST(TimeTextInArrays, TimesLoseMicrosecondsAndMidnightWraps) {
    const std::int64_t micros = at_time(10, 20, 30, 123456);
    EXPECT_EQ(written(write_json_time_in_array, micros, 6, Mode::kAdaptive), "37230123000");
    EXPECT_EQ(written(write_json_time_in_array, micros, 3, Mode::kAdaptive), "37230123");
    EXPECT_EQ(written(write_json_time_in_array, micros, 6, Mode::kConnect), "37230123");
    EXPECT_EQ(written(write_json_time_in_array, micros, 6, Mode::kIsoString), "\"10:20:30.123Z\"");
    EXPECT_EQ(written(write_json_time_in_array, micros, 6, Mode::kNanoseconds), "37230123000000");
    EXPECT_EQ(written(write_json_time_in_array, kDay, 6, Mode::kAdaptive), "0");
}

TEST(TimeTextInArrays, TimetzLosesItsFraction) {
    EXPECT_EQ(written(write_json_timetz_in_array, at_time(10, 20, 30, 500000), -7200),
              "\"08:20:30Z\"");
    EXPECT_EQ(written(write_json_timetz_in_array, kDay, 0), "\"00:00:00Z\"");
}

TEST(TimeTextInArrays, LeapDaysBeforeChristSpoilThem) {
    EXPECT_TRUE(spoils_date_array(date(-400, 2, 29)));
    EXPECT_TRUE(spoils_date_array(date(0, 2, 29)));
    EXPECT_FALSE(spoils_date_array(date(-400, 3, 1)));
    EXPECT_FALSE(spoils_date_array(date(4, 2, 29)));
    EXPECT_FALSE(spoils_date_array(kDateMinusInfinity));
    EXPECT_FALSE(spoils_date_array(kDateInfinity));
    EXPECT_TRUE(spoils_timestamptz_array(at(date(-4, 2, 29), kDay - 1)));
    EXPECT_FALSE(spoils_timestamptz_array(at(date(-4, 2, 29)) - 1));
    EXPECT_FALSE(spoils_timestamptz_array(kInfinity));
    EXPECT_FALSE(spoils_timestamptz_array(kMinusInfinity));
}

TEST(TimeTextInArrays, TimestampsBeforeTheCalendarReformAreJulian) {
    EXPECT_EQ(timestamp_in_array(at(date(-43, 3, 15), 12 * kHour), 6, Mode::kAdaptive),
              "-63517953600000000");
    EXPECT_EQ(timestamp_in_array(at(date(1582, 10, 10)), 6, Mode::kAdaptive), "-12218860800000000");
    EXPECT_EQ(timestamp_in_array(at(date(1582, 10, 15)), 6, Mode::kAdaptive),
              timestamp(at(date(1582, 10, 15)), 6, Mode::kAdaptive));
    EXPECT_EQ(timestamp_in_array(at(date(1582, 10, 10)), 0, Mode::kIsoString),
              "\"1582-10-20T00:00:00Z\"");
    EXPECT_EQ(
        timestamp_in_array(at(date(2024, 1, 31), at_time(10, 20, 11, 500000)), 6, Mode::kAdaptive),
        "1706696411500000");
    for (const Mode mode : kModes) {
        EXPECT_EQ(timestamp_in_array(kInfinity, 6, mode), timestamp(kInfinity, 6, mode));
        EXPECT_EQ(timestamp_in_array(kMinusInfinity, 3, mode), timestamp(kMinusInfinity, 3, mode));
    }
    EXPECT_EQ(timestamp_in_array(at(date(1000, 1, 1)), 6, Mode::kNanoseconds), "null");
}

TEST(TimeTextInArrays, JulianDatesAgreeWithACountDayByDay) {
    // 1582-10-04 Julian was the day before 1582-10-15 Gregorian.
    std::int64_t day = date(1582, 10, 14) + 10957;
    int year = 1582;
    unsigned month = 10;
    unsigned day_of_month = 4;
    constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    while (year > -4713) {
        using namespace std::chrono;
        const year_month_day same_name =
            std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day_of_month);
        if (same_name.ok()) {  // else 29 February of a year that is only Julian
            const std::int64_t micros = at(date(year, month, day_of_month), kHour);
            ASSERT_EQ(timestamp_in_array(micros, 6, Mode::kMicroseconds),
                      std::to_string(day * kDay + kHour))
                << year << "-" << month << "-" << day_of_month;
        }
        --day;
        if (--day_of_month != 0) continue;
        if (--month == 0) {
            month = 12;
            --year;
        }
        day_of_month = kDays[month - 1] + (month == 2 && year % 4 == 0);
    }
}

TEST(TimeTextInArrays, DatesLoseTheirEra) {
    const auto adaptive = [](std::int32_t days) {
        return written(write_json_date_in_array, days, Mode::kAdaptive);
    };
    EXPECT_EQ(adaptive(date(-43, 3, 15)), "-703383");
    EXPECT_EQ(adaptive(date(1582, 10, 10)), "-141422");
    EXPECT_EQ(adaptive(date(1582, 10, 4)), "-141438");
    EXPECT_EQ(adaptive(date(1582, 10, 15)), "-141427");
    EXPECT_EQ(adaptive(date(1000, 1, 1)),
              written(write_json_date, date(1000, 1, 1), Mode::kConnect));
    EXPECT_EQ(adaptive(date(2024, 1, 31)), "19753");
    EXPECT_EQ(adaptive(kDateInfinity), "-622191234");
    EXPECT_EQ(adaptive(kDateMinusInfinity), "-625821272");
    const auto iso = [](std::int32_t days) {
        return written(write_json_date_in_array, days, Mode::kIsoString);
    };
    EXPECT_EQ(iso(date(-43, 3, 15)), "\"0044-03-15Z\"");
    EXPECT_EQ(iso(kDateInfinity), "\"+292278994-08-16Z\"");
    EXPECT_EQ(iso(kDateMinusInfinity), "\"+292269055-12-02Z\"");
}

TEST(TimeTextInArrays, TimestamptzLosesItsEra) {
    EXPECT_EQ(written(write_json_timestamptz_in_array, kInfinity, 6), "\"infinity\"");
    EXPECT_EQ(written(write_json_timestamptz_in_array, kMinusInfinity, 6),
              "\"+292269055-12-02T23:00:00.000000Z\"");
    EXPECT_EQ(written(write_json_timestamptz_in_array, at(date(2020, 4, 1), 1), 6),
              "\"2020-04-01T00:00:00.000001Z\"");
    EXPECT_EQ(written(write_json_timestamptz_in_array, at(date(-43, 3, 15), kHour), 6),
              "\"0044-03-15T01:00:00.000000Z\"");
    EXPECT_EQ(written(write_json_timestamptz_in_array, at(date(1582, 10, 5), kHour), 0),
              "\"1582-10-15T01:00:00Z\"");
    EXPECT_EQ(written(write_json_timestamptz_in_array, at(date(1582, 10, 4), kHour), 0),
              "\"1582-10-04T01:00:00Z\"");
}

std::string iso_by_chrono(std::int64_t micros, int precision, bool fixed) {
    using namespace std::chrono;
    const std::int64_t unix_micros = micros - kUnixEpoch;
    const sys_time<microseconds> moment{microseconds(unix_micros)};
    const sys_days day = floor<days>(moment);
    const year_month_day ymd{day};
    const hh_mm_ss<microseconds> clock{moment - day};
    const int year = static_cast<int>(ymd.year());
    char text[64];
    std::snprintf(text, sizeof text, "%s%04d-%02u-%02uT%02d:%02d:%02d",
                  year < 0 ? "-" : (year > 9999 ? "+" : ""), std::abs(year),
                  static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%06d", static_cast<int>(clock.subseconds().count()));
    std::string digits(fraction);
    if (fixed) {
        digits.resize(precision == 0 ? 0 : static_cast<std::size_t>(precision) + 1);
    } else {
        digits.erase(digits.find_last_not_of("0.") + 1);
    }
    return "\"" + (text + digits) + "Z\"";
}

TEST(TimeText, RandomMomentsAgreeWithChrono) {
    std::mt19937_64 random(1);
    // The calendar of <chrono> ends with the year 32767; int64 microseconds reach further.
    const std::int64_t least = at(date(-4713, 11, 24));
    const std::int64_t most = at(date(32767, 12, 31));
    for (int round = 0; round < 200000; ++round) {
        std::int64_t micros =
            least + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most - least));
        if (round % 2 == 0) micros = micros / kSecond * kSecond + 1000 * (round % 7);
        const int precision = round % 7;
        ASSERT_EQ(written(write_json_timestamptz, micros, precision),
                  iso_by_chrono(micros, precision, true));
        ASSERT_EQ(timestamp(micros, 6, Mode::kIsoString), iso_by_chrono(micros, 6, false));
        ASSERT_EQ(timestamp(micros, 6, Mode::kAdaptive), std::to_string(micros - kUnixEpoch));
    }
}

TEST(DefaultTime, InfinityIsTheEndOfJavasCalendar) {
    const auto day = write_json_infinite_default_date;
    EXPECT_EQ(written(day, false, Mode::kAdaptive), "169560311");
    EXPECT_EQ(written(day, true, Mode::kConnect), "-170999002");
    EXPECT_EQ(written(day, false, Mode::kIsoString), R"("+999999999-12-31Z")");
    const auto timestamp = write_json_infinite_default_timestamp;
    EXPECT_EQ(written(timestamp, false, 6, Mode::kAdaptive), "-9223372036853775810");
    EXPECT_EQ(written(timestamp, false, 3, Mode::kAdaptive), "");
    EXPECT_EQ(written(timestamp, true, 6, Mode::kIsoString), R"("-999999999-01-01T00:00:00Z")");
}

TEST(TimeText, EveryDayOfFourCenturiesAgreesWithChrono) {
    using namespace std::chrono;
    for (std::int32_t days = date(1799, 12, 31); days <= date(2200, 1, 2); ++days) {
        const year_month_day ymd{sys_days{std::chrono::days(days + 10957)}};
        char text[32];
        std::snprintf(text, sizeof text, "\"%04d-%02u-%02uZ\"", static_cast<int>(ymd.year()),
                      static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
        ASSERT_EQ(written(write_json_date, days, Mode::kIsoString), text);
    }
}

template <typename Value>
std::string in_header(void (*write)(ByteSink *, Value), Value value) {
    StringSink sink;
    write(&sink, value);
    return sink.str();
}

TEST(HeaderTime, ShowsMillisecondsAndNoQuotes) {
    EXPECT_EQ(in_header(write_header_date, date(2024, 2, 1)), "2024-02-01");
    EXPECT_EQ(in_header(write_header_time, at_time(10, 20, 30, 123456)), "10:20:30.123Z");
    EXPECT_EQ(in_header(write_header_timestamp, at(date(2024, 1, 31), at_time(10, 20, 30, 500000))),
              "2024-01-31T10:20:30.500Z");
}

// org.apache.kafka.connect.data.Values of 4.3.0 printed these.
TEST(HeaderTime, LooksAtTheInstantAloneAsJavaDoes) {
    EXPECT_EQ(in_header(write_header_date, date(1970, 1, 1)), "00:00:00.000Z");
    EXPECT_EQ(in_header(write_header_date, date(1970, 1, 2)), "1970-01-02");
    EXPECT_EQ(in_header(write_header_date, date(1, 1, 1)), "00:00:00.000Z");
    EXPECT_EQ(in_header(write_header_date, date(10000, 1, 1)), "10000-01-01");
    EXPECT_EQ(in_header(write_header_time, kDay), "1970-01-02");
    EXPECT_EQ(in_header(write_header_timestamp, at(date(2024, 1, 31), 0)), "2024-01-31");
    EXPECT_EQ(in_header(write_header_timestamp, at(date(1970, 1, 1), -1)), "23:59:59.999Z");
    EXPECT_EQ(in_header(write_header_timestamp, at(date(1970, 1, 2), 1000)),
              "1970-01-02T00:00:00.001Z");
}

}  // namespace
}  // namespace outflow::core
