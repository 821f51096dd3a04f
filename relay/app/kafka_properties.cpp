#include "app/kafka_properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/jaas.h"

namespace outflow::relay {
namespace {

enum class Action : std::uint8_t { kRename, kKilobytes, kNoEffect, kRefuse };

struct Rule {
    std::string_view java;  // a trailing `*`: every name that begins so
    Action action;
    std::string_view text;  // the new name, or why it is refused
};

// Everything else has the same name in librdkafka, or librdkafka refuses it.
constexpr Rule kRules[] = {
    {"buffer.memory", Action::kKilobytes, "queue.buffering.max.kbytes"},
    {"max.request.size", Action::kRename, "message.max.bytes"},
    {"delivery.timeout.ms", Action::kRename, "message.timeout.ms"},
    {"send.buffer.bytes", Action::kRename, "socket.send.buffer.bytes"},
    {"receive.buffer.bytes", Action::kRename, "socket.receive.buffer.bytes"},
    {"sasl.mechanism", Action::kRename, "sasl.mechanism"},
    {"ssl.truststore.certificates", Action::kRename, "ssl.ca.pem"},
    {"ssl.keystore.certificate.chain", Action::kRename, "ssl.certificate.pem"},
    {"ssl.keystore.key", Action::kRename, "ssl.key.pem"},
    {"sasl.oauthbearer.client.credentials.client.id", Action::kRename,
     "sasl.oauthbearer.client.id"},
    {"sasl.oauthbearer.client.credentials.client.secret", Action::kRename,
     "sasl.oauthbearer.client.secret"},

    {"key.serializer", Action::kNoEffect, ""},
    {"value.serializer", Action::kNoEffect, ""},
    {"key.deserializer", Action::kNoEffect, ""},
    {"value.deserializer", Action::kNoEffect, ""},
    {"max.block.ms", Action::kNoEffect, ""},
    {"metric.reporters", Action::kNoEffect, ""},
    {"metrics.*", Action::kNoEffect, ""},
    {"enable.metrics.push", Action::kNoEffect, ""},
    {"config.providers*", Action::kNoEffect, ""},
    {"metadata.max.idle.ms", Action::kNoEffect, ""},
    {"metadata.recovery.*", Action::kNoEffect, ""},
    {"partitioner.adaptive.partitioning.enable", Action::kNoEffect, ""},
    {"partitioner.availability.timeout.ms", Action::kNoEffect, ""},
    {"socket.connection.setup.timeout.max.ms", Action::kNoEffect, ""},
    {"ssl.protocol", Action::kNoEffect, ""},
    {"ssl.enabled.protocols", Action::kNoEffect, ""},
    {"ssl.provider", Action::kNoEffect, ""},
    {"ssl.client.auth", Action::kNoEffect, ""},
    {"ssl.keymanager.algorithm", Action::kNoEffect, ""},
    {"ssl.trustmanager.algorithm", Action::kNoEffect, ""},
    {"ssl.secure.random.implementation", Action::kNoEffect, ""},
    {"ssl.truststore.password", Action::kNoEffect, ""},
    {"ssl.keystore.password", Action::kNoEffect, ""},
    {"sasl.kerberos.ticket.renew.*", Action::kNoEffect, ""},

    {"partitioner.class", Action::kRefuse,
     "it is a Java class; keys are partitioned by murmur2 as Java's default does"},
    {"partitioner.ignore.keys", Action::kRefuse, "records of one key stay in one partition"},
    {"interceptor.classes", Action::kRefuse, "they are Java classes and cannot be loaded"},
    {"security.providers", Action::kRefuse, "they are Java classes and cannot be loaded"},
    {"ssl.engine.factory.class", Action::kRefuse, "it is a Java class and cannot be loaded"},
    {"sasl.client.callback.handler.class", Action::kRefuse,
     "it is a Java class and cannot be loaded"},
    {"sasl.login.callback.handler.class", Action::kRefuse,
     "it is a Java class; for OAUTHBEARER set sasl.oauthbearer.token.endpoint.url and "
     "kafka.sasl.oauthbearer.method=oidc"},
    {"sasl.login.class", Action::kRefuse, "it is a Java class and cannot be loaded"},
    {"sasl.login.*", Action::kNoEffect, ""},
    {"sasl.kerberos.kinit.cmd", Action::kRefuse,
     "it runs a command; provide the ticket in the credential cache"},
    {"transactional.id", Action::kRefuse, "use outflow.transactional.id"},
};

// librdkafka's names that would run code or break the delivery promise.
constexpr Rule kRefusedRaw[] = {
    {"plugin.library.paths", Action::kRefuse, "it loads code"},
    {"ssl.engine.location", Action::kRefuse, "it loads code"},
    {"ssl.providers", Action::kRefuse, "it loads code"},
    {"sasl.kerberos.kinit.cmd", Action::kRefuse,
     "it runs a command; provide the ticket in the credential cache"},
    {"partitioner", Action::kRefuse, "keys are partitioned by murmur2 as Java's default does"},
    {"transactional.id", Action::kRefuse, "use outflow.transactional.id"},
    {"enable.idempotence", Action::kRefuse, "exactly-once delivery needs it"},
    {"group.id", Action::kRefuse, "the relay uses no consumer group"},
};

template <std::size_t N>
const Rule *find_rule(const Rule (&rules)[N], std::string_view name) {
    for (const Rule &rule : rules) {
        const bool family = rule.java.ends_with('*');
        const std::string_view stem = rule.java.substr(0, rule.java.size() - (family ? 1 : 0));
        if (family ? name.starts_with(stem) : name == stem) return &rule;
    }
    return nullptr;
}

void refuse(const JavaProperty &property, std::string_view why, KafkaTranslation *translation) {
    Failure failure;
    failure.spec = error::kUnsupportedProperty;
    failure.message = fmt::format("\"{}\" is not supported: {}", property.key, why);
    translation->failures.push_back(std::move(failure));
}

void take_kilobytes(const Rule &rule, const JavaProperty &property, KafkaTranslation *translation) {
    std::uint64_t bytes = 0;
    const char *end = property.value.data() + property.value.size();
    const auto result = std::from_chars(property.value.data(), end, bytes);
    if (result.ec != std::errc() || result.ptr != end) {
        Failure failure;
        failure.spec = error::kInvalidValue;
        failure.message =
            fmt::format("\"{}\" is not a valid value of \"{}\": expected a number of bytes",
                        property.value, property.key);
        translation->failures.push_back(std::move(failure));
        return;
    }
    translation->properties[std::string(rule.text)] =
        std::to_string(std::max<std::uint64_t>(bytes / 1024, 1));
}

// Stores of certificates: PEM files as they are, Java's own formats refused with the way out.
class StoreReader {
 public:
    StoreReader(const JavaProperties &java, KafkaTranslation *translation)
        : java_(java), translation_(translation) {}

