#include "core/numeric_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

// A numeric as the server holds it, from its text.
struct Numeric {
    explicit Numeric(std::string text, bool strip = true) {
        if (text[0] == '-') {
            view.negative = true;
            text.erase(0, 1);
        }
        const std::size_t point = text.find('.');
        std::string whole = text.substr(0, point);
        std::string decimals = point == std::string::npos ? "" : text.substr(point + 1);
        view.dscale = static_cast<std::uint16_t>(decimals.size());
        while (whole.size() % 4 != 0) whole.insert(0, 1, '0');
        while (decimals.size() % 4 != 0) decimals += '0';
        const std::string all = whole + decimals;
        for (std::size_t at = 0; at < all.size(); at += 4)
            digits.push_back(static_cast<std::int16_t>(std::stoi(all.substr(at, 4))));
        view.weight = static_cast<std::int16_t>(static_cast<int>(whole.size() / 4) - 1);
        view.digits = digits.data();
        view.ndigits = static_cast<int>(digits.size());
        if (!strip) return;
        while (view.ndigits > 0 && view.digits[0] == 0) {
            ++view.digits;
            --view.ndigits;
            --view.weight;
        }
        while (view.ndigits > 0 && view.digits[view.ndigits - 1] == 0) --view.ndigits;
        if (view.ndigits == 0) view.weight = 0;
    }
    Numeric(const Numeric &) = delete;
    Numeric &operator=(const Numeric &) = delete;

    NumericView view;
    std::vector<std::int16_t> digits;
};

NumericView special(NumericView::Kind kind) {
    NumericView view;
    view.kind = kind;
    return view;
}

std::string decimal(const NumericView &value, int scale) {
    StringSink sink;
    std::vector<char> scratch(numeric_scratch_bytes(value, scale));
    write_json_decimal(&sink, value, scale, scratch.data());
    return sink.str();
}
std::string decimal(const std::string &text, int scale) {
    const Numeric numeric(text);
    return decimal(numeric.view, scale);
}

std::string variable(const NumericView &value) {
    StringSink sink;
    std::vector<char> scratch(numeric_scratch_bytes(value, kOwnScale));
    write_json_variable_scale_decimal(&sink, value, scratch.data());
    return sink.str();
}
std::string variable(const std::string &text) {
    const Numeric numeric(text);
    return variable(numeric.view);
}

std::string as_string(const std::string &text, int scale = kOwnScale) {
    const Numeric numeric(text);
    StringSink sink;
    write_json_numeric_string(&sink, numeric.view, scale);
    return sink.str();
}

std::string as_double(const NumericView &value) {
    StringSink sink;
    write_json_numeric_double(&sink, value, nullptr);
    return sink.str();
}
std::string as_double(const std::string &text) {
    const Numeric numeric(text);
    return as_double(numeric.view);
}

double double_of(std::string text) {
    if (text[0] == '"') text = text.substr(1, text.size() - 2);  // an infinity
    return std::strtod(text.c_str(), nullptr);
}

std::string server_text(const NumericView &value) {
    StringSink sink;
    const std::size_t size = write_numeric_text(&sink, value);
    EXPECT_EQ(size, sink.size);
    return sink.str();
}

// Reference: schoolbook big integers, a byte a digit.

// The big-endian bytes of a decimal number.
std::vector<unsigned char> bytes_of(const std::string &decimal_digits) {
    std::vector<unsigned char> bytes{0};  // the least significant first
    for (const char digit : decimal_digits) {
        unsigned carry = static_cast<unsigned>(digit - '0');
        for (unsigned char &byte : bytes) {
            carry += 10U * byte;
            byte = static_cast<unsigned char>(carry);
            carry >>= 8;
        }
        if (carry != 0) bytes.push_back(static_cast<unsigned char>(carry));
    }
    return {bytes.rbegin(), bytes.rend()};
}

std::vector<unsigned char> two_complement(const std::string &decimal_digits, bool negative) {
    std::vector<unsigned char> bytes = bytes_of(decimal_digits);
    bytes.insert(bytes.begin(), 0);
    if (negative) {
        for (unsigned char &byte : bytes) byte = static_cast<unsigned char>(~byte);
        for (std::size_t at = bytes.size(); at-- > 0;) {
            if (++bytes[at] != 0) break;
        }
    }
    while (bytes.size() > 1 &&
           ((bytes[0] == 0 && bytes[1] < 0x80) || (bytes[0] == 0xFF && bytes[1] >= 0x80)))
        bytes.erase(bytes.begin());
    return bytes;
}

