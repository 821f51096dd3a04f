// Names of properties in other places than a connector's configuration: Debezium Server's prefixes,
// environment variables, and names that older releases had.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outflow::relay {

// `debezium.source.x` → `x` and so on: one property can become two (the format of key and value).
// Any other key comes back as it is.
std::vector<std::pair<std::string, std::string>> from_server_property(std::string_view key,
                                                                      std::string_view value);

// `database.hostname` → `DATABASE_HOSTNAME`.
std::string environment_name(std::string_view property);

// The property an environment variable stands for (`DEBEZIUM_SOURCE_…`, `OUTFLOW_…`), or empty.
std::string_view property_of_variable(std::string_view variable);

struct OldName {
    std::string_view property;
    std::string_view replacement;
};
std::span<const OldName> old_names();

struct OldValue {
    std::string_view property;
    std::string_view value;
    std::string_view replacement;
};
std::span<const OldValue> old_values();

}  // namespace outflow::relay
