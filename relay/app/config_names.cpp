#include "app/config_names.h"

#include "app/word_list.h"
#include "core/option_table.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kJsonConverter = "org.apache.kafka.connect.json.JsonConverter";

struct Prefix {
    std::string_view server;
    std::string_view property;
};
// The first that fits counts.
constexpr Prefix kServerPrefixes[] = {
    {"debezium.sink.kafka.producer.bootstrap.servers", "bootstrap.servers"},
    {"debezium.sink.kafka.producer.", "producer.override."},
    {"debezium.sink.type", "outflow.sink"},
    {"debezium.source.", ""},
    {"debezium.format.key.", "key.converter."},
    {"debezium.format.value.", "value.converter."},
    {"debezium.format.header", "header.converter"},
    {"debezium.transforms", "transforms"},
    {"debezium.predicates", "predicates"},
    {"quarkus.log.level", "outflow.log.level"},
};

constexpr OldName kOldNames[] = {
    {"database.server.name", "topic.prefix"},
    {"schema.whitelist", "schema.include.list"},
    {"schema.blacklist", "schema.exclude.list"},
    {"table.whitelist", "table.include.list"},
    {"table.blacklist", "table.exclude.list"},
    {"column.whitelist", "column.include.list"},
    {"column.blacklist", "column.exclude.list"},
    {"slot.drop_on_stop", "slot.drop.on.stop"},
    {"toasted.value.placeholder", "unavailable.value.placeholder"},
};

constexpr OldValue kOldValues[] = {
    {"snapshot.mode", "never", "no_data"},
    {"snapshot.mode", "exported", "initial"},
    {"time.precision.mode", "adaptive_time_microsec", "adaptive_time_microseconds"},
};

std::string converter_of(std::string_view format) {
    return std::string(format == "json" || format == "jsonbytearray" ? kJsonConverter : format);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> from_server_property(std::string_view key,
                                                                      std::string_view value) {
    if (key == "debezium.format.key") return {{"key.converter", converter_of(value)}};
    if (key == "debezium.format.value") return {{"value.converter", converter_of(value)}};
    if (key == "quarkus.log.level") return {{"outflow.log.level", lower(value)}};
    for (const auto &[server, property] : kServerPrefixes) {
        if (!key.starts_with(server)) continue;
        return {{std::string(property).append(key.substr(server.size())), std::string(value)}};
    }
    constexpr std::string_view kBoth = "debezium.format.";
    if (key.starts_with(kBoth)) {
        const std::string rest(key.substr(kBoth.size()));
        return {{"key.converter." + rest, std::string(value)},
                {"value.converter." + rest, std::string(value)}};
    }
    return {{std::string(key), std::string(value)}};
}

std::string environment_name(std::string_view property) {
    std::string name;
    for (const char byte : property) {
        if (byte >= 'a' && byte <= 'z') {
            name.push_back(static_cast<char>(byte - ('a' - 'A')));
        } else {
            const bool kept = (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
            name.push_back(kept ? byte : '_');
        }
    }
    return name;
}

std::string_view property_of_variable(std::string_view variable) {
    constexpr std::string_view kSource = "DEBEZIUM_SOURCE_";
    if (variable == "DEBEZIUM_SINK_KAFKA_PRODUCER_BOOTSTRAP_SERVERS") return "bootstrap.servers";
    const bool source = variable.starts_with(kSource);
    if (!source && !variable.starts_with("OUTFLOW_")) return {};
    if (source) variable.remove_prefix(kSource.size());
    for (const core::OptionSpec &spec : core::option_table()) {
        if (spec.name.ends_with('*') || (!source && !spec.name.starts_with("outflow."))) continue;
        if (environment_name(spec.name) == variable) return spec.name;
    }
    return {};
}

std::span<const OldName> old_names() { return kOldNames; }
std::span<const OldValue> old_values() { return kOldValues; }

}  // namespace outflow::relay
