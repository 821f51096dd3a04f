// Heartbeat records (relay/event/heartbeat.h, extension/core/heartbeat_writer.h). The texts were
// captured from the real Debezium.
#include "event/heartbeat.h"

#include <gtest/gtest.h>

#include "core/heartbeat_writer.h"
#include "core/string_sink.h"

namespace outflow::relay {
namespace {

HeartbeatOptions every(std::int64_t interval_ms) {
    HeartbeatOptions options;
    options.interval_ms = interval_ms;
    options.topic = "__debezium-heartbeat.p";
    options.server_name = "p";
    return options;
}

TEST(Heartbeat, IsDueOnceAnInterval) {
    Heartbeat heartbeat(every(100));
    heartbeat.start(1'000);
    EXPECT_FALSE(heartbeat.due(1'099));
    EXPECT_TRUE(heartbeat.due(1'100));
    heartbeat.on_sent(1'150);
    EXPECT_FALSE(heartbeat.due(1'249));
    EXPECT_TRUE(heartbeat.due(1'250));
}

TEST(Heartbeat, IsNeverDueWithoutAnInterval) {
    Heartbeat heartbeat(every(0));
    heartbeat.start(0);
    EXPECT_FALSE(heartbeat.due(1'000'000'000));
}

TEST(Heartbeat, IsARecordForPartitionZeroInAChunkOfItsOwn) {
    ByteBudget budget(1'000, -1);
    {
        ChunkHandle chunk;
        const Event ev = Heartbeat(every(100)).make(1'795'397'545'252, &budget, &chunk);
        EXPECT_EQ(ev.record.key, R"({"serverName":"p"})");
        EXPECT_EQ(ev.record.value, R"({"ts_ms":1795397545252})");
        EXPECT_TRUE(ev.record.has_key());
        EXPECT_TRUE(ev.record.has_value());
        EXPECT_EQ(ev.record.routing.partition, 0);
        EXPECT_EQ(ev.chunk, chunk.get());
        EXPECT_GT(budget.used(), 0u);
    }
    EXPECT_EQ(budget.used(), 0u);
}

TEST(Heartbeat, HasATopicOfItsOwnNameOrOfParts) {
    EXPECT_EQ(heartbeat_topic("", "__debezium-heartbeat", ".", "p"), "__debezium-heartbeat.p");
    EXPECT_EQ(heartbeat_topic("", "beat", "-", "p"), "beat-p");
    EXPECT_EQ(heartbeat_topic("mine", "beat", "-", "p"), "mine");
}

TEST(HeartbeatWriter, WritesTheSchemas) {
    core::StringSink key;
    core::write_heartbeat_key(&key, "p", true);
    EXPECT_EQ(key.view(),
              R"({"schema":{"type":"struct","fields":[{"type":"string","optional":false,)"
              R"("field":"serverName"}],"optional":false,)"
              R"("name":"io.debezium.connector.common.ServerNameKey","version":1},)"
              R"("payload":{"serverName":"p"}})");
    core::StringSink value;
    core::write_heartbeat_value(&value, 1, true);
    EXPECT_EQ(value.view(),
              R"({"schema":{"type":"struct","fields":[{"type":"int64","optional":false,)"
              R"("field":"ts_ms"}],"optional":false,)"
              R"("name":"io.debezium.connector.common.Heartbeat","version":1},)"
              R"("payload":{"ts_ms":1}})");
}

}  // namespace
}  // namespace outflow::relay
