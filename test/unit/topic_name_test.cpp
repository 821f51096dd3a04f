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
    append_topic_name(&sink, prefix, delimiter, schema, table);
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
    EXPECT_EQ(topic("", "", ""), "__");
    EXPECT_EQ(topic("", "", "", ""), "");
    EXPECT_EQ(topic("", "", ".", ""), "_");
    EXPECT_EQ(topic("", ".", "", "."), "...");
}

}  // namespace
}  // namespace outflow::core
