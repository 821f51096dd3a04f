#include "core/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

std::string json_string(std::string_view text) {
    StringSink sink;
    write_json_string(&sink, text);
    return sink.str();
}

template <typename Write, typename... Arguments>
std::string written(Write write, Arguments... arguments) {
    StringSink sink;
    write(&sink, arguments...);
    return sink.str();
}

// A copy without a terminator or slack behind it, so that a sanitizer sees a read outside.
struct Exact {
    explicit Exact(std::string_view text) : bytes(new char[text.size()]), size(text.size()) {
        if (size != 0) std::memcpy(bytes.get(), text.data(), size);
    }
    std::string_view view() const { return {bytes.get(), size}; }
    std::unique_ptr<char[]> bytes;
    std::size_t size;
};

// Gives exactly what is asked for, and remembers how much there was at most.
struct MeanSink : ByteSink {
    MeanSink() {
        grow = [](ByteSink *sink, std::size_t extra) {
            auto *self = static_cast<MeanSink *>(sink);
            auto larger = std::make_unique<char[]>(sink->size + extra);
            if (sink->size != 0) std::memcpy(larger.get(), sink->data, sink->size);
            self->storage = std::move(larger);
            sink->data = self->storage.get();
            sink->capacity = sink->size + extra;
            ++self->grown;
        };
    }
    std::unique_ptr<char[]> storage;
    int grown = 0;
};

// What write_json_string promises, one character at a time.
std::string escaped_slowly(std::string_view text) {
    const auto byte_at = [text](std::size_t index) -> unsigned {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const auto escape = [](unsigned unit) {
        char buffer[16];
        std::snprintf(buffer, sizeof buffer, "\\u%04X", unit);
        return std::string(buffer);
    };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const unsigned byte = byte_at(at);
        if (byte < 0x80) {
            const std::string_view short_form = "\b\t\n\f\r\"\\";
            const std::size_t found = short_form.find(static_cast<char>(byte));
            if (found != std::string_view::npos)
                out += std::string("\\") + "btnfr\"\\"[found];
            else
                out += byte < 0x20 ? escape(byte) : std::string(1, static_cast<char>(byte));
            ++at;
            continue;
        }
        const int length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        std::uint32_t point = byte & (0xFFU >> (length + 1));
        const std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        std::size_t taken = 1;
        bool good = byte >= 0xC2 && byte <= 0xF4;
        for (int index = 1; good && index < length; ++index) {
            const unsigned next = byte_at(at + taken);
            if ((next & 0xC0) != 0x80) {
                good = false;
                break;
            }
            point = point << 6 | (next & 0x3F);
            // The first two bytes already say whether the whole can be a character.
            if (index == 1) {
                const std::uint32_t low = point << (6 * (length - 2));
                const std::uint32_t high = low | ((1U << (6 * (length - 2))) - 1);
                if (high < least[length] || low > 0x10FFFF) {
                    good = false;
                    break;
                }
            }
            ++taken;
        }
        // Java takes all of a surrogate for one mistake.
        if (!good || (point >= 0xD800 && point <= 0xDFFF))
            out += "\xEF\xBF\xBD";
        else if (length < 4)
            out += text.substr(at, taken);
        else
            out += escape(0xD800 + ((point - 0x10000) >> 10)) +
                   escape(0xDC00 + ((point - 0x10000) & 0x3FF));
        at += taken;
    }
    return out;
}

std::string utf8(std::uint32_t point) {
    std::string out;
    if (point < 0x80) return out + static_cast<char>(point);
    const auto tail = [&](int shift) { return static_cast<char>(0x80 | (point >> shift & 0x3F)); };
    if (point < 0x800) return out + static_cast<char>(0xC0 | point >> 6) + tail(0);
    if (point < 0x10000) return out + static_cast<char>(0xE0 | point >> 12) + tail(6) + tail(0);
    return out + static_cast<char>(0xF0 | point >> 18) + tail(12) + tail(6) + tail(0);
}

