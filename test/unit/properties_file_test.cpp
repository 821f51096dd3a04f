#include "app/properties_file.h"

#include <gtest/gtest.h>

#include <map>

namespace outflow::relay {
namespace {

std::map<std::string, std::string> parse(std::string_view text) {
    std::vector<FileEntry> entries;
    std::string reason;
    EXPECT_TRUE(parse_properties(text, &entries, &reason)) << reason;
    std::map<std::string, std::string> result;
    for (const FileEntry &entry : entries) result[entry.key] = entry.value;
    return result;
}

using Map = std::map<std::string, std::string>;

TEST(PropertiesFile, SeparatesByEqualsColonOrBlanks) {
    EXPECT_EQ(parse("a=1\nb:2\nc 3\nd\t=\t4\ne   :5\nf  = = 6\n"),
              (Map{{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}, {"e", "5"}, {"f", "= 6"}}));
}

TEST(PropertiesFile, KeepsBlanksAtTheEndOfAValueAndDropsThoseBeforeIt) {
    EXPECT_EQ(parse("  a =  x  \n"), (Map{{"a", "x  "}}));
}

TEST(PropertiesFile, GivesAKeyAloneAnEmptyValue) {
    EXPECT_EQ(parse("a\nb=\nc :"), (Map{{"a", ""}, {"b", ""}, {"c", ""}}));
}

TEST(PropertiesFile, SkipsCommentsAndBlankLines) {
    EXPECT_EQ(parse("# x=1\n  ! y=2\n\n   \t\na=#1!\n"), (Map{{"a", "#1!"}}));
}

TEST(PropertiesFile, DoesNotContinueAComment) {
    EXPECT_EQ(parse("# comment \\\na=1\n"), (Map{{"a", "1"}}));
}

TEST(PropertiesFile, JoinsContinuationLinesAndDropsTheirIndent) {
    EXPECT_EQ(parse("tables=public.orders,\\\n        public.lines\\\n  # not a comment\nb=1"),
              (Map{{"tables", "public.orders,public.lines# not a comment"}, {"b", "1"}}));
    EXPECT_EQ(parse("a=even\\\\\nb=1"), (Map{{"a", "even\\"}, {"b", "1"}}));
    EXPECT_EQ(parse("a=last\\"), (Map{{"a", "last"}}));
}

TEST(PropertiesFile, UnderstandsEveryLineEnd) {
    EXPECT_EQ(parse("a=1\rb=2\r\nc=3\\\r\n  4"), (Map{{"a", "1"}, {"b", "2"}, {"c", "34"}}));
}

TEST(PropertiesFile, Unescapes) {
    EXPECT_EQ(parse(R"(a\ b\:c\=d=\t\n\r\f\q\\)"), (Map{{"a b:c=d", "\t\n\r\fq\\"}}));
    EXPECT_EQ(parse(R"(a=\u00e4\u20AC\ud83d\ude00\ud83d)"),
              (Map{{"a", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbd"}}));
}

TEST(PropertiesFile, ReadsUtf8AndElseLatin1) {
    EXPECT_EQ(parse("a=\xc3\xa4"), (Map{{"a", "\xc3\xa4"}}));
    EXPECT_EQ(parse("a=\xe4"), (Map{{"a", "\xc3\xa4"}}));
}

TEST(PropertiesFile, RefusesAnUnfinishedUnicodeEscape) {
    std::vector<FileEntry> entries;
    std::string reason;
    EXPECT_FALSE(parse_properties("a=1\nb=\\u12x4\n", &entries, &reason));
    EXPECT_EQ(reason, "line 2: \\u needs four hexadecimal digits");
    EXPECT_FALSE(parse_properties("b=\\u12", &entries, &reason));
}

TEST(PropertiesFile, TellsTheLineWhereAPropertyBegins) {
    std::vector<FileEntry> entries;
    std::string reason;
    ASSERT_TRUE(parse_properties("#\na=1\\\n2\nb=3\n", &entries, &reason));
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].line, 2);
    EXPECT_EQ(entries[1].line, 4);
}

}  // namespace
}  // namespace outflow::relay
