// What a connection is made with (relay/source/connection.h).
#include "source/connection.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

using Statements = std::vector<std::string>;

TEST(SplitStatements, SplitsAtSemicolons) {
    EXPECT_EQ(split_statements("SET a = 1;SET b = 2"), (Statements{"SET a = 1", "SET b = 2"}));
}

TEST(SplitStatements, TakesADoubledSemicolonForOne) {
    EXPECT_EQ(split_statements("SELECT 'a;;b'; SELECT 1"),
              (Statements{"SELECT 'a;b'", " SELECT 1"}));
}

TEST(SplitStatements, LeavesOutWhatIsEmpty) {
    EXPECT_EQ(split_statements(""), Statements{});
    EXPECT_EQ(split_statements(" ; SELECT 1; \n"), Statements{" SELECT 1"});
}

}  // namespace
}  // namespace outflow::relay
