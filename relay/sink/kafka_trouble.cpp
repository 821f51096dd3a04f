#include "sink/kafka_trouble.h"

#include <fmt/format.h>

#include <utility>

#include "kafka/handle.h"

namespace outflow::relay {
namespace {

using Kind = Trouble::Kind;

struct Rule {
    rd_kafka_resp_err_t code;
    Kind kind;
    const ErrorSpec *spec;
};

// Everything that is not here is answered by a recycle: a new producer, the position read again.
// That includes INVALID_PRODUCER_ID_MAPPING and UNKNOWN_PRODUCER_ID, which the library calls
// abortable: recovering in place breaks exactly-once (Kafka made the former fatal for that reason).
constexpr Rule kRules[] = {
    {RD_KAFKA_RESP_ERR__FENCED, Kind::kFenced, error::kFenced},
    {RD_KAFKA_RESP_ERR_PRODUCER_FENCED, Kind::kFenced, error::kFenced},
    {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, Kind::kFenced, error::kFenced},
    {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, Kind::kFatal, error::kRecordTooLarge},
    {RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE, Kind::kFatal, error::kRecordTooLarge},
    {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, Kind::kFatal, error::kBrokerAcl},
    {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, Kind::kFatal, error::kBrokerAcl},
    {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, Kind::kFatal, error::kBrokerAcl},
    {RD_KAFKA_RESP_ERR__AUTHENTICATION, Kind::kFatal, error::kBrokerLogin},
    {RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, Kind::kFatal, error::kBrokerLogin},
    {RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, Kind::kFatal, error::kKafkaProperty},
};

std::string next_step(const ErrorSpec *spec, const std::string &transactional_id) {
    if (spec == error::kRecordTooLarge)
        return "Raise message.max.bytes on the broker or topic and "
               "producer.override.max.request.size "
               "here, or leave the table out with table.exclude.list.";
    if (spec == error::kBrokerAcl)
        return fmt::format(
            "Grant Write and Describe on the topics, on the position topic, and on the "
            "transactional id {}.",
            transactional_id);
    if (spec == error::kFenced)
        return "Stop the other relay, or give this one its own outflow.transactional.id and "
               "slot.name.";
    return {};
}

}  // namespace

Trouble kafka_trouble(rd_kafka_t *client, rd_kafka_resp_err_t code, std::string message,
                      std::string text, const std::string &transactional_id) {
    if (client != nullptr) {
        char reason[256];
        const rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(client, reason, sizeof reason);
        if (fatal != RD_KAFKA_RESP_ERR_NO_ERROR) {
            code = fatal;
            text = reason;
        }
    }
    for (const Rule &rule : kRules) {
        if (rule.code != code) continue;
        Failure failure = kafka::make_failure(code, std::move(message), std::move(text), rule.spec);
        failure.spec = rule.spec;
        if (rule.kind == Kind::kFenced)
            failure.message =
                fmt::format("another producer uses the transactional id {}", transactional_id);
        failure.next = next_step(rule.spec, transactional_id);
        return {rule.kind, std::move(failure)};
    }
    return {Kind::kRecycle, kafka::make_failure(code, std::move(message), std::move(text),
                                                error::kKafkaTransaction)};
}

}  // namespace outflow::relay