std::string base64_of(const std::vector<unsigned char> &bytes) {
    constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const unsigned char byte : bytes) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 6; bits -= 6) text += kAlphabet[held >> (bits - 6) & 63];
    }
    if (bits > 0) text += kAlphabet[held << (6 - bits) & 63];
    while (text.size() % 4 != 0) text += '=';
    return text;
}

// A decimal number without point, with `scale` decimals taken off or rounded half up.
std::string rescale(std::string digits, int from, int to) {
    if (to >= from) return digits + std::string(static_cast<std::size_t>(to - from), '0');
    const auto drop = static_cast<std::size_t>(from - to);
    digits.insert(0, drop + 1, '0');
    const bool up = digits[digits.size() - drop] >= '5';
    digits.resize(digits.size() - drop);
    for (std::size_t at = digits.size(); up && at-- > 0;) {
        if (digits[at] != '9') {
            ++digits[at];
            break;
        }
        digits[at] = '0';
    }
    return digits;
}

bool is_zero(const std::string &digits) {
    return digits.find_first_not_of('0') == std::string::npos;
}

std::string plain_text(std::string digits, int scale, bool negative) {
    const auto decimals = static_cast<std::size_t>(scale);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    const bool zero = is_zero(digits);
    std::string whole = digits.substr(0, digits.size() - decimals);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    std::string text = negative && !zero ? "-" : "";
    text += whole;
    if (scale > 0) text += "." + digits.substr(digits.size() - decimals);
    return text;
}

TEST(NumericText, DecimalIsTheUnscaledValue) {
    EXPECT_EQ(decimal("0", 0), "\"AA==\"");
    EXPECT_EQ(decimal("0.00", 2), "\"AA==\"");
    EXPECT_EQ(decimal("1.10", 2), "\"bg==\"");
    EXPECT_EQ(decimal("-1.10", 2), "\"kg==\"");
    EXPECT_EQ(decimal("1.28", 2), "\"AIA=\"");
    EXPECT_EQ(decimal("1.50", 2), "\"AJY=\"");
    EXPECT_EQ(decimal("-1.28", 2), "\"gA==\"");
    EXPECT_EQ(decimal("9999.99", 2), "\"D0I/\"");
    EXPECT_EQ(decimal("-9999.99", 2), "\"8L3B\"");
    EXPECT_EQ(decimal("1234.56", 2), "\"AeJA\"");
    EXPECT_EQ(decimal("-1.25", 2), "\"gw==\"");
    EXPECT_EQ(decimal("10.5", 1), "\"aQ==\"");
}

TEST(NumericText, DecimalOfMoreScaleThanDigits) {
    EXPECT_EQ(decimal("0.00012", 5), "\"DA==\"");
    EXPECT_EQ(decimal("-0.00001", 5), "\"/w==\"");
    EXPECT_EQ(decimal("5", 3), "\"E4g=\"");
}

TEST(NumericText, DecimalRoundsHalfUpBeyondItsScale) {
    EXPECT_EQ(decimal("1.104", 2), decimal("1.10", 2));
    EXPECT_EQ(decimal("1.105", 2), decimal("1.11", 2));
    EXPECT_EQ(decimal("-1.105", 2), decimal("-1.11", 2));
    EXPECT_EQ(decimal("9.9999", 0), decimal("10", 0));
    EXPECT_EQ(decimal("0.5", 0), decimal("1", 0));
    EXPECT_EQ(decimal("0.4999", 0), "\"AA==\"");
    EXPECT_EQ(decimal("-0.0004", 3), "\"AA==\"");
    EXPECT_EQ(decimal("0.00004999", 4), "\"AA==\"");
    EXPECT_EQ(decimal("0.00000000001", 2), "\"AA==\"");
    EXPECT_EQ(decimal("5000", -3), decimal("5000", 0)) << "a negative scale counts as 0";
}

