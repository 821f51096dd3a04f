#include "app/word_list.h"

#include <gtest/gtest.h>

#include "core/text_split.h"

namespace outflow::relay {
namespace {

TEST(WordList, TakesWordsBetweenCommasWithoutBlanks) {
    EXPECT_EQ(comma_words(" a, b c ,,d,"), (std::vector<std::string>{"a", "b c", "d"}));
    EXPECT_TRUE(comma_words(" , ").empty());
    EXPECT_TRUE(comma_words("").empty());
}

TEST(WordList, LowersAsciiLettersOnly) { EXPECT_EQ(lower("TÄg-AZ09"), "tÄg-az09"); }

TEST(TextSplit, TakesPartsToTheLast) {
    std::string_view text = "a||b";
    EXPECT_EQ(core::take_part(&text, '|'), "a");
    EXPECT_EQ(core::take_part(&text, '|'), "");
    EXPECT_EQ(core::take_part(&text, '|'), "b");
    EXPECT_TRUE(text.empty());
}

}  // namespace
}  // namespace outflow::relay