    void read(std::string_view store, std::initializer_list<const char *> targets) const {
        const auto location = java_.find(fmt::format("ssl.{}.location", store));
        if (location == java_.end()) return;
        const auto type = java_.find(fmt::format("ssl.{}.type", store));
        if (type == java_.end() || type->second.value != "PEM") {
            refuse(location->second,
                   fmt::format("{} stores cannot be read; convert it: keytool -importkeystore "
                               "-srckeystore STORE -destkeystore store.p12 -deststoretype PKCS12 "
                               "&& openssl pkcs12 -in store.p12 -out store.pem, then set "
                               "ssl.{}.type=PEM",
                               type == java_.end() ? "JKS" : type->second.value, store),
                   translation_);
            return;
        }
        for (const char *target : targets)
            translation_->properties[target] = location->second.value;
    }

 private:
    const JavaProperties &java_;
    KafkaTranslation *translation_;
};

bool is_store_property(std::string_view name) {
    return name == "ssl.truststore.location" || name == "ssl.truststore.type" ||
           name == "ssl.keystore.location" || name == "ssl.keystore.type";
}

void take_jaas(const JavaProperty &property, KafkaTranslation *translation) {
    JaasLogin login;
    std::string reason;
    if (!parse_jaas(property.value, &login, &reason)) {
        refuse(property, reason, translation);
        return;
    }
    for (const auto &[name, value] : login.properties) translation->properties[name] = value;
}

void take_by_rule(const Rule &rule, const JavaProperty &property, KafkaTranslation *translation) {
    switch (rule.action) {
        case Action::kRename:
            translation->properties[std::string(rule.text)] = property.value;
            break;
        case Action::kKilobytes:
            take_kilobytes(rule, property, translation);
            break;
        case Action::kNoEffect:
            translation->no_effect.push_back(property.key);
            break;
        case Action::kRefuse:
            refuse(property, rule.text, translation);
            break;
    }
}

void take_java_property(const std::string &name, const JavaProperty &property,
                        KafkaTranslation *translation) {
    if (is_store_property(name)) return;  // read together, by StoreReader
    if (name == "sasl.jaas.config") {
        take_jaas(property, translation);
    } else if (name == "enable.idempotence") {
        if (property.value == "true") return;
        refuse(property, "exactly-once delivery needs it", translation);
    } else if (name == "ssl.endpoint.identification.algorithm") {
        // Java: an empty value means no check of the host's name.
        translation->properties[name] = property.value.empty() ? "none" : property.value;
    } else if (const Rule *rule = find_rule(kRules, name)) {
        take_by_rule(*rule, property, translation);
    } else {
        translation->properties[name] = property.value;
    }
}

}  // namespace

void translate_java_properties(const JavaProperties &java, KafkaTranslation *translation) {
    for (const auto &[name, property] : java) take_java_property(name, property, translation);
    const StoreReader stores(java, translation);
    stores.read("truststore", {"ssl.ca.location"});
    stores.read("keystore", {"ssl.certificate.location", "ssl.key.location"});
}

void take_raw_property(std::string_view name, const JavaProperty &property,
                       KafkaTranslation *translation) {
    if (const Rule *rule = find_rule(kRefusedRaw, name)) {
        refuse(property, rule->text, translation);
        return;
    }
    translation->properties[std::string(name)] = property.value;
}

bool is_connection_property(std::string_view name) {
    return name == "bootstrap.servers" || name == "client.id" || name == "security.protocol" ||
           name.starts_with("sasl.") || name.starts_with("ssl.");
}

}  // namespace outflow::relay
