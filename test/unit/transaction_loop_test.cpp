#include "ack/transaction_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace outflow::relay {
namespace {

using core::CommitLsn;
using core::EndLsn;
using core::Lsn;

core::BeginRecord begin(std::uint64_t commit) { return {{commit}, 7, 0}; }

core::CommitRecord commit(std::uint64_t lsn, std::uint64_t end) {
    return {{lsn}, {end}, {end}, 0, 0};
}

core::EventRecord event(std::uint64_t ordinal, std::uint16_t flags = 0) {
    core::EventRecord ev;
    ev.ordinal = ordinal;
    ev.flags = flags;
    ev.value = "{\"op\":\"c\"}";
    return ev;
}

core::EventRecord message(std::uint64_t lsn) {
    core::EventRecord ev = event(0, core::kEventNonTransactional);
    ev.operation = core::Operation::kMessage;
    ev.lsn = lsn;
    return ev;
}

core::EventRecord snapshot_row() {
    core::EventRecord ev = event(0);
    ev.operation = core::Operation::kRead;
    return ev;
}

Position streaming_from(std::uint64_t ack) {
    Position position;
    position.end = {ack};
    position.ack = {ack};
    position.snapshot.state = SnapshotState::kStreaming;
    return position;
}

void whole_transaction(TransactionLoop *loop, std::uint64_t lsn, std::uint64_t end) {
    ASSERT_TRUE(loop->on_begin(begin(lsn)));
    ASSERT_EQ(loop->on_event(event(1)), Verdict::kDeliver);
    ASSERT_TRUE(loop->on_commit(commit(lsn, end)));
}

constexpr bool kMoreQueued = true;
constexpr bool kUrgent = true;

TEST(TransactionLoop, ClosesAtTheCommitAsSoonAsNothingMoreIsQueued) {
    TransactionLoop loop(streaming_from(100), {});
    ASSERT_TRUE(loop.on_begin(begin(200)));
    ASSERT_EQ(loop.on_event(event(1)), Verdict::kDeliver);
    loop.on_batch_begun(0);
    EXPECT_FALSE(loop.close_due(10'000, false, kUrgent)) << "inside a transaction";
    ASSERT_TRUE(loop.on_commit(commit(200, 210)));
    EXPECT_FALSE(loop.close_due(0, kMoreQueued, false));
    EXPECT_TRUE(loop.close_due(0, false, false));
}

TEST(TransactionLoop, ClosesUnderLoadWhenALimitIsReached) {
    BatchLimits limits;
    limits.rows = 2;
    limits.bytes = 1'000;
    limits.interval_ms = 250;
    TransactionLoop loop(streaming_from(100), limits);
    whole_transaction(&loop, 200, 210);
    loop.on_batch_begun(0);
    EXPECT_FALSE(loop.close_due(249, kMoreQueued, false));
    EXPECT_TRUE(loop.close_due(250, kMoreQueued, false)) << "time";
    whole_transaction(&loop, 220, 230);
    EXPECT_TRUE(loop.close_due(0, kMoreQueued, false)) << "rows";
    loop.on_batch_committed(0);
    core::EventRecord large = event(1);
    const std::string value(1'000, 'x');
    large.value = value;
    ASSERT_TRUE(loop.on_begin(begin(240)));
    ASSERT_EQ(loop.on_event(large), Verdict::kDeliver);
    ASSERT_TRUE(loop.on_commit(commit(240, 250)));
    EXPECT_TRUE(loop.close_due(0, kMoreQueued, false)) << "bytes";
}

TEST(TransactionLoop, ConfirmsTheEndOfTheLastTransactionAndOnlyWhenItsBatchIsDurable) {
    TransactionLoop loop(streaming_from(100), {});
    whole_transaction(&loop, 200, 210);
    whole_transaction(&loop, 220, 230);
    EXPECT_EQ(loop.confirmable(), EndLsn{100});
    const Position stored = loop.next_position();
    EXPECT_EQ(stored.commit, CommitLsn{220});
    EXPECT_EQ(stored.end, EndLsn{230});
    EXPECT_EQ(stored.ack, EndLsn{230});
    EXPECT_EQ(stored.sequence, Lsn{230});
    loop.on_batch_committed(0);
    EXPECT_EQ(loop.confirmable(), EndLsn{230});
}

TEST(TransactionLoop, DropsATransactionThatKafkaHas) {
    Position stored = streaming_from(100);
    stored.commit = {220};
    TransactionLoop loop(stored, {});
    ASSERT_TRUE(loop.on_begin(begin(220)));
    EXPECT_EQ(loop.on_event(event(1)), Verdict::kSkip);
    ASSERT_TRUE(loop.on_commit(commit(220, 230)));
    EXPECT_EQ(loop.skipped_events(), 1u);
    EXPECT_EQ(loop.next_position().commit, CommitLsn{220});
    ASSERT_TRUE(loop.on_begin(begin(230)));
    EXPECT_EQ(loop.on_event(event(1)), Verdict::kDeliver);
}

TEST(TransactionLoop, SplitsOnlyAboveTheLimitAndNeverInsideAnOrdinal) {
    BatchLimits limits;
    limits.rows = 1;
    limits.split_rows = 3;
    TransactionLoop loop(streaming_from(100), limits);
    ASSERT_TRUE(loop.on_begin(begin(200)));
    loop.on_batch_begun(0);
    for (const std::uint64_t ordinal : {1, 5}) {
        ASSERT_EQ(loop.on_event(event(ordinal)), Verdict::kDeliver);
        EXPECT_FALSE(loop.close_due(1'000, kMoreQueued, false));
    }
    ASSERT_EQ(loop.on_event(event(6, core::kEventMoreOfOrdinal)), Verdict::kDeliver);
    EXPECT_FALSE(loop.close_due(1'000, kMoreQueued, false)) << "a tombstone follows";
    ASSERT_EQ(loop.on_event(event(6)), Verdict::kDeliver);
    EXPECT_TRUE(loop.close_due(1'000, kMoreQueued, false));
    ASSERT_TRUE(loop.next_position().partial);
    EXPECT_EQ(*loop.next_position().partial, (Position::Partial{{200}, 7, 6}));
}

// Transaction metadata: BEGIN has ordinal 0, END the one behind the last change.
core::EventRecord marker(std::uint64_t ordinal) {
    core::EventRecord ev = event(ordinal);
    ev.relation = core::kTransactionRelation;
    ev.operation = core::Operation::kTransaction;
    return ev;
}

TEST(TransactionLoop, ASplitMayFallBehindBeginAndBeforeEnd) {
    BatchLimits limits;
    limits.split_rows = 1;
    TransactionLoop loop(streaming_from(100), limits);
    ASSERT_TRUE(loop.on_begin(begin(200)));
    loop.on_batch_begun(0);
    ASSERT_EQ(loop.on_event(marker(0)), Verdict::kDeliver);
    ASSERT_TRUE(loop.close_due(0, kMoreQueued, false));
    const Position behind_begin = loop.next_position();
    EXPECT_EQ(*behind_begin.partial, (Position::Partial{{200}, 7, 0}));
    loop.on_batch_committed(0);
    ASSERT_EQ(loop.on_event(event(5)), Verdict::kDeliver);
    const Position before_end = loop.next_position();
    EXPECT_EQ(*before_end.partial, (Position::Partial{{200}, 7, 5}));

    TransactionLoop resumed_early(behind_begin, limits);
    ASSERT_TRUE(resumed_early.on_begin(begin(200)));
    EXPECT_EQ(resumed_early.on_event(marker(0)), Verdict::kSkip);
    EXPECT_EQ(resumed_early.on_event(event(5)), Verdict::kDeliver);
    EXPECT_EQ(resumed_early.on_event(marker(6)), Verdict::kDeliver);

    TransactionLoop resumed_late(before_end, limits);
    ASSERT_TRUE(resumed_late.on_begin(begin(200)));
    EXPECT_EQ(resumed_late.on_event(marker(0)), Verdict::kSkip);
    EXPECT_EQ(resumed_late.on_event(event(5)), Verdict::kSkip);
    EXPECT_EQ(resumed_late.on_event(marker(6)), Verdict::kDeliver);
    ASSERT_TRUE(resumed_late.on_commit(commit(200, 210)));
    EXPECT_FALSE(resumed_late.next_position().partial);
}

TEST(TransactionLoop, ATransactionOfMarkersAloneIsDeliveredOnce) {
    TransactionLoop loop(streaming_from(100), {});
    ASSERT_TRUE(loop.on_begin(begin(200)));
    loop.on_batch_begun(0);
    ASSERT_EQ(loop.on_event(marker(0)), Verdict::kDeliver);
    ASSERT_EQ(loop.on_event(marker(1)), Verdict::kDeliver);
    ASSERT_TRUE(loop.on_commit(commit(200, 210)));
    TransactionLoop again(loop.next_position(), {});
    ASSERT_TRUE(again.on_begin(begin(200)));
    EXPECT_EQ(again.on_event(marker(0)), Verdict::kSkip);
    EXPECT_EQ(again.on_event(marker(1)), Verdict::kSkip);
}

TEST(TransactionLoop, ACutTransactionIsResumedInTheSamePlaceWhenMetadataIsSwitchedOnOrOff) {
    BatchLimits limits;
    limits.split_rows = 1;
    TransactionLoop loop(streaming_from(100), limits);
    ASSERT_TRUE(loop.on_begin(begin(200)));
    loop.on_batch_begun(0);
    ASSERT_EQ(loop.on_event(event(1)), Verdict::kDeliver);
    const Position cut = loop.next_position();

    TransactionLoop on(cut, limits);
    ASSERT_TRUE(on.on_begin(begin(200)));
    EXPECT_EQ(on.on_event(marker(0)), Verdict::kSkip);
    EXPECT_EQ(on.on_event(event(1)), Verdict::kSkip);
    EXPECT_EQ(on.on_event(event(2)), Verdict::kDeliver);
    EXPECT_EQ(on.on_event(marker(3)), Verdict::kDeliver);
}

TEST(TransactionLoop, RowsOfEarlierTransactionsDoNotCountForTheSplit) {
    BatchLimits limits;
    limits.split_rows = 2;
    TransactionLoop loop(streaming_from(100), limits);
    whole_transaction(&loop, 200, 210);
    whole_transaction(&loop, 220, 230);
    loop.on_batch_begun(0);
    ASSERT_TRUE(loop.on_begin(begin(240)));
    ASSERT_EQ(loop.on_event(event(1)), Verdict::kDeliver);
    EXPECT_FALSE(loop.close_due(0, kMoreQueued, false));
}

TEST(TransactionLoop, SplitsABatchThatKafkaWouldOtherwiseTimeOut) {
    BatchLimits limits;
    limits.split_ms = 40'000;
    TransactionLoop loop(streaming_from(100), limits);
    ASSERT_TRUE(loop.on_begin(begin(200)));
    ASSERT_EQ(loop.on_event(event(1)), Verdict::kDeliver);
    loop.on_batch_begun(0);
    EXPECT_FALSE(loop.close_due(39'999, false, false));
    EXPECT_TRUE(loop.close_due(40'000, false, false));
}

TEST(TransactionLoop, ConfirmsNothingWhileATransactionIsHalfWay) {
    BatchLimits limits;
    limits.split_rows = 1;
    TransactionLoop loop(streaming_from(100), limits);
    whole_transaction(&loop, 200, 210);
    ASSERT_TRUE(loop.on_begin(begin(220)));
    ASSERT_EQ(loop.on_event(event(1)), Verdict::kDeliver);
    const Position stored = loop.next_position();
    EXPECT_EQ(stored.commit, CommitLsn{200});
    EXPECT_EQ(stored.end, EndLsn{210});
    EXPECT_EQ(stored.sequence, Lsn{210});
    loop.on_batch_committed(0);
    EXPECT_EQ(loop.confirmable(), EndLsn{100});
    EXPECT_EQ(loop.split_batches(), 1u);
    ASSERT_EQ(loop.on_event(event(2)), Verdict::kDeliver);
    ASSERT_TRUE(loop.on_commit(commit(220, 230)));
    EXPECT_FALSE(loop.next_position().partial);
    loop.on_batch_committed(0);
    EXPECT_EQ(loop.confirmable(), EndLsn{230});
}

TEST(TransactionLoop, ResumesASplitTransactionBehindItsLastOrdinal) {
    Position stored = streaming_from(210);
    stored.commit = {200};
    stored.partial = Position::Partial{{220}, 7, 4};
    TransactionLoop loop(stored, {});
    ASSERT_TRUE(loop.on_begin(begin(220)));
    EXPECT_EQ(loop.on_event(event(3)), Verdict::kSkip);
    EXPECT_EQ(loop.on_event(event(4, core::kEventMoreOfOrdinal)), Verdict::kSkip);
    EXPECT_EQ(loop.on_event(event(4)), Verdict::kSkip);
    EXPECT_EQ(loop.on_event(event(5)), Verdict::kDeliver);
    ASSERT_TRUE(loop.on_commit(commit(220, 230)));
    EXPECT_FALSE(loop.next_position().partial);
    EXPECT_EQ(loop.next_position().commit, CommitLsn{220});
}

TEST(TransactionLoop, APartialIsKeptWhileItsTransactionHasNothingNew) {
    Position stored = streaming_from(210);
    stored.partial = Position::Partial{{220}, 7, 4};
    TransactionLoop loop(stored, {});
    loop.on_progress({{215}, {210}});
    EXPECT_EQ(loop.next_position().partial, stored.partial);
    ASSERT_TRUE(loop.on_begin(begin(220)));
    ASSERT_EQ(loop.on_event(event(4)), Verdict::kSkip);
    EXPECT_EQ(loop.next_position().partial, stored.partial);
}

TEST(TransactionLoop, APartialEndsWhenTheStreamPassesATransactionThatFiltersNowHide) {
    Position stored = streaming_from(210);
    stored.partial = Position::Partial{{220}, 7, 4};
    TransactionLoop loop(stored, {});
    loop.on_progress({{300}, {290}});
    EXPECT_FALSE(loop.next_position().partial);
    EXPECT_EQ(loop.next_position().commit, CommitLsn{220});
    EXPECT_EQ(loop.next_position().ack, EndLsn{300});
}

TEST(TransactionLoop, ProgressIsStoredBeforeItIsConfirmedAndNotTooOften) {
    BatchLimits limits;
    limits.progress_interval_ms = 1'000;
    TransactionLoop loop(streaming_from(100), limits);
    loop.on_batch_committed(5'000);
    loop.on_progress({{300}, {290}});
    EXPECT_EQ(loop.confirmable(), EndLsn{100});
    EXPECT_FALSE(loop.close_due(5'999, false, false));
    EXPECT_TRUE(loop.close_due(6'000, false, false));
    EXPECT_TRUE(loop.close_due(5'001, false, kUrgent)) << "a keepalive asked for a reply";
    EXPECT_EQ(loop.next_position().ack, EndLsn{300});
    EXPECT_EQ(loop.next_position().end, EndLsn{100}) << "no transaction ended there";
    EXPECT_EQ(loop.next_position().sequence, Lsn{290});
    loop.on_batch_committed(6'000);
    EXPECT_EQ(loop.confirmable(), EndLsn{300});
    EXPECT_FALSE(loop.close_due(60'000, false, kUrgent)) << "nothing new";
}

TEST(TransactionLoop, AProgressBehindOneThatIsKnownChangesNothing) {
    TransactionLoop loop(streaming_from(100), {});
    loop.on_progress({{90}, {80}});
    EXPECT_FALSE(loop.has_news());
}

TEST(TransactionLoop, AProgressInsideATransactionWaitsForItsCommit) {
    TransactionLoop loop(streaming_from(100), {});
    ASSERT_TRUE(loop.on_begin(begin(200)));
    ASSERT_EQ(loop.on_event(event(1)), Verdict::kDeliver);
    loop.on_progress({{205}, {205}});
    EXPECT_EQ(loop.next_position().ack, EndLsn{100}) << "the transaction is not in Kafka yet";
    EXPECT_FALSE(loop.next_position().sequence.valid());
}

TEST(TransactionLoop, MessagesOutsideTransactionsAreKnownByTheirOwnLsn) {
    Position stored = streaming_from(100);
    stored.commit = {500};
    stored.message = {200};
    TransactionLoop loop(stored, {});
    EXPECT_EQ(loop.on_event(message(200)), Verdict::kSkip);
    EXPECT_EQ(loop.on_event(message(300)), Verdict::kDeliver) << "below the commit, yet new";
    EXPECT_EQ(loop.next_position().message, Lsn{300});
    EXPECT_EQ(loop.next_position().commit, CommitLsn{500});
    EXPECT_TRUE(loop.close_due(0, false, false));
}

TEST(TransactionLoop, SnapshotRowsCloseByLimitsOnlyAndTheEndClosesAtOnce) {
    BatchLimits limits;
    limits.rows = 3;
    Position stored = streaming_from(100);
    stored.snapshot = {1, SnapshotState::kRunning, ""};
    TransactionLoop loop(stored, limits);
    loop.on_snapshot_table("public.t");
    loop.on_batch_begun(0);
    ASSERT_EQ(loop.on_event(snapshot_row()), Verdict::kDeliver);
    EXPECT_FALSE(loop.close_due(0, false, false));
    ASSERT_EQ(loop.on_event(snapshot_row()), Verdict::kDeliver);
    ASSERT_EQ(loop.on_event(snapshot_row()), Verdict::kDeliver);
    EXPECT_TRUE(loop.close_due(0, kMoreQueued, false));
    EXPECT_EQ(loop.next_position().snapshot,
              (Position::Snapshot{1, SnapshotState::kRunning, "public.t"}));
    loop.on_batch_committed(0);
    loop.on_snapshot_end(SnapshotState::kStreaming);
    EXPECT_TRUE(loop.close_due(0, kMoreQueued, false)) << "even without rows since the last batch";
    EXPECT_EQ(loop.next_position().snapshot,
              (Position::Snapshot{1, SnapshotState::kStreaming, ""}));
    loop.on_batch_committed(0);
    EXPECT_EQ(loop.on_event(snapshot_row()), Verdict::kBroken);
}

TEST(TransactionLoop, ABrokenStreamIsNamedNotGuessed) {
    TransactionLoop loop(streaming_from(100), {});
    EXPECT_EQ(loop.on_event(event(1)), Verdict::kBroken);
    EXPECT_EQ(loop.problem(), "an event stands outside any transaction");
    ASSERT_TRUE(loop.on_begin(begin(200)));
    EXPECT_FALSE(loop.on_begin(begin(210)));
    ASSERT_EQ(loop.on_event(event(2)), Verdict::kDeliver);
    EXPECT_EQ(loop.on_event(event(1)), Verdict::kBroken);
    EXPECT_FALSE(loop.on_commit(commit(201, 210)));
    ASSERT_TRUE(loop.on_commit(commit(200, 210)));
    EXPECT_FALSE(loop.on_begin(begin(200)));
    EXPECT_FALSE(loop.on_commit(commit(200, 210)));
    ASSERT_TRUE(loop.on_begin(begin(220)));
    ASSERT_EQ(loop.on_event(event(1, core::kEventMoreOfOrdinal)), Verdict::kDeliver);
    EXPECT_EQ(loop.on_event(event(2)), Verdict::kBroken);
    EXPECT_FALSE(loop.on_commit(commit(220, 230)));
}

// A model of the world around the loop. WAL positions: each transaction occupies [commit, end) of
// its commit record; messages stand between. The relay is crashed at random records and around
// random commits; the slot steps back to any position that it was once told.
class Simulation {
 public:
    struct Id {
        std::uint64_t lsn = 0;  // commit LSN, or a message's own
        std::uint64_t ordinal = 0;
        int part = 0;
        auto operator<=>(const Id &) const = default;
    };

    explicit Simulation(unsigned seed) : random_(seed) { make_wal(); }

    void run() {
        slot_history_ = {kStart};
        stored_ = streaming_from(kStart);
        for (int life = 0; life < 400 && !finished_; ++life) live(life == 399);
        ASSERT_TRUE(finished_);
        EXPECT_EQ(committed_, expected_);
    }

 private:
    static constexpr std::uint64_t kStart = 1'000;

    struct Record {
        enum Kind { kBegin, kEvent, kCommit, kProgress } kind;
        std::uint64_t lsn;  // commit LSN; of a message or progress its position
        std::uint64_t end;  // commit: end LSN
        core::EventRecord ev;
        Id id;
    };

    unsigned below(unsigned bound) {
        return std::uniform_int_distribution<unsigned>(0, bound - 1)(random_);
    }

    // The whole history in the order in which a server sends it.
    void make_wal() {
        std::uint64_t lsn = kStart;
        for (int step = 0; step < 60; ++step) {
            lsn += 1 + below(20);
            switch (below(6)) {
                case 0:
                    wal_.push_back({Record::kEvent, lsn, lsn, message(lsn), {lsn, 0, 0}});
                    expected_.push_back({lsn, 0, 0});
                    break;
                case 1:
                    wal_.push_back({Record::kProgress, lsn, lsn, {}, {}});
                    break;
                default:
                    make_transaction(lsn);
                    lsn += 10;
            }
        }
        wal_.push_back({Record::kProgress, lsn + 1, lsn + 1, {}, {}});
        end_ = lsn + 1;
    }

    void make_transaction(std::uint64_t lsn) {
        wal_.push_back({Record::kBegin, lsn, lsn, {}, {}});
        std::uint64_t ordinal = 0;
        const unsigned callbacks = 1 + below(8);
        for (unsigned at = 0; at < callbacks; ++at) {
            ordinal += 1 + below(3);  // filtered callbacks leave holes
            const int parts = 1 + static_cast<int>(below(3));
            for (int part = 0; part < parts; ++part) {
                const std::uint16_t flags = part + 1 < parts ? core::kEventMoreOfOrdinal : 0;
                wal_.push_back(
                    {Record::kEvent, lsn, lsn, event(ordinal, flags), {lsn, ordinal, part}});
                expected_.push_back({lsn, ordinal, part});
            }
        }
        wal_.push_back({Record::kCommit, lsn, lsn + 10, {}, {}});
    }

    // One life of the relay, from reading the position to a crash or the end of the WAL.
    void live(bool last) {
        BatchLimits limits;
        limits.rows = 1 + below(10);
        limits.split_rows = 1 + below(6);
        limits.progress_interval_ms = below(3);
        TransactionLoop loop(stored_, limits);
        std::vector<Id> batch;
        const std::uint64_t slot = slot_history_[below(slot_history_.size())];
        const std::uint64_t from = std::max(slot, stored_.ack.value);
        std::size_t crash_at = last ? wal_.size() : below(static_cast<unsigned>(wal_.size() * 2));
        std::int64_t now = 0;
        for (std::size_t at = 0; at < wal_.size(); ++at, ++now) {
            const Record &record = wal_[at];
            if (record.lsn < from) continue;  // the server skips what starts before
            if (crash_at-- == 0) return;
            feed(&loop, record, &batch);
            if (!loop.close_due(now, below(2) == 0, below(4) == 0)) continue;
            if (!commit(&loop, &batch, now)) return;
        }
        if (loop.has_news() && !commit(&loop, &batch, now)) return;
        finished_ = stored_.ack.value >= end_;
    }

    void feed(TransactionLoop *loop, const Record &record, std::vector<Id> *batch) {
        switch (record.kind) {
            case Record::kBegin:
                ASSERT_TRUE(loop->on_begin(begin(record.lsn))) << loop->problem();
                break;
            case Record::kEvent: {
                const Verdict verdict = loop->on_event(record.ev);
                ASSERT_NE(verdict, Verdict::kBroken) << loop->problem();
                if (verdict == Verdict::kDeliver) batch->push_back(record.id);
                break;
            }
            case Record::kCommit:
                ASSERT_TRUE(loop->on_commit({{record.lsn}, {record.end}, {record.end}, 0, 0}));
                break;
            case Record::kProgress:
                loop->on_progress({{record.lsn}, {record.lsn}});
                break;
        }
    }

    // A Kafka transaction ends, or the relay crashes before, between or after its two effects.
    bool commit(TransactionLoop *loop, std::vector<Id> *batch, std::int64_t now) {
        const unsigned fate = below(12);
        if (fate == 0) return false;
        const Position position = loop->next_position();
        EXPECT_GE(position.ack, stored_.ack);
        EXPECT_GE(position.commit, stored_.commit);
        committed_.insert(committed_.end(), batch->begin(), batch->end());
        batch->clear();
        stored_ = position;
        if (fate == 1) return false;
        loop->on_batch_committed(now);
        EXPECT_LE(loop->confirmable(), stored_.ack);
        slot_history_.push_back(loop->confirmable().value);
        return fate != 2;
    }

    std::mt19937 random_;
    std::vector<Record> wal_;
    std::vector<Id> expected_;
    std::vector<Id> committed_;
    std::vector<std::uint64_t> slot_history_;
    Position stored_;
    std::uint64_t end_ = 0;
    bool finished_ = false;
};

TEST(TransactionLoop, SeesEachEventOnceInOrderWhereverItCrashes) {
    for (unsigned seed = 0; seed < 2'000; ++seed) {
        SCOPED_TRACE(seed);
        Simulation(seed).run();
        if (testing::Test::HasFailure()) break;
    }
}

}  // namespace
}  // namespace outflow::relay
