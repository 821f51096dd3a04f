#include "app/pipeline.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "core/chunk_writer.h"
#include "core/string_sink.h"

namespace outflow::relay {
namespace {

// Remembers what became durable, and can be told to fail.
class FakeSink final : public Sink {
 public:
    std::optional<Failure> open_route(const core::RelationRecord &relation,
                                      RouteId *route) override {
        return open_topic(relation.topic, true, route);
    }
    std::optional<Failure> open_topic(std::string_view topic, bool, RouteId *route) override {
        routes.emplace_back(topic);
        *route = static_cast<RouteId>(routes.size());
        return std::nullopt;
    }
    bool begin() override {
        EXPECT_FALSE(open);
        open = true;
        return true;
    }
    Accept deliver(const Event &event) override {
        EXPECT_TRUE(open);
        if (full_for > 0) {
            --full_for;
            return Accept::kFull;
        }
        pending.push_back(std::string(event.record.value));
        return Accept::kAccepted;
    }
    Commit commit(const Position &position, int) override {
        if (commits_before_trouble-- == 0) return Commit::kFailed;
        if (pending_for > 0) {
            --pending_for;
            return Commit::kPending;
        }
        open = false;
        durable.insert(durable.end(), pending.begin(), pending.end());
        pending.clear();
        positions.push_back(position);
        return Commit::kDone;
    }
    void abort(int) override {
        open = false;
        aborted = true;
        pending.clear();
    }
    bool serve(int) override { return true; }
    bool has_outstanding() const override { return false; }
    const Trouble &trouble() const override { return trouble_; }

    std::vector<std::string> routes;
    std::vector<std::string> pending;
    std::vector<std::string> durable;
    std::vector<Position> positions;
    Trouble trouble_;
    bool open = false;
    bool aborted = false;
    int full_for = 0;
    int pending_for = 0;
    int commits_before_trouble = -1;
};

class ChunkBuilder {
 public:
    ChunkBuilder() { writer_.begin_chunk(); }
    ChunkBuilder &relation() {
        writer_.relation({5, "public", "t", "p.public.t"});
        return *this;
    }
    ChunkBuilder &begin(std::uint64_t commit) {
        writer_.begin({commit}, 7, 0);
        return *this;
    }
    ChunkBuilder &event(std::uint64_t ordinal, std::string_view value, std::uint16_t flags = 0) {
        writer_.begin_event({5, core::Operation::kCreate,
                             static_cast<std::uint16_t>(core::kEventHasValue | flags), ordinal, 1});
        writer_.end_key();
        sink_.append(value);
        writer_.end_value();
        writer_.end_event();
        return *this;
    }
    ChunkBuilder &commit(std::uint64_t lsn) {
        writer_.commit({lsn}, {lsn + 10}, {lsn + 10}, 0, 0);
        return *this;
    }
    ChunkBuilder &progress(std::uint64_t lsn) {
        writer_.progress({lsn}, {lsn});
        return *this;
    }
    ChunkHandle build(Channel *channel) {
        writer_.end_chunk(false);
        auto *memory = static_cast<char *>(std::malloc(sink_.size));
        std::memcpy(memory, sink_.data, sink_.size);
        return ChunkHandle(
            Chunk::make(memory, &std::free, {memory, sink_.size}, sink_.size, channel->budget()));
    }

 private:
    core::StringSink sink_;
    core::ChunkWriter writer_{&sink_};
};

Position streaming() {
    Position position;
    position.end = position.ack = {100};
    position.snapshot.state = SnapshotState::kStreaming;
    return position;
}

class PipelineTest : public testing::Test {
 protected:
    void push(ChunkBuilder &builder) { channel_.push(builder.build(&channel_)); }
    Outcome run() {
        Pipeline pipeline(streaming(), options_, &sink_, &channel_);
        pipeline.run();
        EXPECT_TRUE(channel_.ended());
        EXPECT_FALSE(sink_.open) << "nothing is left open";
        return pipeline.outcome();
    }
    Outcome run_to_the_end_of_input() {
        channel_.end_input();
        return run();
    }

