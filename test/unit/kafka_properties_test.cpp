#include "app/kafka_properties.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

using Map = std::map<std::string, std::string>;

KafkaTranslation translate(const Map &properties) {
    JavaProperties java;
    for (const auto &[name, value] : properties) java[name] = {value, "producer.override." + name};
    KafkaTranslation translation;
    translate_java_properties(java, &translation);
    return translation;
}

std::string refusal_of(const Map &properties) {
    const KafkaTranslation translation = translate(properties);
    return translation.failures.empty() ? "" : translation.failures[0].message;
}

TEST(KafkaProperties, KeepsTheNamesThatBothHave) {
    const Map same = {
        {"acks", "all"}, {"batch.size", "1"}, {"compression.type", "lz4"}, {"linger.ms", "5"}};
    EXPECT_EQ(translate(same).properties, same);
}

TEST(KafkaProperties, TranslatesNamesAndUnits) {
    EXPECT_EQ(translate({{"buffer.memory", "33554432"},
                         {"max.request.size", "1048576"},
                         {"delivery.timeout.ms", "9"}})
                  .properties,
              (Map{{"queue.buffering.max.kbytes", "32768"},
                   {"message.max.bytes", "1048576"},
                   {"message.timeout.ms", "9"}}));
    EXPECT_NE(refusal_of({{"buffer.memory", "32m"}}).find("number of bytes"), std::string::npos);
}

TEST(KafkaProperties, RefusesJavaClassesAndWhatRunsCode) {
    for (const char *name : {"partitioner.class", "interceptor.classes", "sasl.kerberos.kinit.cmd",
                             "ssl.engine.factory.class", "transactional.id"}) {
        EXPECT_NE(refusal_of({{name, "x"}}).find(std::string("\"producer.override.") + name),
                  std::string::npos)
            << name;
    }
    EXPECT_NE(refusal_of({{"enable.idempotence", "false"}}), "");
    EXPECT_EQ(refusal_of({{"enable.idempotence", "true"}}), "");
}

TEST(KafkaProperties, RefusesRawNamesThatRunCodeOrBreakThePromise) {
    for (const char *name : {"plugin.library.paths", "sasl.kerberos.kinit.cmd", "partitioner",
                             "transactional.id", "enable.idempotence"}) {
        KafkaTranslation translation;
        take_raw_property(name, {"x", std::string("kafka.") + name}, &translation);
        EXPECT_EQ(translation.failures.size(), 1U) << name;
    }
    KafkaTranslation translation;
    take_raw_property("socket.nagle.disable", {"true", "kafka.socket.nagle.disable"}, &translation);
    EXPECT_EQ(translation.properties, (Map{{"socket.nagle.disable", "true"}}));
}

TEST(KafkaProperties, ReadsPlainAndScramLogins) {
    const Map expected = {{"sasl.username", "al\"ice"}, {"sasl.password", "p;w=1"}};
    for (const char *text : {R"(org.apache.kafka.common.security.plain.PlainLoginModule required )"
                             R"(username="al\"ice" password="p;w=1";)",
                             R"(org.apache.kafka.common.security.scram.ScramLoginModule required)"
                             "\n  username = 'al\"ice'\n  password=\"p;w=1\"\n;"}) {
        EXPECT_EQ(translate({{"sasl.jaas.config", text}}).properties, expected) << text;
    }
}

TEST(KafkaProperties, RefusesOtherLoginModulesWithoutShowingTheirText) {
    const std::string refusal =
        refusal_of({{"sasl.jaas.config",
                     "com.sun.security.auth.module.Krb5LoginModule required keyTab=\"/secret\";"}});
    EXPECT_NE(refusal.find("sasl.kerberos.service.name"), std::string::npos);
    EXPECT_EQ(refusal.find("/secret"), std::string::npos);
    EXPECT_NE(refusal_of({{"sasl.jaas.config", "x.PlainLoginModule required username=\"a"}}), "");
    EXPECT_NE(refusal_of({{"sasl.jaas.config", ""}}), "");
}

TEST(KafkaProperties, TakesPemStoresAndRefusesJavas) {
    EXPECT_EQ(translate({{"ssl.truststore.type", "PEM"},
                         {"ssl.truststore.location", "/ca.pem"},
                         {"ssl.keystore.type", "PEM"},
                         {"ssl.keystore.location", "/me.pem"},
                         {"ssl.endpoint.identification.algorithm", ""}})
                  .properties,
              (Map{{"ssl.ca.location", "/ca.pem"},
                   {"ssl.certificate.location", "/me.pem"},
                   {"ssl.endpoint.identification.algorithm", "none"},
                   {"ssl.key.location", "/me.pem"}}));
    EXPECT_NE(refusal_of({{"ssl.truststore.location", "/x.jks"}}).find("openssl pkcs12"),
              std::string::npos);
    EXPECT_NE(refusal_of({{"ssl.keystore.location", "/x.p12"}, {"ssl.keystore.type", "PKCS12"}})
                  .find("PKCS12 stores cannot be read"),
              std::string::npos);
}

TEST(KafkaProperties, TellsWhatNeedsNothingDone) {
    const KafkaTranslation translation =
        translate({{"key.serializer", "x"}, {"max.block.ms", "1"}});
    EXPECT_TRUE(translation.properties.empty());
    EXPECT_EQ(translation.no_effect, (std::vector<std::string>{"producer.override.key.serializer",
                                                               "producer.override.max.block.ms"}));
}

}  // namespace
}  // namespace outflow::relay