TEST(NumericText, DecimalAtTheEdgesOfTheFastPaths) {
    for (const int count : {17, 18, 19, 37, 38, 39, 40, 76, 77}) {
        for (const char digit : {'1', '9'}) {
            const std::string digits(static_cast<std::size_t>(count), digit);
            for (const bool negative : {false, true}) {
                EXPECT_EQ(decimal((negative ? "-" : "") + digits, 0),
                          "\"" + base64_of(two_complement(digits, negative)) + "\"")
                    << count;
            }
        }
        const std::string nines(static_cast<std::size_t>(count), '9');
        EXPECT_EQ(
            decimal(nines + ".5", 0),
            "\"" + base64_of(two_complement("1" + std::string(nines.size(), '0'), false)) + "\"");
    }
    // Powers of two, where the sign takes a byte more for one sign than for the other.
    for (const std::string power :
         {"127", "128", "129", "32768", "9223372036854775807", "9223372036854775808",
          "9223372036854775809", "18446744073709551615", "18446744073709551616",
          "170141183460469231731687303715884105727", "170141183460469231731687303715884105728",
          "170141183460469231731687303715884105729", "340282366920938463463374607431768211456",
          "115792089237316195423570985008687907853269984665640564039457584007913129639936",
          "57896044618658097711785492504343953926634992332820282019728792003956564819968"}) {
        for (const bool negative : {false, true})
            EXPECT_EQ(decimal((negative ? "-" : "") + power, 0),
                      "\"" + base64_of(two_complement(power, negative)) + "\"")
                << power;
    }
}

TEST(NumericText, VariableScaleIsStrippedAndNeverNegative) {
    EXPECT_EQ(variable("10.50"), R"({"scale":1,"value":"aQ=="})");
    EXPECT_EQ(variable("100.00"), R"({"scale":0,"value":"ZA=="})");
    EXPECT_EQ(variable("0.000"), R"({"scale":0,"value":"AA=="})");
    EXPECT_EQ(variable("0"), R"({"scale":0,"value":"AA=="})");
    EXPECT_EQ(variable("10000000000"), R"({"scale":0,"value":"AlQL5AA="})");
    EXPECT_EQ(variable("0.00000000000000000001"), R"({"scale":20,"value":"AQ=="})");
    EXPECT_EQ(variable("-0.1000"), R"({"scale":1,"value":"/w=="})");
    EXPECT_EQ(variable("22.2200"), R"({"scale":2,"value":"CK4="})");
}

TEST(NumericText, StringsKeepTheirScale) {
    EXPECT_EQ(as_string("10.50"), "\"10.50\"");
    EXPECT_EQ(as_string("0.00"), "\"0.00\"");
    EXPECT_EQ(as_string("-1.10"), "\"-1.10\"");
    EXPECT_EQ(as_string("22.2200"), "\"22.2200\"");
    EXPECT_EQ(as_string("0.000"), "\"0.000\"");
    EXPECT_EQ(as_string("10000000000"), "\"10000000000\"");
    EXPECT_EQ(as_string("0.00000000000000000001"), "\"0.00000000000000000001\"");
    EXPECT_EQ(as_string("0"), "\"0\"");
    EXPECT_EQ(as_string("10000.0001"), "\"10000.0001\"");
    EXPECT_EQ(as_string("100000000"), "\"100000000\"");
}

TEST(NumericText, StringsTakeAnotherScale) {
    EXPECT_EQ(as_string("0", 2), "\"0.00\"");
    EXPECT_EQ(as_string("1.5", 6), "\"1.500000\"");
    EXPECT_EQ(as_string("1.25", 1), "\"1.3\"");
    EXPECT_EQ(as_string("-9.996", 2), "\"-10.00\"");
    EXPECT_EQ(as_string("9999.5", 0), "\"10000\"");
    EXPECT_EQ(as_string("9999.4999", 0), "\"9999\"");
    EXPECT_EQ(as_string("-0.001", 2), "\"0.00\"");
    EXPECT_EQ(as_string("0.12345", 4), "\"0.1235\"");
    EXPECT_EQ(as_string("0.00005", 4), "\"0.0001\"");
}

