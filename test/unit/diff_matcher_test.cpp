#include <fmt/format.h>
#include <gtest/gtest.h>

#include "diff/matcher.h"
#include "diff/report.h"

namespace outflow::relay::diff {
namespace {

constexpr const char *kTable = "public.t";

struct Change {
    std::string prefix = "left";
    std::string after = R"({"id":1,"note":"a"})";
    std::string key = R"({"id":1})";
    char operation = 'c';
    int lsn = 100;
    int txn = 7;
    int clock = 1;  // of the connector: ts_* of the envelope
    std::string version = "3.6.1.Final";
    std::string snapshot = "false";
    std::string run = "run-1";
    int snapshot_time = 5;
    std::string fields;  // with a schema when not empty
};

std::string value_of(const Change &change) {
    const std::string payload = fmt::format(
        R"({{"before":null,"after":{},"source":{{"version":"{}","connector":"postgresql",)"
        R"("name":"{}","ts_ms":{},"snapshot":"{}","db":"d","sequence":"[null,\"{}\"]",)"
        R"("ts_us":{},"ts_ns":{},"schema":"public","table":"t","txId":{},"lsn":{},"xmin":null}},)"
        R"("transaction":null,"op":"{}","ts_ms":{},"ts_us":{},"ts_ns":{}}})",
        change.after, change.version, change.prefix, change.snapshot_time, change.snapshot,
        change.lsn, change.snapshot_time, change.snapshot_time, change.txn, change.lsn,
        change.operation, change.clock, change.clock, change.clock);
    if (change.fields.empty()) return payload;
    return fmt::format(
        R"({{"schema":{{"type":"struct","fields":[{{"type":"struct","fields":[{}],)"
        R"("name":"{}.public.t.Value","field":"after"}}],"name":"{}.public.t.Envelope"}},)"
        R"("payload":{}}})",
        change.fields, change.prefix, change.prefix, payload);
}

class DiffMatcher : public testing::Test {
 protected:
    void take(Side side, const Change &change, const std::string &table = kTable) {
        const std::string value = value_of(change);
        take_raw(side, change, value, table);
    }
    void take_raw(Side side, const Change &change, std::optional<std::string_view> value,
                  const std::string &table = kTable) {
        RawRecord record{change.key, value, {}};
        record.headers = {{"__debezium.context.connectorLogicalName", change.prefix},
                          {"__debezium.context.runId", change.run}};
        matcher_.take(side, table, 0, record);
    }
    void left(Change change, const std::string &table = kTable) {
        take(Side::kLeft, change, table);
    }
    void right(Change change, const std::string &table = kTable) {
        change.prefix = "right.side";
        take(Side::kRight, change, table);
    }
    void tombstone(Side side, std::string key = R"({"id":1})") {
        Change change;
        change.key = std::move(key);
        change.prefix = side == Side::kLeft ? "left" : "right.side";
        take_raw(side, change, std::nullopt);
    }
    std::uint64_t count(Verdict verdict) const {
        return matcher_.summary().totals()[static_cast<std::size_t>(verdict)];
    }
    std::uint64_t ignored(Mask mask) const {
        return matcher_.summary().ignored[static_cast<std::size_t>(mask)];
    }
    void finish() { matcher_.finish(matcher_.newest()); }
    const Difference &first_difference() const {
        return matcher_.summary().tables.at(kTable).examples.at(0).difference;
    }

