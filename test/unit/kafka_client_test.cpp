// The Kafka clients against librdkafka's own mock cluster.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "kafka/consumer.h"
#include "kafka/topics.h"

// After rdkafka.h, which it needs.
#include <librdkafka/rdkafka_mock.h>

namespace outflow::relay::kafka {
namespace {

using MockCluster =
    std::unique_ptr<rd_kafka_mock_cluster_t, Destroyer<rd_kafka_mock_cluster_destroy>>;

class KafkaClient : public testing::Test {
 protected:
    KafkaClient()
        : host_(make_client(RD_KAFKA_PRODUCER, make_conf({}))),
          cluster_(rd_kafka_mock_cluster_new(host_.get(), 1)),
          properties_{{"bootstrap.servers", rd_kafka_mock_cluster_bootstraps(cluster_.get())}} {}

    void produce(const char *topic, int partition, const std::string &value) {
        const Client producer = make_client(RD_KAFKA_PRODUCER, make_conf(properties_));
        rd_kafka_producev(producer.get(), RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
                          RD_KAFKA_V_VALUE(const_cast<char *>(value.data()), value.size()),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
        ASSERT_EQ(rd_kafka_flush(producer.get(), 10'000), RD_KAFKA_RESP_ERR_NO_ERROR);
    }

    Client host_;
    MockCluster cluster_;
    Properties properties_;
};

// Polls until something happens, with a deadline.
Polled poll(Consumer *consumer, ConsumedRecord *record) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline) {
        const Polled polled = consumer->poll(100, record);
        if (polled != Polled::kNothing) return polled;
    }
    return Polled::kNothing;
}

TEST_F(KafkaClient, ReachesAClusterThatIsThere) {
    ClusterDescription cluster;
    const auto failure = reach_cluster(properties_, 10'000, &cluster);
    EXPECT_FALSE(failure) << describe(*failure);
    EXPECT_EQ(cluster.brokers, 1);
}

TEST_F(KafkaClient, SaysWhichBrokersDidNotAnswer) {
    const auto failure = reach_cluster({{"bootstrap.servers", "127.0.0.1:1"}}, 700);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->spec, error::kBrokerUnreachable);
    EXPECT_NE(failure->message.find("127.0.0.1:1"), std::string::npos);
    EXPECT_FALSE(failure->next.empty());
}

TEST_F(KafkaClient, NamesAPropertyThatTheLibraryDoesNotKnowButNeverItsValue) {
    try {
        make_conf({{"no.such.property", "hunter2"}});
        FAIL();
    } catch (const StartupError &caught) {
        EXPECT_EQ(caught.failure().spec, error::kKafkaProperty);
        EXPECT_NE(describe(caught.failure()).find("no.such.property"), std::string::npos);
    }
    try {
        make_conf({{"compression.type", "hunter2"}});
        FAIL();
    } catch (const StartupError &caught) {
        EXPECT_EQ(describe(caught.failure()).find("hunter2"), std::string::npos);
    }
}

TEST_F(KafkaClient, ReadsAPartitionToItsEnd) {
    rd_kafka_mock_topic_create(cluster_.get(), "shop.public.orders", 2, 1);
    produce("shop.public.orders", 1, "one");
    produce("shop.public.orders", 1, "two");
    Consumer consumer(properties_, Isolation::kReadCommitted);
    int partitions = 0;
    ASSERT_FALSE(consumer.partition_count("shop.public.orders", 10'000, &partitions));
    EXPECT_EQ(partitions, 2);
    std::int64_t begin = -1;
    std::int64_t end = -1;
    ASSERT_FALSE(consumer.offsets("shop.public.orders", 1, 10'000, &begin, &end));
    EXPECT_EQ(end, 2);

    const PartitionStart starts[] = {{1, kFromBeginning}};
    ASSERT_FALSE(consumer.assign("shop.public.orders", starts));
    ConsumedRecord record;
    ASSERT_EQ(poll(&consumer, &record), Polled::kRecord);
    EXPECT_EQ(record.value, "one");
    EXPECT_EQ(record.key, std::nullopt);
    ASSERT_EQ(poll(&consumer, &record), Polled::kRecord);
    EXPECT_EQ(record.value, "two");
    EXPECT_EQ(record.partition, 1);
    ASSERT_EQ(poll(&consumer, &record), Polled::kEnd);
    EXPECT_EQ(record.offset, 2);
}

TEST(PositionTopic, HasOnePartitionAndIsCompacted) {
    const TopicSpec spec = position_topic("__outflow-position.shop", 3);
    EXPECT_EQ(spec.partitions, 1);
    EXPECT_EQ(spec.replication_factor, 3);
    EXPECT_FALSE(check_position_topic(spec.name, {true, 1, "compact"}));
}

TEST(PositionTopic, IsRefusedWhenItCouldLoseThePosition) {
    for (const TopicDescription &bad :
         {TopicDescription{true, 1, "delete"}, TopicDescription{true, 1, "compact,delete"},
          TopicDescription{true, 3, "compact"}}) {
        const auto failure = check_position_topic("p", bad);
        ASSERT_TRUE(failure);
        EXPECT_EQ(failure->spec, error::kGapPositionTopic);
        EXPECT_EQ(failure->exit(), ExitCode::kSource);
        EXPECT_FALSE(failure->next.empty());
    }
}

}  // namespace
}  // namespace outflow::relay::kafka