TEST(NumericText, DoublesAreTheNearestInJavasText) {
    EXPECT_EQ(as_double("0"), "0.0");
    EXPECT_EQ(as_double("0.00"), "0.0");
    EXPECT_EQ(as_double("-1.10"), "-1.1");
    EXPECT_EQ(as_double("0.00000000000000000001"), "1.0E-20");
    EXPECT_EQ(as_double("123456789012345678901234567890"), "1.2345678901234568E29");
    EXPECT_EQ(as_double("92233720368547758.07"), "9.223372036854776E16");
    EXPECT_EQ(as_double("9007199254740993"), "9.007199254740992E15");
    EXPECT_EQ(as_double("9007199254740993.0000000000000000000000001"), "9.007199254740994E15");
    EXPECT_EQ(as_double("1" + std::string(308, '0')), "1.0E308");
    EXPECT_EQ(as_double("1" + std::string(309, '0')), "\"Infinity\"");
    EXPECT_EQ(as_double("-1" + std::string(400, '0')), "\"-Infinity\"");
    EXPECT_EQ(as_double("0." + std::string(323, '0') + "3"), "4.9E-324");
    EXPECT_EQ(as_double("0." + std::string(323, '0') + "2"), "0.0");
    EXPECT_EQ(as_double("-0." + std::string(400, '0') + "1"), "-0.0");
}

TEST(NumericText, NamesWhatIsNotFinite) {
    using Kind = NumericView::Kind;
    const auto in_quotes = [](Kind kind) {
        StringSink sink;
        write_json_numeric_string(&sink, special(kind), 2);
        return sink.str();
    };
    EXPECT_EQ(in_quotes(Kind::kNaN), "\"NAN\"");
    EXPECT_EQ(in_quotes(Kind::kPositiveInfinity), "\"POSITIVE_INFINITY\"");
    EXPECT_EQ(in_quotes(Kind::kNegativeInfinity), "\"NEGATIVE_INFINITY\"");
    EXPECT_EQ(as_double(special(Kind::kNaN)), "\"NaN\"");
    EXPECT_EQ(as_double(special(Kind::kPositiveInfinity)), "\"Infinity\"");
    EXPECT_EQ(as_double(special(Kind::kNegativeInfinity)), "\"-Infinity\"");
    EXPECT_EQ(server_text(special(Kind::kNaN)), "NaN");
    EXPECT_EQ(server_text(special(Kind::kPositiveInfinity)), "Infinity");
    EXPECT_EQ(server_text(special(Kind::kNegativeInfinity)), "-Infinity");
    EXPECT_EQ(decimal(special(Kind::kNaN), 2), "null");
    EXPECT_EQ(variable(special(Kind::kNegativeInfinity)), "null");
    EXPECT_EQ(numeric_scratch_bytes(special(Kind::kNaN), 2), 0U);
}

TEST(NumericText, ANegativeZeroHasNoSign) {
    NumericView zero;
    zero.negative = true;
    zero.dscale = 2;
    EXPECT_EQ(server_text(zero), "0.00");
    EXPECT_EQ(decimal(zero, 2), "\"AA==\"");
    EXPECT_EQ(as_double(zero), "0.0");
}

TEST(NumericText, NeedsNoScratchUpTo38Digits) {
    EXPECT_EQ(numeric_scratch_bytes(Numeric(std::string(38, '9')).view, 0), 0U);
    EXPECT_EQ(numeric_scratch_bytes(Numeric(std::string(30, '9')).view, 8), 0U);
    EXPECT_GT(numeric_scratch_bytes(Numeric(std::string(30, '9')).view, 9), 0U);
    EXPECT_EQ(numeric_scratch_bytes(Numeric("0").view, 16383), 0U);
}

