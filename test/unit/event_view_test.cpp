#include "command/event_view.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace outflow::relay {
namespace {

class EventView : public testing::Test {
 protected:
    EventView() {
        setenv("TZ", "UTC", 1);
        tzset();
    }
    std::string show(std::optional<std::string_view> key, std::optional<std::string_view> value,
                     bool color = false) const {
        return format_record({"shop.public.orders", key, value, 1'764'067'327'118}, color);
    }
};

constexpr std::string_view kUpdate =
    R"({"before":{"id":42,"status":"new","note":"x"},"after":{"id":42,"status":"paid",)"
    R"("note":"__debezium_unavailable_value"},"source":{"txId":7301,"lsn":27440072,)"
    R"("ts_ms":1764067327056},"op":"u"})";

TEST_F(EventView, ShowsWhatAnUpdateChanged) {
    EXPECT_EQ(show(R"({"id":42})", kUpdate),
              R"(10:42:07.118 u shop.public.orders  {"id":42}  status: "new" → "paid")"
              "   txId 7301  lsn 0/1A2B3C8  +62 ms");
}

TEST_F(EventView, LooksBehindSchemas) {
    const std::string value =
        R"({"schema":{"type":"struct"},"payload":)" + std::string(kUpdate) + "}";
    EXPECT_EQ(show(R"({"schema":{},"payload":{"id":42}})", value), show(R"({"id":42})", kUpdate));
}

TEST_F(EventView, ShowsTheRowOfAnInsertWithoutItsNulls) {
    EXPECT_EQ(show(R"({"id":1})",
                   R"({"before":null,"after":{"id":1,"a":null,"b":[1,2]},"source":{},"op":"c"})"),
              R"(10:42:07.118 c shop.public.orders  {"id":1}  id: 1, b: [1,2])");
}

TEST_F(EventView, ShowsNoDelayForASnapshotsRow) {
    EXPECT_EQ(show("1", R"({"after":{"id":1},"source":{"ts_ms":1},"op":"r"})"),
              "10:42:07.118 r shop.public.orders  1  id: 1   snapshot");
}

TEST_F(EventView, ShowsDeletesTombstonesTruncatesAndMessages) {
    EXPECT_EQ(show("1", R"({"before":{"id":1},"after":null,"op":"d"})"),
              "10:42:07.118 d shop.public.orders  1  id: 1");
    EXPECT_EQ(show("1", std::nullopt), "10:42:07.118 - shop.public.orders  1  tombstone");
    EXPECT_EQ(show(std::nullopt, R"({"op":"t","source":{}})"),
              "10:42:07.118 t shop.public.orders  truncate");
    EXPECT_EQ(show("1", R"({"op":"m","message":{"prefix":"p","content":"AA=="}})"),
              R"(10:42:07.118 m shop.public.orders  1  prefix: "p", content: "AA==")");
}

TEST_F(EventView, ShowsAnUpdateWithoutBeforeAsItsRow) {
    EXPECT_EQ(show("1", R"({"before":null,"after":{"id":1},"op":"u"})"),
              "10:42:07.118 u shop.public.orders  1  id: 1");
    EXPECT_EQ(show("1", R"({"before":{"id":1},"after":{"id":1},"op":"u"})"),
              "10:42:07.118 u shop.public.orders  1  no change");
}

TEST_F(EventView, ShowsWhatIsNoEventAsItIs) {
    EXPECT_EQ(show("k", "plain \x1b[2J"), "10:42:07.118 ? shop.public.orders  k  plain ?[2J");
    EXPECT_EQ(show(std::nullopt, "[1]"), "10:42:07.118 ? shop.public.orders  [1]");
    EXPECT_EQ(show(std::nullopt, ""), "10:42:07.118 ? shop.public.orders  ");
}

TEST_F(EventView, CutsLongValuesBetweenCharacters) {
    const std::string value = R"({"after":{"t":")" + std::string(58, 'x') + "ä" +
                              std::string(100, 'y') + R"("},"op":"c"})";
    EXPECT_EQ(show("1", value),
              "10:42:07.118 c shop.public.orders  1  t: \"" + std::string(58, 'x') + "…");
}

TEST_F(EventView, ColorsOnlyWhenAsked) {
    EXPECT_NE(show("1", kUpdate, true).find("\033[33mu\033[0m"), std::string::npos);
    EXPECT_EQ(show("1", kUpdate, false).find('\033'), std::string::npos);
}

TEST_F(EventView, FiltersByOperationAndKey) {
    const ShownRecord update = {"t", R"({"id":42})", kUpdate, 0};
    EXPECT_TRUE(passes({}, update));
    EXPECT_TRUE(passes({"cu", std::nullopt}, update));
    EXPECT_FALSE(passes({"d", std::nullopt}, update));
    EXPECT_FALSE(passes({"d", std::nullopt}, {"t", "1", std::nullopt, 0}));
    EXPECT_TRUE(passes({"", "42"}, update));
    EXPECT_TRUE(passes({"", R"({"id":42})"}, update));
    EXPECT_FALSE(passes({"", "4"}, update));
    EXPECT_TRUE(passes({"", "a b"}, {"t", R"({"schema":{},"payload":{"id":"a b"}})", "{}", 0}));
    EXPECT_FALSE(passes({"", "x"}, {"t", std::nullopt, "{}", 0}));
}

}  // namespace
}  // namespace outflow::relay
