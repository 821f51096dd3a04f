#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <regex>
#include <stdexcept>

#include "app/config_loader.h"
#include "app/word_list.h"
#include "core/column_rule.h"
#include "core/option_table.h"
#include "core/text_split.h"

namespace outflow::relay {
namespace {

using core::OptionOwner;
using core::OptionSpec;
using core::OptionStatus;
using core::OptionType;

// Where the plugin's own default, made for people who use it by hand, is another than the relay's.
constexpr std::string_view kAlwaysSent[] = {"topic.prefix", "publication.name",
                                            "key.converter.schemas.enable",
                                            "value.converter.schemas.enable"};

struct ConnectionParameter {
    std::string_view property;
    std::string_view keyword;
};
constexpr ConnectionParameter kConnectionParameters[] = {
    {"database.hostname", "host"},
    {"database.port", "port"},
    {"database.user", "user"},
    {"database.password", "password"},
    {"database.dbname", "dbname"},
    {"database.sslmode", "sslmode"},
    {"database.sslcert", "sslcert"},
    {"database.sslkey", "sslkey"},
    {"database.sslpassword", "sslpassword"},
    {"database.sslrootcert", "sslrootcert"},
};

constexpr std::string_view kTopicSettingPrefix = "topic.creation.default.";

const OptionSpec &spec_of(std::string_view key) {
    const OptionSpec *spec = core::find_option(key);
    if (spec == nullptr)
        throw std::logic_error(fmt::format("property {} is not in the option table", key));
    return *spec;
}

// The name of a hash has its salt.
std::string shown_name(const std::string &key) {
    constexpr std::string_view kSalt = ".with.salt.";
    const std::size_t salt = key.find(kSalt);
    if (!core::is_column_rule_family(key) || salt == std::string::npos) return key;
    return key.substr(0, salt + kSalt.size()) + "********";
}

bool names_a_secret(std::string_view key) {
    const OptionSpec *spec = core::find_option(key);
    return spec != nullptr && spec->type == OptionType::kSecret;
}

}  // namespace

Config Config::load(const ConfigSources &sources) { return ConfigLoader(sources).load(); }

std::string Config::text(std::string_view key) const {
    const auto found = values_.find(key);
    if (found != values_.end()) return found->second.text;
    return std::string(spec_of(key).default_value);
}

bool Config::boolean(std::string_view key) const {
    if (spec_of(key).type != OptionType::kBoolean)
        throw std::logic_error(fmt::format("property {} is not a boolean", key));
    return text(key) == "true";
}

std::int64_t Config::integer(std::string_view key) const {
    if (spec_of(key).type != OptionType::kInteger)
        throw std::logic_error(fmt::format("property {} is not an integer", key));
    const std::string value = text(key);
    std::int64_t number = 0;
    std::from_chars(value.data() + (value.starts_with('+') ? 1 : 0), value.data() + value.size(),
                    number);  // checked by load()
    return number;
}

std::vector<std::string> Config::words(std::string_view key) const {
    return comma_words(text(key));
}

bool Config::has(std::string_view key) const {
    const auto found = values_.find(key);
    return found != values_.end() && found->second.given;
}

Properties Config::connection_parameters() const {
    constexpr std::int64_t kDefaultConnectSeconds = 10;
    Properties parameters;
    for (const auto &[property, keyword] : kConnectionParameters) {
        std::string value = text(property);
        if (!value.empty()) parameters.emplace_back(keyword, std::move(value));
    }
    parameters.emplace_back("keepalives", boolean("database.tcpKeepAlive") ? "1" : "0");
    // The reference's default of a minute is longer than a person waits for a wrong address.
    const std::int64_t seconds =
        has("connection.validation.timeout.ms")
            ? std::max<std::int64_t>(integer("connection.validation.timeout.ms") / 1000, 2)
            : kDefaultConnectSeconds;
    parameters.emplace_back("connect_timeout", std::to_string(seconds));
    return parameters;
}

Properties Config::plugin_options() const {
    Properties options;
    for (const OptionSpec &spec : core::option_table()) {
        if (spec.owner == OptionOwner::kRelay || spec.status != OptionStatus::kSupported) continue;
        const bool always = std::find(std::begin(kAlwaysSent), std::end(kAlwaysSent), spec.name) !=
                            std::end(kAlwaysSent);
        std::string value = text(spec.name);
        if (always || value != spec.default_value)
            options.emplace_back(spec.name, std::move(value));
    }
    if (std::string rules = column_rules(); !rules.empty())
        options.emplace_back("outflow.column.rules", std::move(rules));
    options.insert(options.end(), transform_options_.begin(), transform_options_.end());
    return options;
}

// Two lines each; a list of patterns may be broken into lines itself.
std::string Config::column_rules() const {
    std::string rules;
    for (const auto &[key, value] : values_) {
        if (!core::is_column_rule_family(key)) continue;
        std::string columns = value.text;
        std::replace(columns.begin(), columns.end(), '\n', ' ');
        rules += key + '\n' + columns + '\n';
    }
    return rules;
}

Properties Config::topic_settings() const {
    Properties settings;
    for (const auto &[key, value] : values_) {
        // The family only: its members with a row of their own are not Kafka's settings.
        if (key.starts_with(kTopicSettingPrefix) && spec_of(key).name.ends_with('*'))
            settings.emplace_back(key.substr(kTopicSettingPrefix.size()), value.text);
    }
    return settings;
}

bool Config::is_secret(std::string_view key) const {
    for (std::string_view rest = key; !rest.empty(); core::take_part(&rest, '.')) {
        if (names_a_secret(rest)) return true;
    }
    const std::regex pattern(text("custom.sanitize.pattern"), std::regex::icase);
    return std::regex_match(key.begin(), key.end(), pattern);
}

std::string Config::describe() const {
    constexpr std::size_t kKeyWidth = 40;
    constexpr std::size_t kValueWidth = 30;
    std::map<std::string, Value, std::less<>> all = values_;
    for (const OptionSpec &spec : core::option_table()) {
        if (spec.status == OptionStatus::kSupported && !spec.default_value.empty())
            all.try_emplace(std::string(spec.name),
                            Value{std::string(spec.default_value), "default", false});
    }
    std::string lines;
    for (const auto &[key, value] : all) {
        const std::string_view shown = is_secret(key) ? "********" : std::string_view(value.text);
        lines += fmt::format("{:<{}} = {:<{}}  {}\n", shown_name(key), kKeyWidth, shown,
                             kValueWidth, value.origin);
    }
    return lines;
}

}  // namespace outflow::relay
