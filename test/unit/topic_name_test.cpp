#include "core/topic_name.h"

#include <gtest/gtest.h>

#include <string>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

std::string topic(std::string_view prefix, std::string_view schema, std::string_view table,
                  std::string_view delimiter = ".") {
    StringSink sink;
    sink.append("before ");
    append_topic_name(&sink, {.prefix = prefix, .delimiter = delimiter}, schema, table);
    EXPECT_TRUE(sink.view().starts_with("before "));
    return sink.str().substr(7);
}

TEST(TopicName, JoinsItsPartsWithTheDelimiter) {
    EXPECT_EQ(topic("p", "public", "t"), "p.public.t");
    EXPECT_EQ(topic("p", "public", "mk", "-"), "p-public-mk");
    EXPECT_EQ(topic("p", "public", "mk", "_"), "p_public_mk");
}

TEST(TopicName, KeepsWhatKafkaAllows) {
    EXPECT_EQ(topic("a.B-9_z", "S.1", "t-2_X"), "a.B-9_z.S.1.t-2_X");
}

TEST(TopicName, ReplacesEveryOtherAsciiCharacter) {
    EXPECT_EQ(topic("p", "my schema", "Or\"der/1$"), "p.my_schema.Or_der_1_");
}

TEST(TopicName, ReplacesEachUtf16UnitOnce) {
    EXPECT_EQ(topic("p", "s", "\u00e9"), "p.s._");
    EXPECT_EQ(topic("p", "s", "\u0436\u6f22x"), "p.s.__x");
    EXPECT_EQ(topic("p", "s", "\U0001F600"), "p.s.__");
}

TEST(TopicName, IsCutAtKafkasLimit) {
    const std::string long_table(300, 't');
    const std::string name = topic("p", "s", long_table);
    EXPECT_EQ(name.size(), kMaxTopicBytes);
    EXPECT_EQ(name, ("p.s." + long_table).substr(0, kMaxTopicBytes));
    const std::string fits(kMaxTopicBytes - 4, 't');
    EXPECT_EQ(topic("p", "s", fits), "p.s." + fits);
}

TEST(TopicName, IsNeverADirectory) {
    EXPECT_EQ(topic("", "", "."), "_");
    EXPECT_EQ(topic("", "", ".."), "__");
    EXPECT_EQ(topic("", ".", "."), "...");
}

TEST(TopicName, LeavesOutPartsOfNothingButBlanks) {
    EXPECT_EQ(topic("p", " ", "c"), "p.c");
    EXPECT_EQ(topic("p", "a\t", "\u00a0"), "p.a_._");
    EXPECT_EQ(topic("p", "s", " \t"), "p.s");
}

// The expected names are what Debezium 3.6.1's strategies return.
TEST(TopicName, OfTheOtherStrategies) {
    const std::string_view table = "T\u00e4ble_ $1-\u00e9.\u0100\U0001F600\u015f";
    const auto named = [&](const TopicNaming &naming, std::string_view schema) {
        StringSink sink;
        append_topic_name(&sink, naming, schema, table);
        return sink.str();
    };
    EXPECT_EQ(named({.prefix = "p"}, "Odd Schema"), "p.Odd_Schema.T_ble___1-_.____");
    EXPECT_EQ(named({.prefix = "p", .with_schema = false}, "Odd Schema"), "p.T_ble___1-_.____");
    EXPECT_EQ(named({.prefix = "p", .unicode = true}, "Odd Schema"),
              "p.Odd_u0020Schema.T_u00e4ble_u005f_u0020_u00241-_u00e9._u100_ud83d_ude00_u15f");
    EXPECT_EQ(named({.prefix = "p", .with_schema = false, .unicode = true}, "Odd Schema"),
              "p.T_u00e4ble_u005f_u0020_u00241-_u00e9._u100_ud83d_ude00_u15f");
}

TEST(TopicName, OfTheTableAsItIs) {
    StringSink sink;
    append_origin_topic(&sink, {.prefix = "p"}, "Odd Schema", "T\u00e4ble");
    EXPECT_EQ(sink.str(), "p.Odd Schema.T\u00e4ble");
}

}  // namespace
}  // namespace outflow::core
