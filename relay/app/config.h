// Config: the effective configuration. Files in the order given, then the environment, then the
// command line; later ones win and each value remembers where it came from. Immutable after load;
// any thread may read it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/error.h"
#include "app/log.h"

namespace outflow::relay {

using Properties = std::vector<std::pair<std::string, std::string>>;

struct ConfigSources {
    std::vector<std::string> files;  // .properties, Connect JSON, Debezium Server properties
    std::string url;                 // postgres://… stands in for the connection keys
    Properties overrides;            // --set key=value and flags
    std::map<std::string, std::string, std::less<>> environment;
    bool strict = false;       // an unknown property is an error
    bool needs_source = true;  // a PostgreSQL connection and topic.prefix are required
    bool needs_kafka = true;   // bootstrap.servers is required, unless outflow.sink is another
};

// What load() found remarkable: told once, after the log is configured.
struct ConfigNotice {
    LogLevel level = LogLevel::kWarn;
    const ErrorSpec *spec = nullptr;
    std::string message;
};

class Config {
 public:
    // Throws StartupError (OUT-11xx); several faults are reported together.
    static Config load(const ConfigSources &sources);

    // The value, or the option table's default. A key that is not in the table, or read as another
    // type, is a programming error (std::logic_error).
    std::string text(std::string_view key) const;
    bool boolean(std::string_view key) const;
    std::int64_t integer(std::string_view key) const;
    std::vector<std::string> words(std::string_view key) const;  // comma-separated, trimmed
    bool has(std::string_view key) const;                        // given by the user, not a default

    // libpq keywords: host, port, user, password, dbname, sslmode, …
    Properties connection_parameters() const;
    // For START_REPLICATION and outflow.snapshot(): what the user gave and differs from the
    // default, its transforms, and always topic.prefix, publication.name and both schemas.enable.
    // Neither format nor outflow.sequence.lsn nor outflow.snapshot.*: those the caller adds.
    Properties plugin_options() const;
    // Whether a transform sends several tables to one topic on purpose.
    bool shares_topics() const { return shares_topics_; }
    // librdkafka names. Neither transactional.id nor idempotence: the sink adds what it needs.
    const Properties &producer_properties() const { return producer_properties_; }
    const Properties &consumer_properties() const { return consumer_properties_; }
    // topic.creation.default.* other than partitions and replication.factor: Kafka topic settings.
    Properties topic_settings() const;

    const std::vector<ConfigNotice> &notices() const { return notices_; }

    // One line a property that was given or has a default: key, value (secrets masked), origin.
    std::string describe() const;

 private:
    friend class ConfigLoader;

    struct Value {
        std::string text;
        std::string origin;  // "file shop.json:7", "env DATABASE_PASSWORD_FILE", "flag"; "default"
        bool given = true;
    };
    bool is_secret(std::string_view key) const;
    std::string column_rules() const;

    std::map<std::string, Value, std::less<>> values_;
    std::vector<ConfigNotice> notices_;
    Properties transform_options_;
    bool shares_topics_ = false;
    Properties producer_properties_;
    Properties consumer_properties_;
};

}  // namespace outflow::relay
