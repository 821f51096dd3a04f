#include "sink/kafka_sink.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka_mock.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>

#include "sink/kafka_trouble.h"
#include "sink/producer_properties.h"

namespace outflow::relay {
namespace {

// Numbers of Kafka's requests.
constexpr std::int16_t kProduce = 0;
constexpr std::int16_t kAddPartitionsToTxn = 24;
constexpr std::int16_t kEndTxn = 26;

// A sink over librdkafka's mock cluster, which lives inside the producer.
class KafkaSinkTest : public testing::Test {
 protected:
    void make(DeliveryMode mode = DeliveryMode::kExactlyOnce, std::size_t in_flight = 1 << 20) {
        KafkaSinkOptions options;
        options.properties = {{"test.mock.num.brokers", "1"},
                              {"bootstrap.servers", "127.0.0.1:1"},
                              {"transaction.timeout.ms", "10000"},
                              {"message.timeout.ms", "3000"},
                              {"retry.backoff.ms", "10"}};
        options.mode = mode;
        options.transactional_id = "id";
        options.position_topic = "position";
        options.position_key = "key";
        options.headers = {{"name", "value"}};
        options.create_topics = false;  // the mock has no such request; it makes topics by itself
        options.max_in_flight_bytes = in_flight;
        sink_ = std::make_unique<KafkaSink>(std::move(options), &budget_);
        ASSERT_TRUE(sink_->start(10'000)) << sink_->trouble().failure.detail;
        ASSERT_FALSE(sink_->open_route({5, "public", "t", "p.public.t"}, &route_));
    }
    void inject(std::int16_t request, rd_kafka_resp_err_t error, int times = 1) {
        for (int time = 0; time < times; ++time)
            rd_kafka_mock_push_request_errors(rd_kafka_handle_mock_cluster(sink_->client()),
                                              request, 1, error);
    }

    // An event in a chunk of its own.
    Accept deliver(const std::string &value) {
        auto *memory = static_cast<char *>(std::malloc(value.size()));
        std::memcpy(memory, value.data(), value.size());
        const ChunkHandle chunk(
            Chunk::make(memory, &std::free, {memory, value.size()}, value.size(), &budget_));
        Event event;
        event.record.flags = core::kEventHasValue;
        event.record.value = chunk.get()->bytes();
        event.route = route_;
        event.chunk = chunk.get();
        return sink_->deliver(event);
    }
    Commit commit() {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        Commit state = Commit::kPending;
        while (state == Commit::kPending && std::chrono::steady_clock::now() < deadline)
            state = sink_->commit(Position(), 200);
        return state;
    }

    ByteBudget budget_{1 << 20, -1};
    std::unique_ptr<KafkaSink> sink_;
    RouteId route_ = 0;
};

TEST_F(KafkaSinkTest, CommitsABatchAndFreesEveryChunk) {
    make();
    for (int batch = 0; batch < 3; ++batch) {
        ASSERT_TRUE(sink_->begin());
        for (int record = 0; record < 100; ++record)
            ASSERT_EQ(deliver("{\"n\":1}"), Accept::kAccepted);
        EXPECT_GT(budget_.used(), 0u);
        ASSERT_EQ(commit(), Commit::kDone) << sink_->trouble().failure.detail;
        EXPECT_FALSE(sink_->has_outstanding());
        EXPECT_EQ(budget_.used(), 0u);
    }
}

TEST_F(KafkaSinkTest, APositionAloneIsABatchToo) {
    make();
    ASSERT_TRUE(sink_->begin());
    EXPECT_EQ(commit(), Commit::kDone);
}

TEST_F(KafkaSinkTest, WithoutTransactionsDataComesBeforeThePosition) {
    make(DeliveryMode::kNoTransactions);
    ASSERT_TRUE(sink_->begin());
    ASSERT_EQ(deliver("{}"), Accept::kAccepted);
    EXPECT_EQ(commit(), Commit::kDone);
    EXPECT_EQ(budget_.used(), 0u);
}

TEST_F(KafkaSinkTest, TakesNoMoreThanItsShareOfBytes) {
    make(DeliveryMode::kExactlyOnce, 10'000);
    ASSERT_TRUE(sink_->begin());
    const std::string value(4'000, 'x');
    int accepted = 0;
    while (deliver(value) == Accept::kAccepted) ++accepted;
    EXPECT_EQ(accepted, 2);
    while (sink_->has_outstanding()) ASSERT_TRUE(sink_->serve(10));
    EXPECT_EQ(deliver(value), Accept::kAccepted);
    EXPECT_EQ(commit(), Commit::kDone);
}

TEST_F(KafkaSinkTest, ARecordAboveTheShareGoesAlone) {
    make(DeliveryMode::kExactlyOnce, 1'000);
    ASSERT_TRUE(sink_->begin());
    EXPECT_EQ(deliver(std::string(50'000, 'x')), Accept::kAccepted);
    EXPECT_EQ(commit(), Commit::kDone);
}

TEST_F(KafkaSinkTest, ACommitThatTheCoordinatorDelaysIsRepeated) {
    make();
    ASSERT_TRUE(sink_->begin());
    ASSERT_EQ(deliver("{}"), Accept::kAccepted);
    inject(kEndTxn, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, 3);
    EXPECT_EQ(commit(), Commit::kDone) << sink_->trouble().failure.detail;
}

TEST_F(KafkaSinkTest, NeverCommitsABatchWithAFailedReport) {
    make();
    ASSERT_TRUE(sink_->begin());
    ASSERT_EQ(deliver("{}"), Accept::kAccepted);
    inject(kProduce, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
    EXPECT_EQ(commit(), Commit::kFailed);
    EXPECT_EQ(sink_->trouble().kind, Trouble::Kind::kFatal);
    EXPECT_EQ(sink_->trouble().failure.spec, error::kBrokerAcl);
    sink_->abort(2'000);
    EXPECT_EQ(budget_.used(), 0u);
}

TEST_F(KafkaSinkTest, ARecordTooLargeForTheBrokerIsFatalNotRetried) {
    make();
    ASSERT_TRUE(sink_->begin());
    ASSERT_EQ(deliver("{}"), Accept::kAccepted);
    inject(kProduce, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
    EXPECT_EQ(commit(), Commit::kFailed);
    EXPECT_EQ(sink_->trouble().failure.spec, error::kRecordTooLarge)
        << sink_->trouble().failure.detail;
}

TEST_F(KafkaSinkTest, ARecordTooLargeForTheLibraryIsFatalWithItsSizeAndTopic) {
    make();
    ASSERT_TRUE(sink_->begin());
    EXPECT_EQ(deliver(std::string(2'000'000, 'x')), Accept::kFailed);
    EXPECT_EQ(sink_->trouble().kind, Trouble::Kind::kFatal);
    EXPECT_EQ(sink_->trouble().failure.spec, error::kRecordTooLarge);
    EXPECT_NE(sink_->trouble().failure.message.find("p.public.t"), std::string::npos);
}

TEST_F(KafkaSinkTest, BeingFencedIsToldApart) {
    make();
    ASSERT_TRUE(sink_->begin());
    ASSERT_EQ(deliver("{}"), Accept::kAccepted);
    inject(kAddPartitionsToTxn, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH);
    EXPECT_EQ(commit(), Commit::kFailed);
    EXPECT_EQ(sink_->trouble().kind, Trouble::Kind::kFenced);
    EXPECT_EQ(sink_->trouble().failure.spec, error::kFenced);
}

TEST_F(KafkaSinkTest, AnAbortedBatchLeavesNothingHeld) {
    make();
    ASSERT_TRUE(sink_->begin());
    for (int record = 0; record < 50; ++record) ASSERT_EQ(deliver("{}"), Accept::kAccepted);
    sink_->abort(5'000);
    EXPECT_FALSE(sink_->has_outstanding());
    EXPECT_EQ(budget_.used(), 0u);
}

TEST_F(KafkaSinkTest, ASinkThatIsDroppedFreesWhatWasNeverReported) {
    make();
    ASSERT_TRUE(sink_->begin());
    for (int record = 0; record < 50; ++record) ASSERT_EQ(deliver("{}"), Accept::kAccepted);
    sink_.reset();
    EXPECT_EQ(budget_.used(), 0u);
}

TEST(ProducerProperties, ARecordTimesOutBeforeItsTransaction) {
    const auto timeouts = [](kafka::Properties given) {
        KafkaSinkOptions options;
        options.properties = std::move(given);
        std::int64_t message_ms = 0;
        const kafka::Properties all = producer_properties(options);
        for (const auto &[name, value] : all) {
            if (name == "message.timeout.ms") message_ms = std::stoll(value);
        }
        return std::pair(message_ms, transaction_timeout_ms(all));
    };
    using Pair = std::pair<std::int64_t, std::int64_t>;
    EXPECT_EQ(timeouts({}), Pair(45'000, 60'000));
    EXPECT_EQ(timeouts({{"message.timeout.ms", "120000"}}), Pair(120'000, 160'000));
    EXPECT_EQ(timeouts({{"transaction.timeout.ms", "20000"}}), Pair(15'000, 20'000));
}

TEST(KafkaTrouble, ErrorsThatTheLibraryCallsAbortableButAreNotAreRecycled) {
    for (const rd_kafka_resp_err_t code :
         {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID,
          RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE}) {
        SCOPED_TRACE(rd_kafka_err2name(code));
        EXPECT_EQ(kafka_trouble(nullptr, code, "x", "", "id").kind, Trouble::Kind::kRecycle);
    }
}

}  // namespace
}  // namespace outflow::relay
