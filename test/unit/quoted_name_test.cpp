#include "core/quoted_name.h"

#include <gtest/gtest.h>

#include <string>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

std::string unquoted(std::string_view name) {
    if (!is_quoted_name(name)) return std::string(name);
    StringSink sink;
    append_unquoted_name(&sink, name);
    return sink.str();
}

// The expected names are what Debezium 3.6.1 returns (Strings.unquoteIdentifierPart).
TEST(QuotedName, LosesItsQuotes) {
    EXPECT_EQ(unquoted("\"q\""), "q");
    EXPECT_EQ(unquoted("'q'"), "q");
    EXPECT_EQ(unquoted("`q`"), "q");
    EXPECT_EQ(unquoted("\"\""), "");
    EXPECT_EQ(unquoted("\"a\"\"b\""), "a\"b");
    EXPECT_EQ(unquoted("'a\"\"b'"), "a\"\"b");
    EXPECT_EQ(unquoted("\"a\"b\""), "a\"b");
    EXPECT_EQ(unquoted("``q``"), "`q`");
    EXPECT_EQ(unquoted("\"'q'\""), "'q'");
}

TEST(QuotedName, IsBetweenTwoEqualQuotes) {
    for (const std::string_view name : {"a", "", "\"", "'", "\"q", "q\"", "\"q'", "[q]"})
        EXPECT_FALSE(is_quoted_name(name)) << name;
}

}  // namespace
}  // namespace outflow::core
