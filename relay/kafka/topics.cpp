#include "kafka/topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <thread>

namespace outflow::relay::kafka {
namespace {

constexpr std::size_t kTopicsPerRequest = 100;
constexpr int kPropagationMs = 3'000;  // until every broker knows a topic that was just created
constexpr int kMetadataPauseMs = 50;

using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>>;

// All topics: asking for one by name makes the broker create it where automatic creation is on.
std::optional<Failure> read_metadata(rd_kafka_t *client, int timeout_ms, Metadata *metadata) {
    const rd_kafka_metadata_t *raw = nullptr;
    const rd_kafka_resp_err_t code = rd_kafka_metadata(client, 1, nullptr, &raw, timeout_ms);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return make_failure(code, "the list of topics cannot be read");
    metadata->reset(raw);
    return std::nullopt;
}

NewTopic make_new_topic(const TopicSpec &spec) {
    std::array<char, 256> text{};
    NewTopic topic(rd_kafka_NewTopic_new(spec.name.c_str(), spec.partitions,
                                         spec.replication_factor, text.data(), text.size()));
    if (topic == nullptr) return topic;
    for (const auto &[name, value] : spec.settings) {
        rd_kafka_NewTopic_set_config(topic.get(), name.c_str(), value.c_str());
    }
    return topic;
}

AdminOptions make_admin_options(rd_kafka_t *client, rd_kafka_admin_op_t operation, int timeout_ms) {
    AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
    std::array<char, 256> text{};
    rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms, text.data(), text.size());
    // Wait for the controller too, so that the first record finds its leader.
    if (operation == RD_KAFKA_ADMIN_OP_CREATETOPICS)
        rd_kafka_AdminOptions_set_operation_timeout(options.get(), timeout_ms, text.data(),
                                                    text.size());
    return options;
}

// The answer to one admin request, or the failure that stands for it.
std::optional<Failure> wait_for(rd_kafka_queue_t *queue, int timeout_ms, const char *what,
                                Event *event) {
    event->reset(rd_kafka_queue_poll(queue, timeout_ms + 1000));
    if (*event == nullptr) return make_failure(RD_KAFKA_RESP_ERR__TIMED_OUT, what);
    const rd_kafka_resp_err_t code = rd_kafka_event_error(event->get());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
    const char *text = rd_kafka_event_error_string(event->get());
    return make_failure(code, what, text == nullptr ? "" : text);
}

std::string text_or_empty(const char *text) { return text == nullptr ? "" : text; }

std::optional<Failure> check_created(const rd_kafka_event_t *event) {
    const auto *result = rd_kafka_event_CreateTopics_result(const_cast<rd_kafka_event_t *>(event));
    std::size_t count = 0;
    const rd_kafka_topic_result_t **topics = rd_kafka_CreateTopics_result_topics(result, &count);
    for (std::size_t at = 0; at < count; ++at) {
        const rd_kafka_resp_err_t code = rd_kafka_topic_result_error(topics[at]);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            continue;
        return make_failure(
            code, fmt::format("topic {} cannot be created", rd_kafka_topic_result_name(topics[at])),
            text_or_empty(rd_kafka_topic_result_error_string(topics[at])), error::kTopicCreation);
    }
    return std::nullopt;
}

std::optional<Failure> create_batch(rd_kafka_t *client, std::span<const TopicSpec *const> batch,
                                    int timeout_ms) {
    std::vector<NewTopic> owners;
    std::vector<rd_kafka_NewTopic_t *> topics;
    for (const TopicSpec *spec : batch) {
        owners.push_back(make_new_topic(*spec));
        if (owners.back() == nullptr)
            return make_failure(RD_KAFKA_RESP_ERR__INVALID_ARG,
                                fmt::format("topic {} cannot be created with {} partitions and "
                                            "replication factor {}",
                                            spec->name, spec->partitions, spec->replication_factor),
                                {}, error::kTopicCreation);
        topics.push_back(owners.back().get());
    }
    const AdminOptions options =
        make_admin_options(client, RD_KAFKA_ADMIN_OP_CREATETOPICS, timeout_ms);
    const Queue queue(rd_kafka_queue_new(client));
    rd_kafka_CreateTopics(client, topics.data(), topics.size(), options.get(), queue.get());
    Event event;
    if (auto failure = wait_for(queue.get(), timeout_ms, "topics cannot be created", &event))
        return failure;
    return check_created(event.get());
}

std::optional<Failure> read_cleanup_policy(rd_kafka_t *client, const std::string &topic,
                                           int timeout_ms, std::string *policy) {
    const std::string what = fmt::format("the settings of topic {} cannot be read", topic);
    const ConfigResource resource(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    rd_kafka_ConfigResource_t *resources[] = {resource.get()};
    const AdminOptions options =
        make_admin_options(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeout_ms);
    const Queue queue(rd_kafka_queue_new(client));
    rd_kafka_DescribeConfigs(client, resources, 1, options.get(), queue.get());
    Event event;
    if (auto failure = wait_for(queue.get(), timeout_ms, what.c_str(), &event)) return failure;

    const auto *result = rd_kafka_event_DescribeConfigs_result(event.get());
    std::size_t count = 0;
    const auto **found = rd_kafka_DescribeConfigs_result_resources(result, &count);
    if (count != 1) return make_failure(RD_KAFKA_RESP_ERR__BAD_MSG, what);
    const rd_kafka_resp_err_t code = rd_kafka_ConfigResource_error(found[0]);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return make_failure(code, what,
                            text_or_empty(rd_kafka_ConfigResource_error_string(found[0])));
    const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(found[0], &count);
    for (std::size_t at = 0; at < count; ++at) {
        if (std::string_view(rd_kafka_ConfigEntry_name(entries[at])) == "cleanup.policy")
            *policy = text_or_empty(rd_kafka_ConfigEntry_value(entries[at]));
    }
    return std::nullopt;
}

// What librdkafka's background threads reported last.
struct LastError {
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    std::string text;
};

void on_error(rd_kafka_t *, int code, const char *text, void *opaque) {
    auto *last = static_cast<LastError *>(opaque);
    // "all brokers down" only repeats the reason that came before it.
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && !last->text.empty()) return;
    *last = {static_cast<rd_kafka_resp_err_t>(code), text};
}

}  // namespace