    Matcher matcher_{"left", "right.side"};
};

TEST_F(DiffMatcher, SeesEqualEventsOfDifferentPrefixesAsIdentical) {
    left({});
    right({});
    EXPECT_EQ(count(Verdict::kIdentical), 1u);
    EXPECT_EQ(ignored(Mask::kPrefix), 1u);
    EXPECT_TRUE(matcher_.summary().clean());
    EXPECT_EQ(verdict_word(matcher_.summary()), "all identical");
}

TEST_F(DiffMatcher, MasksWhatTwoConnectorsMayWriteDifferently) {
    left({});
    right({.clock = 99, .version = "3.6.2", .run = "run-2"});
    EXPECT_EQ(count(Verdict::kIdentical), 1u);
    EXPECT_EQ(ignored(Mask::kEnvelopeTime), 1u);
    EXPECT_EQ(ignored(Mask::kSourceVersion), 1u);
    EXPECT_EQ(ignored(Mask::kRunId), 1u);
    EXPECT_EQ(ignored(Mask::kSnapshotPlace), 0u);
}

TEST_F(DiffMatcher, MasksTheCommitTimeOfASnapshotOnly) {
    left({});
    right({.snapshot_time = 6});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
    EXPECT_EQ(first_difference().path, "source.ts_ms");
    left({.operation = 'r', .lsn = 100, .txn = 7, .snapshot = "true"});
    right({.operation = 'r', .lsn = 200, .txn = 8, .snapshot = "true", .snapshot_time = 6});
    EXPECT_EQ(count(Verdict::kIdentical), 1u);
    EXPECT_EQ(ignored(Mask::kSnapshotPlace), 1u);
}

TEST_F(DiffMatcher, ComparesTheSnapshotMarker) {
    left({.operation = 'r', .snapshot = "first"});
    right({.operation = 'r', .snapshot = "true"});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
    EXPECT_EQ(first_difference().path, "source.snapshot");
}

TEST_F(DiffMatcher, MasksNothingInsideOfARow) {
    left({.after = R"({"id":1,"ts_ms":1})"});
    right({.after = R"({"id":1,"ts_ms":2})"});
    left({.after = R"({"name":"left"})", .lsn = 101});
    right({.after = R"({"name":"right.side"})", .lsn = 101});
    // Text that looks like an envelope.
    left({.after = R"({"t":"\\\",\"source\":{\"version\":\"1\"}"})", .lsn = 102});
    right({.after = R"({"t":"\\\",\"source\":{\"version\":\"2\"}"})", .lsn = 102});
    EXPECT_EQ(count(Verdict::kDiffers), 3u);
}

TEST_F(DiffMatcher, MasksThePrefixInSchemaNamesOnly) {
    const std::string field = R"({"type":"string","optional":true,"default":"left.","field":"n"})";
    const std::string other =
        R"({"type":"string","optional":true,"default":"right.side.","field":"n"})";
    left({.fields = field});
    right({.fields = field});
    EXPECT_EQ(count(Verdict::kIdentical), 1u);
    left({.lsn = 101, .fields = field});
    right({.lsn = 101, .fields = other});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
}

TEST_F(DiffMatcher, DoesNotMaskAnotherConnectorsName) {
    left({});
    take(Side::kRight, {.prefix = "else"});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
    // Nor in the value alone, whatever its length.
    for (const char *prefix : {"wrong.side", "else"}) {
        matcher_.take(Side::kLeft, kTable, 0, {"1", value_of({}), {}});
        matcher_.take(Side::kRight, kTable, 0, {"1", value_of({.prefix = prefix}), {}});
    }
    EXPECT_EQ(count(Verdict::kDiffers), 3u);
}

TEST_F(DiffMatcher, MatchesInWhateverOrderKeysArrive) {
    left({.key = "1", .lsn = 100});
    left({.key = "2", .lsn = 101});
    right({.key = "2", .lsn = 101});
    right({.key = "1", .lsn = 100});
    EXPECT_EQ(count(Verdict::kIdentical), 2u);
    EXPECT_EQ(matcher_.pending_bytes(Side::kLeft), 0u);
}

TEST_F(DiffMatcher, MatchesKeysWhoseSchemaCarriesThePrefix) {
    const auto key = [](const std::string &prefix) {
        return R"({"schema":{"type":"struct","name":")" + prefix +
               R"(.public.t.Key"},"payload":{"id":1}})";
    };
    left({.key = key("left")});
    right({.key = key("right.side")});
    EXPECT_EQ(count(Verdict::kIdentical), 1u);
}

TEST_F(DiffMatcher, KeepsTheOrderOfRowsWithoutKey) {
    left({.after = R"({"n":1})", .operation = 'r'});
    left({.after = R"({"n":2})", .operation = 'r'});
    right({.after = R"({"n":2})", .operation = 'r'});
    right({.after = R"({"n":1})", .operation = 'r'});
    EXPECT_EQ(count(Verdict::kDiffers), 2u);
}