    Channel channel_{1 << 20, -1};
    FakeSink sink_;
    PipelineOptions options_;
};

TEST_F(PipelineTest, DeliversATransactionWithItsPositionAndConfirmsItsEnd) {
    push(ChunkBuilder().relation().begin(200).event(1, "a").event(2, "b").commit(200));
    EXPECT_EQ(run_to_the_end_of_input().kind, Outcome::Kind::kStopped);
    EXPECT_EQ(sink_.routes, std::vector<std::string>{"p.public.t"});
    EXPECT_EQ(sink_.durable, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(sink_.positions.size(), 1u);
    EXPECT_EQ(sink_.positions[0].commit, core::CommitLsn{200});
    EXPECT_EQ(channel_.confirmed(), core::EndLsn{210});
    EXPECT_EQ(channel_.budget()->used(), 0u) << "every chunk is freed";
}

TEST_F(PipelineTest, ATransactionSpansChunks) {
    push(ChunkBuilder().relation().begin(200).event(1, "a"));
    push(ChunkBuilder().event(2, "b"));
    push(ChunkBuilder().event(3, "c").commit(200));
    run_to_the_end_of_input();
    EXPECT_EQ(sink_.durable, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(sink_.positions.size(), 1u);
}

TEST_F(PipelineTest, AHalfReceivedTransactionIsAbortedWhenTheInputEnds) {
    push(ChunkBuilder().relation().begin(200).event(1, "a").commit(200).begin(220).event(1, "b"));
    channel_.push(ChunkBuilder().event(2, "c").build(&channel_));
    run_to_the_end_of_input();
    EXPECT_EQ(sink_.durable, std::vector<std::string>{"a"});
    EXPECT_TRUE(sink_.aborted || sink_.pending.empty());
    EXPECT_EQ(channel_.confirmed(), core::EndLsn{210});
}

TEST_F(PipelineTest, StopsAtTheFirstBoundaryAndLeavesTheRestForTheNextStart) {
    push(ChunkBuilder()
             .relation()
             .begin(200)
             .event(1, "a")
             .commit(200)
             .begin(220)
             .event(1, "b")
             .commit(220));
    channel_.stop();
    EXPECT_EQ(run().kind, Outcome::Kind::kStopped);
    EXPECT_EQ(sink_.durable, std::vector<std::string>{"a"});
    EXPECT_EQ(channel_.confirmed(), core::EndLsn{210});
}

TEST_F(PipelineTest, AFullSinkIsServedAndOfferedTheSameEventAgain) {
    sink_.full_for = 3;
    push(ChunkBuilder().relation().begin(200).event(1, "a").event(2, "b").commit(200));
    run_to_the_end_of_input();
    EXPECT_EQ(sink_.durable, (std::vector<std::string>{"a", "b"}));
}

TEST_F(PipelineTest, APendingCommitIsCalledAgainUntilItIsDone) {
    sink_.pending_for = 5;
    push(ChunkBuilder().relation().begin(200).event(1, "a").commit(200));
    run_to_the_end_of_input();
    EXPECT_EQ(sink_.positions.size(), 1u);
    EXPECT_EQ(channel_.confirmed(), core::EndLsn{210});
}

TEST_F(PipelineTest, AFailedCommitConfirmsNothingAndEndsTheRun) {
    sink_.commits_before_trouble = 0;
    sink_.trouble_.kind = Trouble::Kind::kRecycle;
    push(ChunkBuilder().relation().begin(200).event(1, "a").commit(200));
    EXPECT_EQ(run().kind, Outcome::Kind::kRecycle);
    EXPECT_TRUE(sink_.aborted);
    EXPECT_EQ(channel_.confirmed(), core::EndLsn{100});
}

TEST_F(PipelineTest, BeingFencedIsToldApart) {
    sink_.commits_before_trouble = 0;
    sink_.trouble_.kind = Trouble::Kind::kFenced;
    push(ChunkBuilder().relation().begin(200).event(1, "a").commit(200));
    EXPECT_EQ(run().kind, Outcome::Kind::kFenced);
}

TEST_F(PipelineTest, EndsWhenTheTargetIsDurableByProgressAlone) {
    options_.until = {300};
    push(ChunkBuilder().relation().begin(200).event(1, "a").commit(200).progress(300));
    EXPECT_EQ(run().kind, Outcome::Kind::kReached);
    ASSERT_FALSE(sink_.positions.empty());
    EXPECT_EQ(sink_.positions.back().ack, core::EndLsn{300});
}

TEST_F(PipelineTest, AReplyRequestStoresTheProgressWithoutWaitingForItsInterval) {
    push(ChunkBuilder().progress(300));
    channel_.hurry();
    std::thread stopper([this] {
        while (channel_.confirmed() != core::EndLsn{300}) std::this_thread::yield();
        channel_.stop();
    });
    EXPECT_EQ(run().kind, Outcome::Kind::kStopped);
    stopper.join();
}

TEST_F(PipelineTest, ABrokenChunkEndsTheRunForGood) {
    auto *memory = static_cast<char *>(std::malloc(16));
    std::memset(memory, 'x', 16);
    channel_.push(
        ChunkHandle(Chunk::make(memory, &std::free, {memory, 16}, 16, channel_.budget())));
    const Outcome outcome = run();
    EXPECT_EQ(outcome.kind, Outcome::Kind::kFatal);
    EXPECT_EQ(outcome.failure.spec, error::kBadChunk);
}

TEST_F(PipelineTest, AnEventOfAnUnannouncedRelationIsBroken) {
    push(ChunkBuilder().begin(200).event(1, "a"));
    EXPECT_EQ(run().kind, Outcome::Kind::kFatal);
}

TEST(ByteBudget, ReadingStopsAtTheLimitAndResumesWithAQuarterFree) {
    ByteBudget budget(100, -1);
    budget.take(99);
    EXPECT_TRUE(budget.may_read());
    budget.take(1);
    EXPECT_FALSE(budget.may_read());
    budget.give_back(30);
    EXPECT_TRUE(budget.may_read());
}

}  // namespace
}  // namespace outflow::relay
