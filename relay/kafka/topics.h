// Topics: what the relay asks of the cluster besides records: is it there, create these topics, how
// is that topic set up. Works over any client (producer or consumer), which stays the caller's.
// Each call blocks up to its timeout; one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kafka/handle.h"

namespace outflow::relay::kafka {

struct TopicSpec {
    std::string name;
    int partitions = -1;          // -1: the broker's default
    int replication_factor = -1;  // -1: the broker's default
    Properties settings;          // cleanup.policy, retention.ms, …
};

struct TopicDescription {
    bool exists = false;
    int partitions = 0;
    std::string cleanup_policy;
};

struct ClusterDescription {
    int brokers = 0;
    std::string answered;  // "host:port/id" of the broker that answered
};

// Waits until a broker answers, over a connection of its own: OUT-3101 after the deadline, OUT-3102
// as soon as a login fails. `properties` as for make_conf.
std::optional<Failure> reach_cluster(const Properties &properties, int timeout_ms,
                                     ClusterDescription *cluster = nullptr);

struct TopicName {
    std::string name;
    int partitions = 0;
};

class Topics {
 public:
    explicit Topics(rd_kafka_t *client) : client_(client) {}

    // Creates what is missing, in batches; a topic that exists already is fine and keeps its setup.
    std::optional<Failure> ensure(std::span<const TopicSpec> topics, int timeout_ms);

    // All that this client may see.
    std::optional<Failure> list(int timeout_ms, std::vector<TopicName> *topics);

    // A topic that was just created may be unknown, or without partitions, for a moment: waits a
    // few seconds for it to show.
    std::optional<Failure> describe(const std::string &topic, int timeout_ms,
                                    TopicDescription *description);

 private:
    rd_kafka_t *client_;
};

// The topic that holds a position: compacted, one partition.
TopicSpec position_topic(std::string name, int replication_factor);

// OUT-4111 unless the topic is as position_topic() makes it.
std::optional<Failure> check_position_topic(const std::string &name,
                                            const TopicDescription &description);

}  // namespace outflow::relay::kafka
