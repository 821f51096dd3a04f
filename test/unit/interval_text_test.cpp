#include "core/interval_text.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

std::string micros_of(std::int32_t months, std::int32_t days, std::int64_t micros) {
    StringSink sink;
    write_json_interval_micros(&sink, months, days, micros);
    return sink.str();
}

std::string iso_of(std::int32_t months, std::int32_t days, std::int64_t micros) {
    StringSink sink;
    write_json_interval_iso(&sink, months, days, micros);
    return sink.str();
}

TEST(IntervalText, MicrosecondsAsMeasured) {
    // 1 year 2 mons 3 days 04:05:06.78
    EXPECT_EQ(micros_of(14, 3, 4 * kHour + 5 * kMinute + 6'780'000), "37091106780000");
    // 33 years 11 mons 17 days 13:59:59.999999
    EXPECT_EQ(micros_of(33 * 12 + 11, 17, 14 * kHour - 1), "1071847799999999");
    // -1 year -2 mons +3 days -04:05:06.000001
    EXPECT_EQ(micros_of(-14, 3, -(4 * kHour + 5 * kMinute + 6'000'001)), "-36572706000001");
    EXPECT_EQ(micros_of(0, 0, 290'000), "290000");
    EXPECT_EQ(micros_of(0, -1, kHour), "-82800000000");
    EXPECT_EQ(micros_of(178'000'000 * 12, 0, 0), "9223372036854775807");
    EXPECT_EQ(micros_of(-178'000'000 * 12, 0, 0), "-9223372036854775808");
    EXPECT_EQ(micros_of(0, 0, 0), "0");
    EXPECT_EQ(micros_of(1, 0, 0), "2629800000000");
}

TEST(IntervalText, IsoAsMeasured) {
    EXPECT_EQ(iso_of(14, 3, 4 * kHour + 5 * kMinute + 6'780'000), "\"P1Y2M3DT4H5M6.78S\"");
    EXPECT_EQ(iso_of(-14, 3, -(4 * kHour + 5 * kMinute + 6'000'001)),
              "\"P-1Y-2M3DT-4H-5M-6.000001S\"");
    EXPECT_EQ(iso_of(0, 0, -1'500'000), "\"P0Y0M0DT0H0M-1.5S\"");
    EXPECT_EQ(iso_of(-9, 0, 0), "\"P0Y-9M0DT0H0M0S\"");
    EXPECT_EQ(iso_of(0, 0, 0), "\"P0Y0M0DT0H0M0S\"");
    EXPECT_EQ(iso_of(0, 0, -1), "\"P0Y0M0DT0H0M-0.000001S\"");
    EXPECT_EQ(iso_of(0, 0, 30 * kSecond), "\"P0Y0M0DT0H0M30S\"");
}

// The driver adds whole seconds and fraction as doubles and the reference cuts the sum's text after
// nine decimals (seen on io.debezium.time.Interval and PGInterval themselves).
TEST(IntervalText, IsoKeepsTheDriversRounding) {
    EXPECT_EQ(iso_of(0, 0, 1'672'662), "\"P0Y0M0DT0H0M1.672661999S\"");
    EXPECT_EQ(iso_of(0, 0, -1'676'902), "\"P0Y0M0DT0H0M-1.676902S\"");
    EXPECT_EQ(iso_of(0, 0, 14'200'183), "\"P0Y0M0DT0H0M14.200182999S\"");
    EXPECT_EQ(iso_of(0, 0, -30'672'720), "\"P0Y0M0DT0H0M-30.672719999S\"");
}

TEST(IntervalText, HoursBeyond32BitsAreKept) {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(iso_of(0, 0, kMost), "\"P0Y0M0DT2562047788H0M54.775807S\"");
    EXPECT_EQ(iso_of(0, 0, std::numeric_limits<std::int64_t>::min()),
              "\"P0Y0M0DT-2562047788H0M-54.775808S\"");
    EXPECT_EQ(micros_of(0, 0, kMost), "9223372036854775807");
}

TEST(IntervalText, InfiniteIntervalsAreZero) {
    EXPECT_EQ(micros_of(INT32_MAX, INT32_MAX, INT64_MAX), "0");
    EXPECT_EQ(iso_of(INT32_MIN, INT32_MIN, INT64_MIN), "\"P0Y0M0DT0H0M0S\"");
    EXPECT_EQ(iso_of(INT32_MAX, 0, 0), "\"P178956970Y7M0DT0H0M0S\"");
}

TEST(IntervalText, SmallIntervalsWithoutMonthsAreExact) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 100000; ++round) {
        const auto days = static_cast<std::int32_t>(random() % 1000);
        const auto seconds = static_cast<std::int64_t>(random() % 86400);
        ASSERT_EQ(micros_of(0, days, seconds * kSecond),
                  std::to_string((days * 86400 + seconds) * kSecond));
    }
}

}  // namespace
}  // namespace outflow::core
