#include "source/snapshot_progress.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

TEST(SnapshotProgress, SaysForEachTableAndInTotalHowFarItIs) {
    SnapshotProgress progress({{"public.a", 400}, {"public.b", 600}, {"public.c", 200}});
    EXPECT_EQ(progress.plan(), "3 tables, about 1200 rows");
    progress.begin(0);
    progress.begin(1);
    progress.advance(0, 100);
    progress.advance(1, 200);
    EXPECT_EQ(progress.state(),
              "0 of 3 tables, 300 rows (25 % of about 1200); public.a 100 of about 400, "
              "public.b 200 of about 600");
    progress.advance(0, 401);
    progress.end(0);
    EXPECT_EQ(progress.table_end(0), "public.a: 401 rows (1 of 3 tables)");
    EXPECT_EQ(progress.state(),
              "1 of 3 tables, 601 rows (50 % of about 1200); public.b 200 of about 600");
}

TEST(SnapshotProgress, ClaimsNoShareWhenATableWasNeverAnalysed) {
    SnapshotProgress progress({{"public.a", 400}, {"public.b", std::nullopt}});
    EXPECT_EQ(progress.plan(), "2 tables");
    progress.begin(1);
    progress.advance(1, 1);
    EXPECT_EQ(progress.state(), "0 of 2 tables, 1 row; public.b 1");
}

TEST(SnapshotProgress, ClaimsNoMoreThanAll) {
    SnapshotProgress progress({{"public.a", 2}});
    progress.begin(0);
    progress.advance(0, 9);
    EXPECT_EQ(progress.state(), "0 of 1 table, 9 rows (100 % of about 2); public.a 9 of about 2");
}

TEST(SnapshotProgress, ASnapshotOfNothingSaysSo) {
    EXPECT_EQ(SnapshotProgress({}).plan(), "no table");
    EXPECT_EQ(SnapshotProgress({}).result(), "nothing: there is no table");
    EXPECT_EQ(SnapshotProgress({{"public.a", 0}}).result(), "nothing: the table is empty");
    EXPECT_EQ(SnapshotProgress({{"public.a", 0}, {"public.b", 3}}).result(),
              "nothing: all 2 tables are empty");
}

}  // namespace
}  // namespace outflow::relay
