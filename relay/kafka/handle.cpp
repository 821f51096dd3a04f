#include "kafka/handle.h"

#include <array>

#include "app/log.h"

namespace outflow::relay::kafka {
namespace {

// Syslog levels. librdkafka tries again by itself, so even its errors are not yet ours.
LogLevel to_log_level(int syslog) {
    if (syslog <= 4) return LogLevel::kWarn;
    return syslog <= 6 ? LogLevel::kDebug : LogLevel::kTrace;
}

void on_log(const rd_kafka_t *, int level, const char *facility, const char *text) {
    log_at(to_log_level(level), "librdkafka", LogFields{}, "{}: {}", facility, text);
}

Failure refused(std::string message, const char *text) {
    return {error::kKafkaProperty, std::move(message), text, {}};
}

}  // namespace

Conf make_conf(const Properties &properties) {
    Conf conf(rd_kafka_conf_new());
    rd_kafka_conf_set_log_cb(conf.get(), on_log);
    std::array<char, 512> text{};
    for (const auto &[name, value] : properties) {
        const auto result =
            rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), text.data(), text.size());
        if (result == RD_KAFKA_CONF_OK) continue;
        // The library's text for an invalid value would repeat it; an unknown name is harmless.
        const bool unknown = result == RD_KAFKA_CONF_UNKNOWN;
        throw StartupError(
            refused(fmt::format("librdkafka {} property {}",
                                unknown ? "does not know" : "refused the value of", name),
                    unknown ? text.data() : ""));
    }
    return conf;
}

Client make_client(rd_kafka_type_t type, Conf conf) {
    std::array<char, 512> text{};
    Client client(rd_kafka_new(type, conf.get(), text.data(), text.size()));
    if (client == nullptr)
        throw StartupError(refused("librdkafka refused the configuration", text.data()));
    static_cast<void>(conf.release());  // the client owns it now
    return client;
}

std::string error_text(rd_kafka_resp_err_t code) {
    return fmt::format("{}: {}", rd_kafka_err2name(code), rd_kafka_err2str(code));
}

std::string error_text(const rd_kafka_error_t *error) {
    return fmt::format("{}: {}", rd_kafka_error_name(error), rd_kafka_error_string(error));
}

Failure make_failure(rd_kafka_resp_err_t code, std::string message, std::string server_text,
                     const ErrorSpec *otherwise) {
    Failure failure;
    failure.message = std::move(message);
    failure.detail = server_text.empty() || server_text == rd_kafka_err2str(code)
                         ? error_text(code)
                         : fmt::format("{}: {}", rd_kafka_err2name(code), server_text);
    switch (code) {
        case RD_KAFKA_RESP_ERR__TRANSPORT:
        case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        case RD_KAFKA_RESP_ERR__RESOLVE:
        case RD_KAFKA_RESP_ERR__TIMED_OUT:
        case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
            failure.spec = error::kBrokerUnreachable;
            failure.next =
                "Check bootstrap.servers and that the brokers' advertised listeners "
                "can be reached from here.";
            break;
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        case RD_KAFKA_RESP_ERR__SSL:
        case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
        case RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
        case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
            failure.spec = error::kBrokerLogin;
            failure.next = "Check security.protocol, sasl.mechanism, sasl.jaas.config and ssl.*.";
            break;
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
            failure.spec = error::kBrokerAcl;
            failure.next =
                "The relay's user needs: Write, Describe (and Create) on its topics; Read, Write, "
                "Describe, DescribeConfigs (and Create) on the position topic; Write, Describe on "
                "the transactional id.";
            break;
        default:
            failure.spec = otherwise;
    }
    return failure;
}

}  // namespace outflow::relay::kafka