std::optional<Failure> reach_cluster(const Properties &properties, int timeout_ms,
                                     ClusterDescription *cluster) {
    using Clock = std::chrono::steady_clock;
    constexpr int kSliceMs = 500;
    LastError last;  // outlives the client, whose callbacks run inside rd_kafka_poll
    Conf conf = make_conf(properties);
    rd_kafka_conf_set_error_cb(conf.get(), on_error);
    rd_kafka_conf_set_opaque(conf.get(), &last);
    const Client client = make_client(RD_KAFKA_PRODUCER, std::move(conf));

    const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR__TIMED_OUT;
    do {
        const rd_kafka_metadata_t *raw = nullptr;
        code = rd_kafka_metadata(client.get(), 0, nullptr, &raw, std::min(timeout_ms, kSliceMs));
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
            const Metadata metadata(raw);
            if (cluster != nullptr)
                *cluster = {metadata->broker_cnt, text_or_empty(metadata->orig_broker_name)};
            return std::nullopt;
        }
        rd_kafka_poll(client.get(), 0);
        Failure failure = make_failure(last.code, "Kafka refused the login", last.text);
        if (failure.spec == error::kBrokerLogin) return failure;
    } while (Clock::now() < deadline);

    std::string servers;
    for (const auto &[name, value] : properties) {
        if (name == "bootstrap.servers") servers = value;
    }
    if (last.code != RD_KAFKA_RESP_ERR_NO_ERROR) code = last.code;
    Failure failure = make_failure(
        code, fmt::format("no Kafka broker answered within {} ms: {}", timeout_ms, servers),
        last.text, error::kBrokerUnreachable);
    return failure;
}

std::optional<Failure> Topics::ensure(std::span<const TopicSpec> topics, int timeout_ms) {
    Metadata metadata;
    if (auto failure = read_metadata(client_, timeout_ms, &metadata)) return failure;
    std::set<std::string_view> present;
    for (int at = 0; at < metadata->topic_cnt; ++at) present.insert(metadata->topics[at].topic);

    std::vector<const TopicSpec *> missing;
    for (const TopicSpec &spec : topics) {
        if (present.insert(spec.name).second) missing.push_back(&spec);
    }
    for (std::size_t at = 0; at < missing.size(); at += kTopicsPerRequest) {
        const std::size_t count = std::min(kTopicsPerRequest, missing.size() - at);
        if (auto failure = create_batch(client_, {missing.data() + at, count}, timeout_ms))
            return failure;
    }
    return std::nullopt;
}

std::optional<Failure> Topics::list(int timeout_ms, std::vector<TopicName> *topics) {
    Metadata metadata;
    if (auto failure = read_metadata(client_, timeout_ms, &metadata)) return failure;
    topics->clear();
    for (int at = 0; at < metadata->topic_cnt; ++at)
        topics->push_back({metadata->topics[at].topic, metadata->topics[at].partition_cnt});
    return std::nullopt;
}

std::optional<Failure> Topics::describe(const std::string &topic, int timeout_ms,
                                        TopicDescription *description) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(kPropagationMs);
    while (true) {
        *description = {};
        Metadata metadata;
        if (auto failure = read_metadata(client_, timeout_ms, &metadata)) return failure;
        for (int at = 0; at < metadata->topic_cnt; ++at) {
            if (topic != metadata->topics[at].topic) continue;
            description->exists = true;
            description->partitions = metadata->topics[at].partition_cnt;
        }
        if (description->partitions > 0 || Clock::now() >= end) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(kMetadataPauseMs));
    }
    if (!description->exists) return std::nullopt;
    return read_cleanup_policy(client_, topic, timeout_ms, &description->cleanup_policy);
}

TopicSpec position_topic(std::string name, int replication_factor) {
    return {std::move(name), 1, replication_factor, {{"cleanup.policy", "compact"}}};
}

std::optional<Failure> check_position_topic(const std::string &name,
                                            const TopicDescription &description) {
    if (description.partitions == 1 && description.cleanup_policy == "compact") return std::nullopt;
    Failure failure;
    failure.spec = error::kGapPositionTopic;
    failure.message = fmt::format(
        "position topic {} has {} partitions and cleanup.policy={}; it needs 1 and compact", name,
        description.partitions, description.cleanup_policy);
    failure.next = description.partitions == 1
                       ? fmt::format(
                             "kafka-configs --bootstrap-server BROKER --alter --entity-type topics "
                             "--entity-name {} --add-config cleanup.policy=compact",
                             name)
                       : "Name another topic with outflow.position.topic, or delete this one.";
    return failure;
}

}  // namespace outflow::relay::kafka
