#include "position/position.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

Position example() {
    Position position;
    position.system_identifier = "7421234567890123456";
    position.timeline = 1;
    position.database = "sh\"op";
    position.slot = "outflow";
    position.commit = {0x1A2B3C8};
    position.end = {0x1A2B3F0};
    position.partial = Position::Partial{{0x1A2B500}, 7301, 120000};
    position.ack = {0x1A2B3F0};
    position.message = {0x1A29000};
    position.sequence = {0x1A2B3F0};
    position.snapshot = {1, SnapshotState::kRunning, "public.orders"};
    position.config_fingerprint = "0123456789abcdef";
    position.run_id = "0197";
    return position;
}

TEST(Position, IsWrittenWithTheFieldsOfTheContract) {
    EXPECT_EQ(position_to_json(example()),
              R"({"v":1,"system_identifier":"7421234567890123456","timeline":1,"db":"sh\"op",)"
              R"("slot":"outflow","commit_lsn":"0/1A2B3C8","end_lsn":"0/1A2B3F0",)"
              R"("partial":{"commit_lsn":"0/1A2B500","xid":7301,"raw_ordinal":120000},)"
              R"("ack_lsn":"0/1A2B3F0","msg_lsn":"0/1A29000","seq_lsn":"0/1A2B3F0",)"
              R"("snapshot":{"epoch":1,"state":"running","table":"public.orders","last_key":null},)"
              R"("config_fingerprint":"0123456789abcdef","run_id":"0197"})");
}

TEST(Position, ReadsWhatItWrote) {
    for (const bool partial : {true, false}) {
        Position position = example();
        if (!partial) {
            position.partial.reset();
            position.snapshot = {2, SnapshotState::kStreaming, ""};
        }
        Position read;
        std::string reason;
        ASSERT_TRUE(position_from_json(position_to_json(position), &read, &reason)) << reason;
        EXPECT_EQ(read, position);
    }
}

TEST(Position, ADamagedRecordIsRefusedWithAReason) {
    const std::string good = position_to_json(example());
    Position read;
    std::string reason;
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_FALSE(position_from_json(good.substr(0, length), &read, &reason)) << length;
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    EXPECT_FALSE(position_from_json(replaced("\"v\":1", "\"v\":2"), &read, &reason));
    EXPECT_EQ(reason, "written by another version");
    EXPECT_FALSE(position_from_json(replaced("0/1A2B3C8", "1A2B3C8"), &read, &reason));
    EXPECT_EQ(reason, "\"commit_lsn\" is no LSN");
    EXPECT_FALSE(position_from_json(replaced("120000", "-1"), &read, &reason));
    EXPECT_FALSE(position_from_json(replaced("running", "walking"), &read, &reason));
    EXPECT_FALSE(position_from_json("[]", &read, &reason));
    EXPECT_FALSE(position_from_json("\xff\xfe", &read, &reason));
}

TEST(Position, TheKeyNamesPrefixSlotAndDatabase) {
    EXPECT_EQ(position_key("shop", "outflow", "db"),
              R"({"topic_prefix":"shop","slot":"outflow","db":"db"})");
}

TEST(ConfigFingerprint, DiffersWithNameAndValueAndTheirBoundary) {
    const auto of = [](std::string_view option, std::string_view value) {
        ConfigFingerprint fingerprint;
        fingerprint.add(option, value);
        return fingerprint.text();
    };
    EXPECT_EQ(of("a", "b"), of("a", "b"));
    EXPECT_NE(of("a", "b"), of("a", "c"));
    EXPECT_NE(of("ab", "c"), of("a", "bc"));
    EXPECT_EQ(of("a", "b").size(), 16u);
}

}  // namespace
}  // namespace outflow::relay