TEST_F(DiffMatcher, TellsTombstonesOfOneKeyApartByTheirDelete) {
    left({.after = "null", .operation = 'd', .lsn = 100});
    tombstone(Side::kLeft);
    left({.after = "null", .operation = 'd', .lsn = 300});
    tombstone(Side::kLeft);
    right({.after = "null", .operation = 'd', .lsn = 100});
    right({.after = "null", .operation = 'd', .lsn = 300});
    tombstone(Side::kRight);
    finish();
    EXPECT_EQ(count(Verdict::kIdentical), 3u);
    EXPECT_EQ(count(Verdict::kOnlyLeft), 1u);
    const Example &missing = matcher_.summary().tables.at(kTable).examples.at(0);
    EXPECT_EQ(missing.operation, '-');
    EXPECT_EQ(missing.lsn, 100u);
}

TEST_F(DiffMatcher, CountsWhatIsOnOneSideOnly) {
    left({.lsn = 100});
    right({.lsn = 200});
    right({}, "public.u");
    finish();
    EXPECT_EQ(count(Verdict::kOnlyLeft), 1u);
    EXPECT_EQ(count(Verdict::kOnlyRight), 2u);
    EXPECT_FALSE(matcher_.summary().clean());
}

TEST_F(DiffMatcher, DoesNotMatchAnEventWithItsRepetition) {
    left({});
    left({});
    right({});
    finish();
    EXPECT_EQ(count(Verdict::kIdentical), 1u);
    EXPECT_EQ(count(Verdict::kOnlyLeft), 1u);
}

TEST_F(DiffMatcher, LeavesNewerEventsThanTheEndUncounted) {
    left({.lsn = 100});
    const std::uint64_t end = matcher_.newest();
    right({.lsn = 200});
    EXPECT_TRUE(matcher_.is_pending(end));
    right({.lsn = 100});
    EXPECT_FALSE(matcher_.is_pending(end));
    matcher_.finish(end);
    EXPECT_TRUE(matcher_.summary().clean());
}

TEST_F(DiffMatcher, IsNotCleanWhenNothingWasCompared) {
    matcher_.add_topic(Side::kLeft, kTable, 1);
    EXPECT_FALSE(matcher_.summary().clean());
    EXPECT_EQ(verdict_word(matcher_.summary()), "nothing compared");
}

TEST_F(DiffMatcher, ForgivesATopicWithoutEvents) {
    matcher_.add_topic(Side::kRight, "public.empty", 1);
    left({});
    right({});
    EXPECT_TRUE(matcher_.summary().clean());
    EXPECT_EQ(matcher_.summary().matched_topics(), 1u);
}

TEST_F(DiffMatcher, NamesTheFieldAndTheByteThatDiffer) {
    left({.after = R"({"id":1,"note":"ab"})"});
    right({.after = R"({"id":1,"note":"ac"})"});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
    const Difference &difference = first_difference();
    EXPECT_EQ(difference.part, "value");
    EXPECT_EQ(difference.path, "after.note");
    EXPECT_EQ(difference.offset[0], 40u);
    EXPECT_EQ(difference.excerpt[0], R"("ab")");
    EXPECT_EQ(difference.excerpt[1], R"("ac")");
}

TEST_F(DiffMatcher, CallsOtherTextOfTheSameDoubleEqualAsValue) {
    left({.after = R"({"x":1.0E23})"});
    right({.after = R"({"x":9.999999999999999E22})"});
    EXPECT_EQ(count(Verdict::kEqualAsValue), 1u);
    left({.after = R"({"x":1.0E23})", .lsn = 101});
    right({.after = R"({"x":1.0000000000000001E23})", .lsn = 101});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
}

