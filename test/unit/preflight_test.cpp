#include "source/preflight.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace outflow::relay {
namespace {

StartFacts good() {
    Position position;
    position.system_identifier = "71";
    position.timeline = 1;
    position.database = "shop";
    position.slot = "outflow";
    position.commit = {0x180};
    position.end = {0x200};
    position.ack = {0x200};
    position.snapshot = {1, SnapshotState::kStreaming, ""};
    position.config_fingerprint = "f";
    StartFacts facts;
    facts.position = position;
    facts.slot = SlotInfo{"outflow", "shop", false, 0, "reserved", "", {0x200}};
    facts.server = {"71", 1, {0x300}, "shop", std::nullopt};
    facts.slot_name = "outflow";
    facts.fingerprint = "f";
    return facts;
}

std::string gap_code(const StartFacts &facts) {
    const StartDecision decision = decide_start(facts);
    return decision.gap ? std::string(decision.gap->spec->code) : "none";
}

TEST(Preflight, StreamsWhenPositionAndSlotFit) {
    const StartDecision decision = decide_start(good());
    EXPECT_FALSE(decision.gap);
    EXPECT_EQ(decision.action, StartAction::kStream);
}

TEST(Preflight, ASlotBehindThePositionIsNormal) {
    StartFacts facts = good();
    facts.slot->confirmed = {0x100};
    EXPECT_EQ(gap_code(facts), "none");
}

TEST(Preflight, RefusesEachGapWithItsCodeExitFourAndAWayOut) {
    struct Case {
        const char *code;
        std::function<void(StartFacts *)> spoil;
    };
    const Case cases[] = {
        {"OUT-4101", [](StartFacts *f) { f->server.system_identifier = "72"; }},
        {"OUT-4102", [](StartFacts *f) { f->server.database = f->slot->database = "other"; }},
        {"OUT-4103", [](StartFacts *f) { f->slot->plugin = "pgoutput"; }},
        {"OUT-4104", [](StartFacts *f) { f->slot.reset(); }},
        {"OUT-4105", [](StartFacts *f) { f->slot->wal_status = "lost"; }},
        {"OUT-4106", [](StartFacts *f) { f->slot->invalidation = "wal_level_insufficient"; }},
        {"OUT-4107", [](StartFacts *f) { f->slot->confirmed = {0x201}; }},
        {"OUT-4108",
         [](StartFacts *f) {
             f->server.timeline = 2;
             f->server.fork = core::EndLsn{0x1FF};
         }},
        {"OUT-4108", [](StartFacts *f) { f->position->timeline = 2; }},
        {"OUT-4109", [](StartFacts *f) { f->server.wal_end = {0x1FF}; }},
        {"OUT-4110", [](StartFacts *f) { f->position.reset(); }},
        {"OUT-4112",
         [](StartFacts *f) {
             f->position->partial = Position::Partial{{0x210}, 7, 3};
             f->fingerprint = "g";
         }},
    };
    for (const Case &each : cases) {
        SCOPED_TRACE(each.code);
        StartFacts facts = good();
        each.spoil(&facts);
        const StartDecision decision = decide_start(facts);
        ASSERT_TRUE(decision.gap);
        EXPECT_EQ(decision.gap->spec->code, each.code);
        EXPECT_EQ(decision.gap->exit(), ExitCode::kSource);
        EXPECT_FALSE(decision.gap->message.empty());
        EXPECT_FALSE(decision.gap->next.empty());
    }
}

TEST(Preflight, APromotedServerThatHasEverythingIsFine) {
    StartFacts facts = good();
    facts.server.timeline = 2;
    facts.server.fork = core::EndLsn{0x200};
    EXPECT_EQ(gap_code(facts), "none");
}

TEST(Preflight, ChangedOptionsDoNotMatterBetweenTransactions) {
    StartFacts facts = good();
    facts.fingerprint = "g";
    EXPECT_EQ(gap_code(facts), "none");
}

TEST(Preflight, ACutOffSnapshotStartsANewEpoch) {
    for (const SnapshotState state : {SnapshotState::kCreating, SnapshotState::kRunning}) {
        StartFacts facts = good();
        facts.position->snapshot.state = state;
        facts.slot->confirmed = {0x900};  // neither G7 nor G10
        EXPECT_EQ(gap_code(facts), "none");
        EXPECT_EQ(decide_start(facts).action, StartAction::kReplaceSlot);
        facts.slot.reset();
        EXPECT_EQ(gap_code(facts), "none");
        EXPECT_EQ(decide_start(facts).action, StartAction::kCreate);
    }
}

TEST(Preflight, ACutOffSnapshotNeverDropsASlotOfAnotherPlugin) {
    StartFacts facts = good();
    facts.position->snapshot.state = SnapshotState::kCreating;
    facts.slot->plugin = "pgoutput";
    EXPECT_EQ(gap_code(facts), "OUT-4103");
}

TEST(Preflight, WithoutPositionAndSlotItCreates) {
    StartFacts facts = good();
    facts.position.reset();
    facts.slot.reset();
    EXPECT_EQ(decide_start(facts).action, StartAction::kCreate);
}

TEST(Preflight, ASlotWithoutPositionIsTakenOnlyWhenTold) {
    StartFacts facts = good();
    facts.position.reset();
    facts.adopt_slot = true;
    EXPECT_EQ(gap_code(facts), "none");
    EXPECT_EQ(decide_start(facts).action, StartAction::kAdopt);
    facts.slot->wal_status = "lost";
    EXPECT_EQ(gap_code(facts), "OUT-4105");
}

SnapshotMode initial_only() {
    SnapshotMode mode;
    mode.streams = false;
    return mode;
}

TEST(Preflight, ACompletedSnapshotOnlyRunHasNothingToDo) {
    StartFacts facts = good();
    facts.position->snapshot.state = SnapshotState::kCompleted;
    facts.slot.reset();
    facts.mode = initial_only();
    EXPECT_EQ(decide_start(facts).action, StartAction::kNothing);
    facts.mode = {};
    EXPECT_EQ(decide_start(facts).action, StartAction::kCreate) << "a stream starts anew";
}

TEST(Preflight, ASnapshotAtEachStartReplacesTheSlotOnceAProcess) {
    StartFacts facts = good();
    facts.mode.at_each_start = true;
    EXPECT_EQ(decide_start(facts).action, StartAction::kReplaceSlot);
    facts.first_start = false;
    EXPECT_EQ(decide_start(facts).action, StartAction::kStream);
}

TEST(Preflight, ASnapshotAtEachStartIsTakenAgainAlthoughOneWasCompleted) {
    StartFacts facts = good();
    facts.position->snapshot.state = SnapshotState::kCompleted;
    facts.slot.reset();
    facts.mode = initial_only();
    facts.mode.at_each_start = true;
    EXPECT_EQ(decide_start(facts).action, StartAction::kCreate);
}

TEST(Preflight, WhenNeededTakesANewSnapshotWhereChangesAreLostAndSaysWhichGapItCloses) {
    struct Case {
        const char *code;
        StartAction action;
        std::function<void(StartFacts *)> spoil;
    };
    const Case cases[] = {
        {"OUT-4104", StartAction::kCreate, [](StartFacts *f) { f->slot.reset(); }},
        {"OUT-4105", StartAction::kReplaceSlot,
         [](StartFacts *f) { f->slot->wal_status = "lost"; }},
        {"OUT-4106", StartAction::kReplaceSlot, [](StartFacts *f) { f->slot->invalidation = "x"; }},
        {"OUT-4107", StartAction::kReplaceSlot,
         [](StartFacts *f) { f->slot->confirmed = {0x201}; }},
        {"OUT-4110", StartAction::kReplaceSlot, [](StartFacts *f) { f->position.reset(); }},
    };
    for (const Case &each : cases) {
        SCOPED_TRACE(each.code);
        StartFacts facts = good();
        facts.mode.heals_gaps = true;
        each.spoil(&facts);
        const StartDecision decision = decide_start(facts);
        EXPECT_FALSE(decision.gap);
        EXPECT_EQ(decision.action, each.action);
        ASSERT_TRUE(decision.healed);
        EXPECT_EQ(decision.healed->spec->code, each.code);
    }
}

TEST(Preflight, WhenNeededDoesNotHideAWrongServerNorChangesThatTheServerNeverHad) {
    const std::function<void(StartFacts *)> spoils[] = {
        [](StartFacts *f) { f->server.system_identifier = "72"; },
        [](StartFacts *f) { f->server.database = f->slot->database = "other"; },
        [](StartFacts *f) { f->slot->plugin = "pgoutput"; },
        [](StartFacts *f) { f->position->timeline = 2; },
        [](StartFacts *f) { f->server.wal_end = {0x1FF}; },
    };
    for (const auto &spoil : spoils) {
        StartFacts facts = good();
        facts.mode.heals_gaps = true;
        spoil(&facts);
        EXPECT_TRUE(decide_start(facts).gap);
    }
}

TEST(Preflight, AModeWithoutASnapshotDoesNotLeaveOneHalfDone) {
    StartFacts facts = good();
    facts.mode.at_first = false;
    facts.position->snapshot = {1, SnapshotState::kRunning, "public.t"};
    EXPECT_EQ(gap_code(facts), "OUT-4113");
    facts.position->snapshot = {1, SnapshotState::kCreating, ""};  // nothing was copied
    EXPECT_EQ(gap_code(facts), "none");
}

TEST(Preflight, AModeThatRecoversNeedsAPosition) {
    StartFacts facts = good();
    facts.mode.needs_position = true;
    EXPECT_EQ(gap_code(facts), "none");
    facts.position.reset();
    facts.slot.reset();
    EXPECT_EQ(gap_code(facts), "OUT-4114");
}

TEST(ForkOfTimeline, ReadsTheHistoryFile) {
    const std::string history = "1\t0/5000148\tno recovery target specified\n\n2\t0/60001C8\tx\n";
    EXPECT_EQ(fork_of_timeline(history, 1), core::EndLsn{0x5000148});
    EXPECT_EQ(fork_of_timeline(history, 2), core::EndLsn{0x60001C8});
    EXPECT_FALSE(fork_of_timeline(history, 3));
    EXPECT_FALSE(fork_of_timeline("1\n1\tx\n# 1", 1));
}

}  // namespace
}  // namespace outflow::relay
