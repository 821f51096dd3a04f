#include "core/lsn.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace outflow::core {
namespace {

std::string text_of(std::uint64_t lsn) {
    char text[kLsnTextSize];
    return {text, static_cast<std::size_t>(format_lsn(lsn, text))};
}

TEST(Lsn, FormatsLikeTheServer) {
    EXPECT_EQ(text_of(0), "0/0");
    EXPECT_EQ(text_of(0x16B374D848), "16/B374D848");
    EXPECT_EQ(text_of(0x16B3748), "0/16B3748");
    EXPECT_EQ(text_of(0x100000000), "1/0");
    EXPECT_EQ(text_of(~std::uint64_t{0}), "FFFFFFFF/FFFFFFFF");
}

TEST(Lsn, ParsesWhatItFormats) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 10000; ++round) {
        const std::uint64_t lsn = random() >> random() % 64;
        std::uint64_t back = ~lsn;
        ASSERT_TRUE(parse_lsn(text_of(lsn), &back));
        ASSERT_EQ(back, lsn);
    }
}

TEST(Lsn, AcceptsLowerCaseAndLeadingZeros) {
    std::uint64_t lsn = 0;
    EXPECT_TRUE(parse_lsn("16/b374d848", &lsn));
    EXPECT_EQ(lsn, 0x16B374D848U);
    EXPECT_TRUE(parse_lsn("00000016/0374D848", &lsn));
    EXPECT_EQ(lsn, 0x160374D848U);
}

TEST(Lsn, RefusesEverythingElseAndLeavesTheResultAlone) {
    for (const std::string_view text :
         {"", "/", "0", "0/", "/0", "0/0/0", " 0/0", "0/0 ", "-1/0", "+1/0", "0x1/0", "G/0", "0/G",
          "123456789/0", "0/123456789", "000000001/0", "0/000000001", "1 /0", "0:0"}) {
        std::uint64_t lsn = 42;
        EXPECT_FALSE(parse_lsn(text, &lsn)) << text;
        EXPECT_EQ(lsn, 42U) << text;
    }
}

TEST(Lsn, ComparesByPosition) {
    EXPECT_LT(Lsn{1}, Lsn{2});
    EXPECT_EQ(CommitLsn{7}, CommitLsn{7});
    EXPECT_GT(EndLsn{0x100000000}, EndLsn{0xFFFFFFFF});
    EXPECT_FALSE(Lsn{}.valid());
    EXPECT_TRUE(EndLsn{1}.valid());
}

}  // namespace
}  // namespace outflow::core