TEST_F(DiffMatcher, ReadsAFloatAsAFloatOnlyWhenItsSchemaSaysSo) {
    const auto field = [](const std::string &type) {
        return R"({"type":")" + type + R"(","optional":true,"field":"x"})";
    };
    int lsn = 100;
    for (const char *type : {"float", "double"}) {
        left({.after = R"({"x":3.4028235E38})", .lsn = lsn, .fields = field(type)});
        right({.after = R"({"x":3.4028234E38})", .lsn = lsn++, .fields = field(type)});
    }
    left({.after = R"({"x":12345678.9})", .lsn = lsn});
    right({.after = R"({"x":12345678.8})", .lsn = lsn});
    EXPECT_EQ(count(Verdict::kDiffers), 2u);
    EXPECT_EQ(count(Verdict::kEqualAsValue), 1u);
}

TEST_F(DiffMatcher, TellsAnIntegerFromAFloat) {
    left({.after = R"({"x":1})"});
    right({.after = R"({"x":1.0})"});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
}

TEST_F(DiffMatcher, CallsMembersInAnotherOrderEqualAsValue) {
    left({.after = R"({"m":{"a":"1","b":"2"}})"});
    right({.after = R"({"m":{"b":"2","a":"1"}})"});
    EXPECT_EQ(count(Verdict::kEqualAsValue), 1u);
}

TEST_F(DiffMatcher, KnowsWhatDebeziumPrintsAtRandom) {
    left({.after = R"({"x":["[Ljava.lang.String;@1b2c3d"]})"});
    right({.after = R"({"x":[null]})"});
    EXPECT_EQ(count(Verdict::kKnownDeviation), 1u);
    EXPECT_EQ(first_difference().path, "after.x[0]");
    EXPECT_FALSE(first_difference().reason.empty());
    EXPECT_TRUE(matcher_.summary().clean());
    EXPECT_EQ(verdict_word(matcher_.summary()), "known deviations");
    // Together with another difference it excuses nothing.
    left({.after = R"({"x":["[Ljava.lang.String;@1b2c3d"],"y":1})", .lsn = 101});
    right({.after = R"({"x":[null],"y":2})", .lsn = 101});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
    EXPECT_EQ(matcher_.summary().tables.at(kTable).examples.at(1).difference.path, "after.y");
    // An ordinary text is none.
    left({.after = R"({"x":"a@b"})", .lsn = 102});
    right({.after = R"({"x":null})", .lsn = 102});
    EXPECT_EQ(count(Verdict::kDiffers), 2u);
}

TEST_F(DiffMatcher, KnowsTheSnapshotsOldDates) {
    const std::string date =
        R"({"type":"int32","name":"io.debezium.time.Date","optional":true,"field":"d"})";
    left({.after = R"({"d":-200000})", .operation = 'r', .fields = date});
    right({.after = R"({"d":-200010})", .operation = 'r', .fields = date});
    EXPECT_EQ(count(Verdict::kKnownDeviation), 1u);
    left({.after = R"({"d":-200000})", .lsn = 101, .fields = date});
    right({.after = R"({"d":-200010})", .lsn = 101, .fields = date});
    left({.after = R"({"d":10})", .operation = 'r', .fields = date});
    right({.after = R"({"d":11})", .operation = 'r', .fields = date});
    EXPECT_EQ(count(Verdict::kDiffers), 2u);
}

TEST_F(DiffMatcher, KnowsTheLabelsOfAnEnumThatGrew) {
    const auto labels = [](const std::string &allowed) {
        return R"({"type":"string","optional":true,"name":"io.debezium.data.Enum","version":1,)"
               R"("parameters":{"allowed":")" +
               allowed + R"("},"field":"m"})";
    };
    int lsn = 100;
    const auto both = [&](const char *one, const char *two) {
        left({.after = R"({"m":"a"})", .lsn = lsn, .fields = labels(one)});
        right({.after = R"({"m":"a"})", .lsn = lsn++, .fields = labels(two)});
    };
    both("a,b", "a,x,b");
    both("x,a,b", "a,b");
    EXPECT_EQ(count(Verdict::kKnownDeviation), 2u);
    EXPECT_TRUE(first_difference().path.ends_with(".parameters.allowed"));
    both("a,b", "b,a,x");
    both("a,b", "a,c");
    both("a,b", "b");
    EXPECT_EQ(count(Verdict::kDiffers), 2u);
    EXPECT_EQ(count(Verdict::kKnownDeviation), 3u);
}

