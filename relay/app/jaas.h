// sasl.jaas.config: "org.apache.kafka…PlainLoginModule required username="u" password="p";".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outflow::relay {

struct JaasLogin {
    std::vector<std::pair<std::string, std::string>> properties;  // librdkafka's names
};

// PLAIN, SCRAM and OAUTHBEARER modules. False, with a reason that shows no value, for others.
bool parse_jaas(std::string_view text, JaasLogin *login, std::string *reason);

}  // namespace outflow::relay
