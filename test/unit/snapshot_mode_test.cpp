#include "source/snapshot_mode.h"

#include <gtest/gtest.h>

#include "source/snapshot_order.h"
#include "source/snapshot_select.h"

namespace outflow::relay {
namespace {

SnapshotMode mode_of(const Properties &properties) {
    ConfigSources sources;
    sources.overrides = properties;
    sources.needs_source = sources.needs_kafka = false;
    return snapshot_mode(Config::load(sources));
}

SnapshotMode configuration_based(const std::string &data, const std::string &stream,
                                 const std::string &on_data_error) {
    const std::string prefix = "snapshot.mode.configuration.based.";
    return mode_of({{"snapshot.mode", "configuration_based"},
                    {prefix + "snapshot.data", data},
                    {prefix + "start.stream", stream},
                    {prefix + "snapshot.on.data.error", on_data_error}});
}

TEST(SnapshotMode, SaysWhenASnapshotIsTakenAndWhetherChangesFollow) {
    struct Case {
        const char *name;
        bool at_first, at_each_start, streams, heals_gaps;
    };
    for (const Case &each :
         {Case{"initial", true, false, true, false}, Case{"always", true, true, true, false},
          Case{"initial_only", true, false, false, false},
          Case{"no_data", false, false, true, false}, Case{"never", false, false, true, false},
          Case{"when_needed", true, false, true, true}}) {
        SCOPED_TRACE(each.name);
        const SnapshotMode mode = mode_of({{"snapshot.mode", each.name}});
        EXPECT_EQ(mode.at_first, each.at_first);
        EXPECT_EQ(mode.at_each_start, each.at_each_start);
        EXPECT_EQ(mode.streams, each.streams);
        EXPECT_EQ(mode.heals_gaps, each.heals_gaps);
        EXPECT_FALSE(mode.needs_position);
    }
}

TEST(SnapshotMode, ConfigurationBasedIsWhatItsPropertiesSay) {
    const SnapshotMode both = configuration_based("true", "true", "true");
    EXPECT_TRUE(both.at_each_start && both.streams && both.heals_gaps);
    const SnapshotMode rows = configuration_based("true", "false", "false");
    EXPECT_TRUE(rows.at_each_start && !rows.streams && !rows.heals_gaps);
    const SnapshotMode stream = configuration_based("false", "true", "true");
    EXPECT_TRUE(!stream.takes_data() && stream.streams);
    EXPECT_FALSE(stream.heals_gaps) << "a new slot without rows would hide the gap";
}

TEST(SnapshotMode, ConfigurationBasedThatDoesNothingIsRefused) {
    EXPECT_THROW(mode_of({{"snapshot.mode", "configuration_based"}}), StartupError);
}

TEST(SnapshotMode, TheGapPolicyHealsInEveryModeThatReadsRows) {
    EXPECT_TRUE(mode_of({{"outflow.on.gap", "resnapshot"}}).heals_gaps);
    EXPECT_FALSE(
        mode_of({{"outflow.on.gap", "resnapshot"}, {"snapshot.mode", "no_data"}}).heals_gaps);
}

TEST(SnapshotOrder, ItemsOfAPatternListKeepTheirEscapes) {
    EXPECT_EQ(pattern_items("a\\.b, c{1\\,2}.d ,,"),
              (std::vector<std::string>{"a\\.b", " c{1\\,2}.d "}));
    EXPECT_TRUE(pattern_items("").empty());
}

TEST(SnapshotSelect, NamesLoseTheirQuotes) {
    EXPECT_EQ(unquoted_name("public.t"), "public.t");
    EXPECT_EQ(unquoted_name("\"Odd \"\"Schema\".\"t.1\""), "Odd \"Schema.t.1");
}

}  // namespace
}  // namespace outflow::relay
