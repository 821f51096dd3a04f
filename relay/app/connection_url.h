// postgres://user:password@host:port/database?sslmode=… as connection properties.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outflow::relay {

bool is_connection_url(std::string_view text);

// Debezium's property names. False, with a reason that shows no secret, for what is not such a URL.
bool parse_connection_url(std::string_view url,
                          std::vector<std::pair<std::string, std::string>> *properties,
                          std::string *reason);

}  // namespace outflow::relay
