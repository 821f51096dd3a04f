#include "core/float_text.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

namespace outflow::core {
namespace {

std::string text_of(double value) {
    char text[kFloatTextSize];
    return {text, format_double(value, text)};
}

std::string text_of(float value) {
    char text[kFloatTextSize];
    return {text, format_float(value, text)};
}

std::string nanos(double value) {
    char text[kFloatTextSize];
    return {text, format_double_nanos(value, text)};
}

// The layout of Double.toString, from the text alone.
void expect_java_layout(std::string text) {
    if (text[0] == '-') text.erase(0, 1);
    const std::size_t exponent = text.find('E');
    const std::string plain = text.substr(0, exponent);
    const std::size_t point = plain.find('.');
    ASSERT_NE(point, std::string::npos) << text;
    ASSERT_GE(point, 1U) << text;
    ASSERT_LT(point + 1, plain.size()) << text;
    ASSERT_TRUE(plain.size() == point + 2 || plain.back() != '0') << text;
    if (exponent == std::string::npos) return;
    ASSERT_EQ(point, 1U) << text;
    ASSERT_NE(plain[0], '0') << text;
    const int power = std::stoi(text.substr(exponent + 1));
    ASSERT_TRUE(power < -3 || power >= 7) << text;
}

template <typename Float>
void expect_round_trip(Float value) {
    const std::string text = text_of(value);
    Float back = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), back);
    ASSERT_EQ(error, std::errc()) << text;
    ASSERT_EQ(end, text.data() + text.size()) << text;
    ASSERT_EQ(back, value) << text;
    ASSERT_EQ(std::signbit(back), std::signbit(value)) << text;
    expect_java_layout(text);
}

TEST(FloatText, LaysOutDoublesLikeJava) {
    EXPECT_EQ(text_of(0.0), "0.0");
    EXPECT_EQ(text_of(-0.0), "-0.0");
    EXPECT_EQ(text_of(1.0), "1.0");
    EXPECT_EQ(text_of(-2.0), "-2.0");
    EXPECT_EQ(text_of(0.001), "0.001");
    EXPECT_EQ(text_of(9.99e-4), "9.99E-4");
    EXPECT_EQ(text_of(9999999.0), "9999999.0");
    EXPECT_EQ(text_of(9999999.5), "9999999.5");
    EXPECT_EQ(text_of(1e7), "1.0E7");
    EXPECT_EQ(text_of(1.6777216e7), "1.6777216E7");
    EXPECT_EQ(text_of(1.7976931348623157e308), "1.7976931348623157E308");
    EXPECT_EQ(text_of(123456.789), "123456.789");
    EXPECT_EQ(text_of(100.0), "100.0");
    EXPECT_EQ(text_of(0.1), "0.1");
    EXPECT_EQ(text_of(1.5), "1.5");
}

TEST(FloatText, LaysOutFloatsWithTheirOwnDigits) {
    EXPECT_EQ(text_of(3.14F), "3.14");
    EXPECT_EQ(text_of(3.4028235e38F), "3.4028235E38");
    EXPECT_EQ(text_of(1.6777216e7F), "1.6777216E7");
    EXPECT_EQ(text_of(0.1F), "0.1");
    // JDK 18 and older print 1.17549435E-38.
    EXPECT_EQ(text_of(std::numeric_limits<float>::min()), "1.1754944E-38");
    EXPECT_EQ(text_of(std::numeric_limits<float>::denorm_min()), "1.4E-45");
}

TEST(FloatText, TakesTheNearestOfTwoDigitsWhereOneWouldDo) {
    EXPECT_EQ(text_of(4.9e-324), "4.9E-324");
    EXPECT_EQ(text_of(9.9e-324), "9.9E-324");
    EXPECT_EQ(text_of(1.5e-323), "1.5E-323");
    EXPECT_EQ(text_of(2e-323), "2.0E-323");
    EXPECT_EQ(text_of(1e23), "1.0E23");
    EXPECT_EQ(text_of(2e-44F), "2.0E-44");
}

TEST(FloatText, NamesWhatIsNotFinite) {
    EXPECT_EQ(text_of(std::nan("")), "NaN");
    EXPECT_EQ(text_of(-std::nan("")), "NaN");
    EXPECT_EQ(text_of(std::numeric_limits<double>::infinity()), "Infinity");
    EXPECT_EQ(text_of(-std::numeric_limits<float>::infinity()), "-Infinity");
}

TEST(FloatText, EveryRandomDoubleReadsBack) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 200000; ++round) {
        double value = std::bit_cast<double>(random());
        if (round % 3 == 1) value = static_cast<double>(random() % 100000000) / 1000;
        if (round % 3 == 2) value = std::bit_cast<double>(random() >> (12 + random() % 52));
        if (std::isfinite(value)) expect_round_trip(value);
    }
}

TEST(FloatText, EveryRandomFloatReadsBack) {
    std::mt19937_64 random(2);
    for (int round = 0; round < 200000; ++round) {
        const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
        if (std::isfinite(value)) expect_round_trip(value);
    }
}

TEST(FloatText, SecondsAreCutAfterNineDecimals) {
    EXPECT_EQ(nanos(0), "0");
    EXPECT_EQ(nanos(-3), "-3");
    EXPECT_EQ(nanos(50), "50");
    EXPECT_EQ(nanos(6.78), "6.78");
    EXPECT_EQ(nanos(0.000001), "0.000001");
    EXPECT_EQ(nanos(-0.000123), "-0.000123");
    EXPECT_EQ(nanos(1 + 0.672662), "1.672661999");
    EXPECT_EQ(nanos(-1 - 0.676902), "-1.676902");
    EXPECT_EQ(nanos(59.999999), "59.999999");
}

}  // namespace
}  // namespace outflow::core