TEST_F(DiffMatcher, KnowsANegativeScaleThatWasMisread) {
    const auto decimal = [](const std::string &scale) {
        return R"({"type":"bytes","optional":true,"name":"org.apache.kafka.connect.data.Decimal",)"
               R"("version":1,"parameters":{"scale":")" +
               scale + R"("},"field":"n"})";
    };
    left({.after = R"({"n":"AQ=="})", .fields = decimal("2046")});
    right({.after = R"({"n":"ZA=="})", .fields = decimal("0")});
    left({.after = R"({"n":"ZA=="})", .lsn = 101, .fields = decimal("0")});
    right({.after = R"({"n":"AQ=="})", .lsn = 101, .fields = decimal("2046")});
    EXPECT_EQ(count(Verdict::kKnownDeviation), 2u);
    left({.after = R"({"n":"AQ=="})", .lsn = 102, .fields = decimal("2")});
    right({.after = R"({"n":"ZA=="})", .lsn = 102, .fields = decimal("0")});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
}

TEST_F(DiffMatcher, ComparesHeadersInOrder) {
    const std::string value = value_of({});
    matcher_.take(Side::kLeft, kTable, 0, {"1", value, {{"a", "1"}, {"b", "1"}}});
    matcher_.take(Side::kRight, kTable, 0, {"1", value, {{"b", "1"}, {"a", "1"}}});
    EXPECT_EQ(count(Verdict::kDiffers), 1u);
    matcher_.take(Side::kLeft, kTable, 0, {"1", value, {{"a", "1"}}});
    matcher_.take(Side::kRight, kTable, 0, {"1", value, {{"a", "2"}}});
    EXPECT_EQ(count(Verdict::kDiffers), 2u);
}

TEST_F(DiffMatcher, ComparesRecordsThatAreNoEventsAsTheyAre) {
    const auto both = [&](const char *one, const char *two) {
        matcher_.take(Side::kLeft, kTable, 0, {"1", one, {}});
        matcher_.take(Side::kRight, kTable, 0, {"1", two, {}});
    };
    both(R"({"status":"BEGIN","ts_ms":5})", R"({"status":"BEGIN","ts_ms":5})");
    both(R"({"status":"BEGIN","ts_ms":5})", R"({"status":"BEGIN","ts_ms":6})");
    both("not json", "not json");
    both("{\"a\":\"", "{\"b\":");
    both("", "x");
    EXPECT_EQ(count(Verdict::kIdentical), 2u);
    EXPECT_EQ(count(Verdict::kDiffers), 3u);
}

TEST_F(DiffMatcher, ShowsFaultsBeforeWhatIsNone) {
    for (int lsn = 0; lsn < 5; ++lsn) {
        left({.after = R"({"x":1.0E23})", .lsn = lsn});
        right({.after = R"({"x":9.999999999999999E22})", .lsn = lsn});
    }
    left({.after = R"({"x":1})", .lsn = 9});
    right({.after = R"({"x":2})", .lsn = 9});
    const auto &examples = matcher_.summary().tables.at(kTable).examples;
    ASSERT_EQ(examples.size(), 3u);
    EXPECT_EQ(examples.back().verdict, Verdict::kDiffers);
}

