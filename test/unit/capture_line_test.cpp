#include "diff/capture_line.h"

#include <gtest/gtest.h>

#include <random>

#include "core/string_sink.h"

namespace outflow::relay::diff {
namespace {

std::string line_of(std::string_view topic, int partition, const RawRecord &record) {
    core::StringSink sink;
    append_capture_line(&sink, topic, partition, record);
    return sink.str();
}

// Writes, reads, compares every byte.
void expect_kept(const RawRecord &record) {
    const std::string text = line_of("shop.public.t", 3, record);
    ASSERT_TRUE(text.ends_with('\n'));
    ASSERT_EQ(text.find('\n'), text.size() - 1) << text;
    CaptureLine line;
    ASSERT_EQ(line.read(std::string_view(text).substr(0, text.size() - 1)), "") << text;
    EXPECT_EQ(line.topic(), "shop.public.t");
    EXPECT_EQ(line.partition(), 3);
    EXPECT_EQ(line.record().timestamp_ms, record.timestamp_ms);
    EXPECT_EQ(line.record().key, record.key) << text;
    EXPECT_EQ(line.record().value, record.value) << text;
    EXPECT_EQ(line.record().headers, record.headers) << text;
}

TEST(CaptureLine, ShowsJsonAsItIs) {
    const RawRecord record{
        R"({"id":1})", R"({"op":"c"})", {{"a", "x\"y"}, {"b", std::nullopt}}, 1700};
    EXPECT_EQ(line_of("shop.public.t", 0, record),
              "{\"topic\":\"shop.public.t\",\"partition\":0,\"timestamp\":1700,"
              "\"key\":{\"id\":1},\"headers\":{\"a\":\"x\\\"y\",\"b\":null},"
              "\"value\":{\"op\":\"c\"}}\n");
    expect_kept(record);
}

TEST(CaptureLine, KeepsWhatIsNoJson) {
    using namespace std::string_view_literals;
    for (const std::string_view bytes :
         {""sv, "null"sv, "plain"sv, " {}"sv, "{} "sv, "{\n}"sv, "\0"sv, "\xff\xfe"sv, "{\"a\":"sv,
          "{\"a\":\"\xff\"}"sv, "1e999"sv, "nan"sv, "[1,]"sv}) {
        expect_kept({bytes, bytes, {{"h", bytes}}});
        expect_kept({std::nullopt, bytes, {}});
    }
    for (const std::string_view json :
         {"{}"sv, "1"sv, "-1.50"sv, "true"sv, "\"a\\nb\""sv, "[null]"sv, "{\"base64\":\"AA==\"}"sv,
          "{\"a\":{\"b\":[1,2]},\"c\":\"}\\\\\"}"sv})
        expect_kept({json, json, {{"h", json}, {"h", json}, {"q\"\\\n", "x"}}, 0});
    expect_kept({});
}

TEST(CaptureLine, KeepsAnyBytes) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes(random() % 12, '\0');
        for (char &byte : bytes) byte = static_cast<char>(random());
        expect_kept({bytes, bytes, {{"h", bytes}}});
    }
}

TEST(CaptureLine, ReadsWhatTheStdoutSinkWrites) {
    CaptureLine line;
    EXPECT_EQ(line.read(R"({"topic":"s.t","key":null,"headers":{},"value":{"op":"m"}})"), "");
    EXPECT_EQ(line.partition(), 0);
    EXPECT_FALSE(line.record().key.has_value());
    EXPECT_EQ(line.record().value, R"({"op":"m"})");
}

TEST(CaptureLine, SaysWhatIsWrong) {
    const auto wrong = [](std::string_view text) { return CaptureLine().read(text); };
    constexpr std::string_view kNoObject = "not one JSON object without spaces";
    EXPECT_EQ(wrong(""), kNoObject);
    EXPECT_EQ(wrong("Traceback (most recent call last):"), kNoObject);
    EXPECT_EQ(wrong("[]"), kNoObject);
    EXPECT_EQ(wrong(R"({"topic": "s.t"})"), "\"topic\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t"} )"), kNoObject);
    EXPECT_EQ(wrong(R"({"topic":"s.t"}{"topic":"s.t"})"), kNoObject);
    EXPECT_EQ(wrong(R"({"topic":"s.t","value":{"a":1)"), kNoObject);
    EXPECT_EQ(wrong(R"({"key":1})"), "no \"topic\"");
    EXPECT_EQ(wrong("{}"), "no \"topic\"");
    EXPECT_EQ(wrong(R"({"topic":1})"), "\"topic\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","partition":-1})"), "\"partition\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","partition":x})"), "\"partition\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","value":nothing})"), "\"value\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","value_base64":"A"})"), "\"value_base64\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","value_base64":"A=AA"})"), "\"value_base64\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","headers":{"a":1}})"), "\"headers\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","headers":"a"})"), "\"headers\" cannot be read");
    EXPECT_EQ(wrong(R"({"topic":"s.t","val":{}})"), "\"val\" is no member of a captured record");
    // Any bytes are an answer.
    std::mt19937_64 random(2);
    const std::string whole = R"({"topic":"s.t","headers":{"a":{"base64":"AA=="}},"value":{}})";
    for (int round = 0; round < 5'000; ++round) {
        std::string text = whole.substr(0, random() % (whole.size() + 1));
        if (!text.empty()) text[random() % text.size()] = static_cast<char>(random());
        CaptureLine().read(text);
    }
}

}  // namespace
}  // namespace outflow::relay::diff