TEST(JsonString, EscapesLikeJackson) {
    EXPECT_EQ(json_string("plain"), "\"plain\"");
    EXPECT_EQ(json_string(""), "\"\"");
    EXPECT_EQ(json_string("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(json_string("\b\t\n\f\r"), R"("\b\t\n\f\r")");
    EXPECT_EQ(json_string("\x1b[0m"), R"("\u001B[0m")");
    EXPECT_EQ(json_string(std::string_view("\0\x01\x1f", 3)), R"("\u0000\u0001\u001F")");
    EXPECT_EQ(json_string("\x0b"), R"("\u000B")");
}

TEST(JsonString, LeavesEverythingElseOfTheBmpRaw) {
    for (const std::string text : {"/<>&'", "\x7f", "\u2028\u2029", "\uFEFF", "\u00e9\u0416\u6f22",
                                   "\uD7FF\uE000\uFFFD\uFFFF"})
        EXPECT_EQ(json_string(text), "\"" + text + "\"");
}

TEST(JsonString, WritesCharactersAboveTheBmpAsTwoEscapes) {
    EXPECT_EQ(json_string("\U0001F600"), R"("\uD83D\uDE00")");
    EXPECT_EQ(json_string("k\U0001F600\U00010000\U0010FFFF"),
              R"("k\uD83D\uDE00\uD800\uDC00\uDBFF\uDFFF")");
}

TEST(JsonString, EscapesTextThatIsJsonItself) {
    EXPECT_EQ(json_string("{\"a\":\"1/2\",\"k\\uD83D\\uDE00\":null}"),
              R"("{\"a\":\"1/2\",\"k\\uD83D\\uDE00\":null}")");
}

TEST(JsonString, ReplacesWhatIsNotUtf8) {
    constexpr char kBad[] = "\xEF\xBF\xBD";
    const auto expect_replaced = [&](std::string_view bytes, int times, std::string_view rest) {
        std::string expected = "\"";
        while (times-- > 0) expected += kBad;
        EXPECT_EQ(json_string(bytes), expected.append(rest) + "\"");
    };
    expect_replaced("\xff", 1, "");
    expect_replaced("\x80", 1, "");
    expect_replaced("\xc0\xaf", 2, "");          // overlong
    expect_replaced("\xe0\x80\x80", 3, "");      // overlong
    expect_replaced("\xed\xa0\x80", 1, "");      // a surrogate
    expect_replaced("\xed\xa0x", 1, "x");        // half of one
    expect_replaced("\xf4\x90\x80\x80", 4, "");  // above U+10FFFF
    expect_replaced("\xe2\x82", 1, "");          // cut
    expect_replaced("\xf0\x9f\x98", 1, "");      // cut
    expect_replaced("\xf0\x9f\x98\"", 1, "\\\"");
    expect_replaced("\xe2\x82x", 1, "x");
}

TEST(JsonString, EveryCharacterAtEveryPlaceOfAShortString) {
    const std::string specials[] = {
        "\"",   "\\",     "\n",     std::string(1, '\0'), "\x1f", " ",       "!", "#", "[", "]",
        "\x7f", "\u00e9", "\u6f22", "\U0001F600",         "\xff", "\xe2\x82"};
    for (std::size_t length = 0; length <= 70; ++length) {
        for (std::size_t at = 0; at <= length; ++at) {
            for (const std::string &special : specials) {
                std::string text(length, 'a');
                text.insert(at, special);
                const Exact exact(text);
                ASSERT_EQ(json_string(exact.view()), "\"" + escaped_slowly(text) + "\"")
                    << length << " " << at;
            }
        }
    }
}

TEST(JsonString, EveryCodePointSurvivesAStrictParser) {
    std::string text;
    for (std::uint32_t point = 0; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 97) {
        if (point >= 0xD800 && point <= 0xDFFF) continue;
        text += utf8(point);
    }
    EXPECT_EQ(nlohmann::json::parse(json_string(text)).get<std::string>(), text);
}

TEST(JsonString, RandomTextSurvivesAStrictParser) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        const std::size_t length = random() % 100;
        while (text.size() < length) {
            std::uint32_t point = 0;
            switch (random() % 6) {
                case 0:
                    point = static_cast<std::uint32_t>(random() % 0x110000);
                    break;
                case 1:
                    point = static_cast<std::uint32_t>(random() % 0x30);
                    break;
                case 2:
                    point = static_cast<std::uint32_t>(random() % 0x3000);
                    break;
                default:
                    point = static_cast<std::uint32_t>(0x20 + random() % 0x5F);
            }
            if (point >= 0xD800 && point <= 0xDFFF) continue;
            text += utf8(point);
        }
        const Exact exact(text);
        const std::string written_text = json_string(exact.view());
        ASSERT_EQ(written_text, "\"" + escaped_slowly(text) + "\"");
        ASSERT_EQ(nlohmann::json::parse(written_text).get<std::string>(), text);
    }
}

TEST(JsonString, RandomBytesGiveValidJson) {
    std::mt19937_64 random(2);
    const std::string leads = "\xc2\xdf\xe0\xe1\xed\xef\xf0\xf3\xf4\xf5\x80\xbf\x9f\xa0\x90\x8f";
    for (int round = 0; round < 50000; ++round) {
        std::string bytes(random() % 60, 'a');
        for (char &byte : bytes) {
            const std::uint64_t pick = random() % 4;
            if (pick == 0) byte = static_cast<char>(random());
            if (pick == 1) byte = leads[random() % leads.size()];
        }
        const Exact exact(bytes);
        const std::string text = json_string(exact.view());
        ASSERT_EQ(text, "\"" + escaped_slowly(bytes) + "\"");
        ASSERT_TRUE(nlohmann::json::accept(text));
    }
}

TEST(JsonString, GrowsInPieces) {
    std::mt19937_64 random(3);
    for (const std::string unit :
         {"\x01", "\"", "\U0001F600", "a", "\xff", "aaaaaaaaa\"", "\u0416"}) {
        std::string text;
        for (int count = 0; count < 5000; ++count) text += unit;
        MeanSink sink;
        sink.append("before");
        write_json_string(&sink, text);
        ASSERT_EQ(sink.view(), "before\"" + escaped_slowly(text) + "\"");
        EXPECT_LT(sink.capacity, sink.size + 2048);
        EXPECT_LT(sink.grown, 1000);
    }
}

TEST(JsonString, ReservesOnceForPlainMegabytes) {
    MeanSink sink;
    write_json_string(&sink, std::string(4 << 20, 'x'));
    EXPECT_EQ(sink.grown, 1);
    EXPECT_LT(sink.capacity, std::size_t{5} << 20);
}

TEST(JsonString, BodyHasNoQuotesAndCanBeWrittenInPieces) {
    StringSink sink;
    begin_json_string(&sink);
    write_json_string_body(&sink, "a\"");
    write_json_string_body(&sink, "");
    write_json_string_body(&sink, "\n\u00e9");
    end_json_string(&sink);
    EXPECT_EQ(sink.str(), "\"a\\\"\\n\u00e9\"");
}

TEST(JsonString, PlainTextIsOnlyQuoted) {
    EXPECT_EQ(written(write_json_plain_string, std::string_view("infinity")), "\"infinity\"");
}

TEST(JsonWriter, WritesWords) {
    EXPECT_EQ(written(write_json_bool, true), "true");
    EXPECT_EQ(written(write_json_bool, false), "false");
    EXPECT_EQ(written(write_json_null), "null");
}

TEST(JsonWriter, WritesIntegersPlainly) {
    constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(written(write_json_int, kMin), "-9223372036854775808");
    EXPECT_EQ(written(write_json_int, kMax), "9223372036854775807");
    EXPECT_EQ(written(write_json_int, std::int64_t{9007199254740993}), "9007199254740993");
    EXPECT_EQ(written(write_json_uint, std::numeric_limits<std::uint64_t>::max()),
              "18446744073709551615");
    EXPECT_EQ(written(write_json_uint, std::uint64_t{4294967295}), "4294967295");
    std::uint64_t power = 1;
    for (int digits = 0; digits < 20; ++digits, power *= 10) {
        for (const std::uint64_t value : {power - 1, power, power + 1}) {
            EXPECT_EQ(written(write_json_uint, value), std::to_string(value));
            const auto signed_value = static_cast<std::int64_t>(value);
            EXPECT_EQ(written(write_json_int, signed_value), std::to_string(signed_value));
        }
    }
    std::mt19937_64 random(4);
    for (int round = 0; round < 20000; ++round) {
        const auto value = static_cast<std::int64_t>(random() >> random() % 64);
        ASSERT_EQ(written(write_json_int, value), std::to_string(value));
        ASSERT_EQ(written(write_json_int, -value), std::to_string(-value));
    }
}

TEST(JsonWriter, WritesFloatingPointLikeJava) {
    EXPECT_EQ(written(write_json_double, 1e7), "1.0E7");
    EXPECT_EQ(written(write_json_double, -0.0), "-0.0");
    EXPECT_EQ(written(write_json_float, 3.14F), "3.14");
}

TEST(JsonWriter, QuotesWhatIsNotANumber) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(written(write_json_double, std::nan("")), "\"NaN\"");
    EXPECT_EQ(written(write_json_double, -std::nan("")), "\"NaN\"");
    EXPECT_EQ(written(write_json_double, kInfinity), "\"Infinity\"");
    EXPECT_EQ(written(write_json_double, -kInfinity), "\"-Infinity\"");
    EXPECT_EQ(written(write_json_float, std::nanf("")), "\"NaN\"");
    EXPECT_EQ(written(write_json_float, static_cast<float>(kInfinity)), "\"Infinity\"");
    EXPECT_EQ(written(write_json_float, static_cast<float>(-kInfinity)), "\"-Infinity\"");
}

TEST(JsonWriter, WritesBytesInFourWays) {
    const std::string_view bytes("\x00\xfb\xff\xfe", 4);
    EXPECT_EQ(written(write_json_base64, bytes), "\"APv//g==\"");
    EXPECT_EQ(written(write_json_base64_url, bytes), "\"APv__g==\"");
    EXPECT_EQ(written(write_json_hex, bytes), "\"00fbfffe\"");
    EXPECT_EQ(written(write_json_base64, std::string_view()), "\"\"");
    EXPECT_EQ(written(write_json_hex, std::string_view()), "\"\"");
    // pg_lsn as an unknown type, wire format §16.
    EXPECT_EQ(written(write_json_base64, std::string_view("0/16B3748")), "\"MC8xNkIzNzQ4\"");
    EXPECT_EQ(written(write_json_hex, std::string_view("0/16B3748")), "\"302f31364233373438\"");
}

TEST(JsonWriter, WritesUuidsInLowerCase) {
    const unsigned char uuid[16] = {0xA0, 0xEE, 0xBC, 0x99, 0x9C, 0x0B, 0x4E, 0xF8,
                                    0xBB, 0x6D, 0x6B, 0xB9, 0xBD, 0x38, 0x0A, 0x11};
    StringSink sink;
    write_json_uuid(&sink, uuid);
    EXPECT_EQ(sink.str(), "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"");
}

TEST(JsonWriter, WritesNamesAndPunctuation) {
    StringSink sink;
    begin_json_object(&sink);
    write_json_name(&sink, "a\"b");
    begin_json_array(&sink);
    write_json_int(&sink, 1);
    write_json_comma(&sink);
    write_json_null(&sink);
    end_json_array(&sink);
    end_json_object(&sink);
    EXPECT_EQ(sink.str(), "{\"a\\\"b\":[1,null]}");
}

}  // namespace
}  // namespace outflow::core
