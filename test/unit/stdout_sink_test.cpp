#include "sink/stdout_sink.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "sink/json_line.h"

namespace outflow::relay {
namespace {

std::string line_of(const core::EventRecord &record, const ContextHeaders &context) {
    core::StringSink line;
    append_json_line(&line, "shop.public.orders", record, context);
    return line.str();
}

core::EventRecord event_record(std::string_view key, std::string_view value) {
    core::EventRecord record;
    record.flags = core::kEventHasKey | core::kEventHasValue;
    record.key = key;
    record.value = value;
    return record;
}

TEST(JsonLine, EmbedsKeyAndValueAsTheyAre) {
    EXPECT_EQ(line_of(event_record(R"({"id":1})", R"({"before":null,"op":"c"})"), {{"h", "a\"b"}}),
              R"({"topic":"shop.public.orders","key":{"id":1},"headers":{"h":"a\"b"},)"
              R"("value":{"before":null,"op":"c"}})"
              "\n");
}

TEST(JsonLine, WritesNullForATombstoneAndForAMissingKey) {
    EXPECT_EQ(line_of({}, {}),
              "{\"topic\":\"shop.public.orders\",\"key\":null,\"headers\":{},\"value\":null}\n");
}

// A sink that writes into a pipe.
class StdoutSinkTest : public testing::Test {
 protected:
    StdoutSinkTest() {
        signal(SIGPIPE, SIG_IGN);
        EXPECT_EQ(pipe(pipe_), 0);
        sink_ = std::make_unique<StdoutSink>(pipe_[1], ContextHeaders{{"run", "7"}});
        EXPECT_FALSE(sink_->open_route({5, "public", "orders", "shop.public.orders"}, &route_));
    }
    ~StdoutSinkTest() override {
        close(pipe_[0]);
        close(pipe_[1]);
    }

    Accept deliver(std::string_view value) {
        Event event;
        event.record = event_record("1", value);
        event.route = route_;
        return sink_->deliver(event);
    }
    std::string read_some() const {
        std::string text(1U << 16, '\0');
        const ssize_t count = read(pipe_[0], text.data(), text.size());
        text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
        return text;
    }

    int pipe_[2] = {-1, -1};
    RouteId route_ = 0;
    std::unique_ptr<StdoutSink> sink_;
};

TEST_F(StdoutSinkTest, WritesAtCommitAndNotBefore) {
    ASSERT_TRUE(sink_->begin());
    EXPECT_EQ(deliver("2"), Accept::kAccepted);
    EXPECT_TRUE(sink_->has_outstanding());
    EXPECT_EQ(sink_->commit({}, 1000), Commit::kDone);
    EXPECT_FALSE(sink_->has_outstanding());
    EXPECT_EQ(read_some(),
              "{\"topic\":\"shop.public.orders\",\"key\":1,\"headers\":{\"run\":\"7\"},"
              "\"value\":2}\n");
}

TEST_F(StdoutSinkTest, GivesTheSameRouteForTheSameTable) {
    RouteId again = 0;
    RouteId other = 0;
    EXPECT_FALSE(sink_->open_route({6, "public", "lines", "shop.public.lines"}, &other));
    EXPECT_FALSE(sink_->open_route({5, "public", "orders", "shop.public.orders"}, &again));
    EXPECT_EQ(again, route_);
    EXPECT_NE(other, route_);
}

TEST_F(StdoutSinkTest, LeavesTheContextHeadersOffMessages) {
    Event event;
    event.record = event_record("1", "2");
    EXPECT_FALSE(
        sink_->open_route({.id = core::kMessageRelation, .topic = "shop.message"}, &event.route));
    EXPECT_EQ(sink_->deliver(event), Accept::kAccepted);
    EXPECT_EQ(sink_->commit({}, 1000), Commit::kDone);
    EXPECT_EQ(read_some(), "{\"topic\":\"shop.message\",\"key\":1,\"headers\":{},\"value\":2}\n");
}

TEST_F(StdoutSinkTest, HoldsBackWhenTheReaderIsSlowAndLosesNothing) {
    const std::string value = '"' + std::string(100'000, 'x') + '"';
    int accepted = 0;
    while (accepted < 1000 && deliver(value) == Accept::kAccepted) ++accepted;
    ASSERT_GT(accepted, 10);
    ASSERT_LT(accepted, 1000);
    EXPECT_EQ(sink_->commit({}, 10), Commit::kPending);
    std::string all;
    while (sink_->commit({}, 1) == Commit::kPending) all += read_some();
    all += read_some();
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), accepted);
    while (!all.empty()) {
        const std::size_t end = all.find('\n');
        ASSERT_TRUE(nlohmann::json::accept(all.substr(0, end)));
        all.erase(0, end + 1);
    }
}

TEST_F(StdoutSinkTest, FinishesTheLineItBeganWhenItGivesUp) {
    const std::string value = '"' + std::string(300'000, 'x') + '"';
    ASSERT_EQ(deliver(value), Accept::kAccepted);
    ASSERT_EQ(deliver("2"), Accept::kAccepted);
    ASSERT_EQ(sink_->commit({}, 1), Commit::kPending);
    sink_->abort(0);
    std::string all;
    while (sink_->has_outstanding()) {
        all += read_some();
        ASSERT_TRUE(sink_->serve(1));
    }
    all += read_some();
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 1);
    EXPECT_TRUE(nlohmann::json::accept(all));
}

TEST_F(StdoutSinkTest, EndsWhenTheReaderIsGone) {
    close(pipe_[0]);
    EXPECT_EQ(deliver("2"), Accept::kAccepted);
    EXPECT_EQ(sink_->commit({}, 1000), Commit::kFailed);
    EXPECT_EQ(sink_->trouble().kind, Trouble::Kind::kFatal);
    EXPECT_EQ(sink_->trouble().failure.spec, error::kOutput);
    EXPECT_EQ(deliver("3"), Accept::kFailed);
    EXPECT_FALSE(sink_->begin());
    pipe_[0] = -1;
}

}  // namespace
}  // namespace outflow::relay