TEST(DiffLimits, HoldTheSideThatIsAheadAndGiveUpTheOldest) {
    const Limits limits{.max_pending_bytes = 20'000, .max_ahead_bytes = 5'000, .max_shown = 1};
    Matcher matcher("l", "r", limits);
    const std::string value(1'000, 'x');
    int taken = 0;
    const auto take = [&] {
        const std::string key = std::to_string(taken++);
        matcher.take(Side::kLeft, kTable, 0, {key, value, {}});
    };
    EXPECT_FALSE(matcher.must_hold(Side::kLeft, kTable, 0));
    while (!matcher.must_hold(Side::kLeft, kTable, 0)) take();
    EXPECT_GT(matcher.pending_bytes(Side::kLeft), limits.max_ahead_bytes);
    EXPECT_FALSE(matcher.must_hold(Side::kRight, kTable, 0));
    while (!matcher.full(Side::kLeft)) take();
    EXPECT_LT(matcher.pending_bytes(Side::kLeft), limits.max_pending_bytes + 2'000);
    matcher.give_up(Side::kLeft);
    EXPECT_FALSE(matcher.full(Side::kLeft));
    EXPECT_EQ(matcher.summary().given_up, 1u);
    EXPECT_EQ(matcher.summary().tables.at(kTable).examples.at(0).key, "0");
    // The rest still finds its counterparts, and gives its memory back.
    for (int at = 1; at < taken; ++at) {
        const std::string key = std::to_string(at);
        matcher.take(Side::kRight, kTable, 0, {key, value, {}});
    }
    EXPECT_EQ(matcher.pending_bytes(Side::kLeft), 0u);
    EXPECT_EQ(matcher.summary().compared(), static_cast<std::uint64_t>(taken));
    EXPECT_FALSE(matcher.summary().clean());
}

TEST(DiffLimits, HoldOnlyTheSideThatIsFurtherAhead) {
    Matcher matcher("l", "r", {.max_pending_bytes = 100'000, .max_ahead_bytes = 5'000});
    const std::string value(1'000, 'x');
    for (int at = 0; at < 10; ++at) {
        const std::string key = std::to_string(at);
        matcher.take(Side::kLeft, kTable, 0, {key, value, {}});
        const std::string other_key = "r" + key;
        matcher.take(Side::kRight, kTable, 0, {other_key, value, {}});
    }
    matcher.take(Side::kRight, kTable, 0, {"r10", value, {}});
    EXPECT_FALSE(matcher.must_hold(Side::kLeft, kTable, 0));
    EXPECT_TRUE(matcher.must_hold(Side::kRight, kTable, 0));
}

TEST(DiffLimits, HoldsEachPartitionForItselfWhereBothSidesHaveEquallyMany) {
    Matcher matcher("l", "r", {.max_pending_bytes = 100'000, .max_ahead_bytes = 5'000});
    const std::string value(1'000, 'x');
    for (const char *table : {"public.alike", "public.unlike"}) {
        const bool alike = std::string_view(table) == "public.alike";
        matcher.add_topic(Side::kLeft, table, 2);
        matcher.add_topic(Side::kRight, table, alike ? 2 : 3);
        for (int at = 0; at < 10; ++at) {
            const std::string key = std::to_string(at);
            matcher.take(Side::kLeft, table, 1, {key, value, {}});
        }
        EXPECT_TRUE(matcher.must_hold(Side::kLeft, table, 1)) << table;
        EXPECT_EQ(matcher.must_hold(Side::kLeft, table, 0), !alike) << table;
    }
}

TEST_F(DiffMatcher, ReportsForAPersonAndForAProgram) {
    left({.after = R"({"x":1.0E23})"});
    right({.after = R"({"x":9.999999999999999E22})"});
    const ReportContext context{"left", "right.side", 1.2};
    const std::string clean = text_report(matcher_.summary(), context);
    EXPECT_TRUE(clean.starts_with(
        "topics 1/1 matched · 1 events compared · 1 s\n"
        "identical 0   equal as value 1   differs 0   only left 0   only right 0\n"))
        << clean;
    EXPECT_TRUE(clean.ends_with("ignored: topic prefix 1\nverdict: equal as values\n")) << clean;
    left({.after = R"({"x":"\u0007é"})", .lsn = 9});
    finish();
    const std::string text = text_report(matcher_.summary(), context);
    EXPECT_NE(text.find("only left: public.t op c lsn 0/9 txId 7 key {\"id\":1}\n"),
              std::string::npos)
        << text;
    EXPECT_TRUE(text.ends_with("verdict: differences\n"));
    const std::string json = json_report(matcher_.summary(), context);
    EXPECT_NE(json.find(R"("verdict":"differences")"), std::string::npos);
    EXPECT_NE(json.find(R"("only_left":1)"), std::string::npos);
}

}  // namespace
}  // namespace outflow::relay::diff
