// Kafka client properties: from the names of Kafka's Java clients, as Connect and Debezium
// configurations have them, to librdkafka's.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/error.h"

namespace outflow::relay {

// A property in Java's names; `key` is how the configuration spells it (producer.override.acks).
struct JavaProperty {
    std::string value;
    std::string key;
};
using JavaProperties = std::map<std::string, JavaProperty, std::less<>>;

struct KafkaTranslation {
    std::map<std::string, std::string> properties;  // librdkafka's names
    std::vector<std::string> no_effect;             // keys that need nothing done
    std::vector<Failure> failures;
};

void translate_java_properties(const JavaProperties &java, KafkaTranslation *translation);

// A property in librdkafka's own name (`kafka.*`): taken as it is, or refused.
void take_raw_property(std::string_view name, const JavaProperty &property,
                       KafkaTranslation *translation);

// Whether a Java property belongs to the connection, and so to every client.
bool is_connection_property(std::string_view name);

}  // namespace outflow::relay