TEST(NumericText, RandomValuesAgreeWithSchoolbookArithmetic) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 30000; ++round) {
        std::string digits(1 + random() % (round % 100 == 0 ? 500 : 50), '0');
        const std::uint64_t zeros = random() % 4;
        for (char &digit : digits) {
            if (zeros == 0 || random() % 4 >= zeros) digit = static_cast<char>('0' + random() % 10);
        }
        const int scale = static_cast<int>(random() % (digits.size() + 8));
        const bool negative = random() % 2 == 0;
        const std::string text = plain_text(digits, scale, negative);
        const Numeric numeric(text, random() % 2 == 0);
        ASSERT_EQ(server_text(numeric.view), text);

        const int other = static_cast<int>(random() % static_cast<unsigned>(scale + 6));
        const std::string unscaled = rescale(digits, scale, other);
        ASSERT_EQ(decimal(numeric.view, other),
                  "\"" + base64_of(two_complement(unscaled, negative && !is_zero(unscaled))) + "\"")
            << text << " at " << other;
        StringSink sink;
        write_json_numeric_string(&sink, numeric.view, other);
        ASSERT_EQ(sink.str(), "\"" + plain_text(unscaled, other, negative) + "\"") << text;

        std::string stripped = digits;
        int least = scale;
        for (; least > 0 && (is_zero(stripped) || stripped.back() == '0'); --least) {
            if (!is_zero(stripped)) stripped.pop_back();
        }
        ASSERT_EQ(variable(numeric.view),
                  "{\"scale\":" + std::to_string(least) + ",\"value\":\"" +
                      base64_of(two_complement(stripped, negative && !is_zero(stripped))) + "\"}")
            << text;
        ASSERT_EQ(double_of(as_double(numeric.view)), double_of(text)) << text;
    }
}

TEST(NumericText, MidpointsOfDoublesRoundToEven) {
    std::mt19937_64 random(2);
    for (int round = 0; round < 2000; ++round) {
        // m + 1/2 for a 53-bit m is exactly between two doubles.
        const std::uint64_t whole = (std::uint64_t{1} << 52) + (random() >> 12);
        const std::string midpoint = std::to_string(whole) + ".5";
        for (const std::string &text :
             {midpoint, midpoint + std::string(random() % 2000, '0') + "1",
              std::to_string(whole) + ".4" + std::string(random() % 2000, '9')})
            ASSERT_EQ(double_of(as_double(text)), double_of(text));
    }
}

TEST(NumericText, TheLargestNumericIsWrittenWhole) {
    std::mt19937_64 random(3);
    std::string digits(131072 + 16383, '7');
    for (char &digit : digits) digit = static_cast<char>('1' + random() % 9);
    const std::string text = plain_text(digits, 16383, true);
    const Numeric numeric(text);
    ASSERT_EQ(server_text(numeric.view), text);
    EXPECT_EQ(as_double(numeric.view), "\"-Infinity\"");
    const std::string encoded = decimal(numeric.view, 16383);
    EXPECT_EQ(variable(numeric.view), "{\"scale\":16383,\"value\":" + encoded + "}");

    // Sixteen thousand digits are enough for the schoolbook.
    const std::string fewer = digits.substr(0, 16000);
    EXPECT_EQ(decimal(plain_text(fewer, 5000, true), 5000),
              "\"" + base64_of(two_complement(fewer, true)) + "\"");
}

std::string big_decimal(const std::string &text, int scale) {
    const Numeric numeric(text);
    StringSink sink;
    sink.append("x");
    write_big_decimal_text(&sink, numeric.view, scale);
    return sink.str().substr(1);
}

TEST(BigDecimalText, IsPlainDownToAMillionth) {
    EXPECT_EQ(big_decimal("10.50", 2), "10.50");
    EXPECT_EQ(big_decimal("-1.5", 3), "-1.500");
    EXPECT_EQ(big_decimal("0", 2), "0.00");
    EXPECT_EQ(big_decimal("0", 6), "0.000000");
    EXPECT_EQ(big_decimal("0.000001", 10), "0.0000010000");
    EXPECT_EQ(big_decimal("123456789", 0), "123456789");
    EXPECT_EQ(big_decimal("2.5", 0), "3");
}

TEST(BigDecimalText, HasAnExponentBelow) {
    EXPECT_EQ(big_decimal("0.0000001", 7), "1E-7");
    EXPECT_EQ(big_decimal("0", 7), "0E-7");
    EXPECT_EQ(big_decimal("-0.0000001234", 10), "-1.234E-7");
    EXPECT_EQ(big_decimal("0.0000001", 10), "1.000E-7");
    EXPECT_EQ(big_decimal("0.00000000000000000001", 20), "1E-20");
}

}  // namespace
}  // namespace outflow::core
