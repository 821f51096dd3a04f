#include "app/config_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "app/config_names.h"
#include "app/connect_json.h"
#include "app/connection_url.h"
#include "app/placeholder.h"

namespace outflow::relay {
namespace {

using core::OptionSpec;
using core::OptionType;

bool looks_like_json(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    return begin != std::string_view::npos && text[begin] == '{';
}

// "shop.json:7"
std::string place(const std::string &path, int line) {
    return line == 0 ? path : fmt::format("{}:{}", path, line);
}

}  // namespace

Config ConfigLoader::load() {
    read_files();
    read_environment();
    read_url();
    for (const auto &[key, value] : sources_.overrides) set(key, value, "flag");
    resolve();
    rename_old();
    check_all();
    check_exclusive();
    derive();
    check_forms();
    check_snapshot_mode();
    check_required();
    read_transforms();
    translate_kafka();
    tell_no_effect();
    throw_failures();
    return std::move(config_);
}

void ConfigLoader::read_files() {
    for (const std::string &path : sources_.files) read_file(path);
    throw_failures();
}

void ConfigLoader::read_file(const std::string &path) {
    std::string text;
    std::string reason;
    if (path.ends_with(".yaml") || path.ends_with(".yml")) {
        fail(error::kConfigFile,
             fmt::format("configuration file {} is YAML, which is not in this release; write "
                         ".properties or Connect JSON",
                         path));
        return;
    }
    if (!relay::read_file(path, &text, &reason)) {
        fail(error::kConfigFile, fmt::format("configuration file cannot be read: {}", reason));
        return;
    }
    std::vector<FileEntry> entries;
    if (!(looks_like_json(text) ? parse_connect_json(text, &entries, &reason)
                                : parse_properties(text, &entries, &reason))) {
        fail(error::kConfigFile,
             fmt::format("configuration file {} cannot be read: {}", path, reason));
        return;
    }
    for (const FileEntry &entry : entries) {
        for (auto &[key, value] : from_server_property(entry.key, entry.value))
            set(std::move(key), std::move(value), "file " + place(path, entry.line));
    }
}

void ConfigLoader::read_environment() {
    for (const auto &[variable, value] : sources_.environment) {
        if (const std::string_view key = property_of_variable(variable); !key.empty()) {
            set(std::string(key), value, "env " + variable);
        } else if (variable.starts_with("DEBEZIUM_SOURCE_") && !variable.ends_with("_FILE")) {
            notice(LogLevel::kWarn, error::kUnknownProperty,
                   fmt::format("environment variable {} stands for no known property", variable));
        }
    }
    for (const OptionSpec &spec : core::option_table()) {
        if (spec.type != OptionType::kSecret) continue;
        const std::string name = environment_name(spec.name) + "_FILE";
        for (const std::string &variable : {name, "DEBEZIUM_SOURCE_" + name}) {
            if (sources_.environment.contains(variable)) read_secret_file(spec.name, variable);
        }
    }
}

void ConfigLoader::read_secret_file(std::string_view key, const std::string &variable) {
    const std::string plain = variable.substr(0, variable.size() - std::string("_FILE").size());
    if (sources_.environment.contains(plain)) {
        fail(error::kExclusiveProperties, fmt::format("{} and {} are both set", plain, variable));
        return;
    }
    std::string text;
    std::string reason;
    if (!relay::read_file(sources_.environment.find(variable)->second, &text, &reason)) {
        fail(error::kUnresolved,
             fmt::format("the file of {} cannot be read: {}", variable, reason));
        return;
    }
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    set(std::string(key), std::move(text), "env " + variable);
}

void ConfigLoader::read_url() {
    if (sources_.url.empty()) return;
    Properties properties;
    std::string reason;
    if (!parse_connection_url(sources_.url, &properties, &reason)) {
        fail(error::kUsage, fmt::format("the PostgreSQL URL cannot be read: {}", reason));
        return;
    }
    for (auto &[key, value] : properties) set(std::move(key), std::move(value), "url");
}

void ConfigLoader::set(std::string key, std::string text, std::string origin) {
    config_.values_.insert_or_assign(std::move(key), Value{std::move(text), std::move(origin)});
}

void ConfigLoader::resolve() {
    for (auto &[key, value] : config_.values_) {
        std::string resolved;
        std::string reason;
        if (resolve_placeholders(value.text, sources_.environment, &resolved, &reason)) {
            value.text = std::move(resolved);
        } else {
            fail(error::kUnresolved, fmt::format("\"{}\" ({}): {}", key, value.origin, reason));
        }
    }
}

void ConfigLoader::rename_old() {
    for (const auto &[old, replacement] : old_names()) {
        const auto found = config_.values_.find(old);
        if (found == config_.values_.end()) continue;
        auto node = config_.values_.extract(found);
        notice(LogLevel::kWarn, error::kOldName,
               fmt::format("\"{}\" is now called \"{}\"", old, replacement));
        node.key() = replacement;
        config_.values_.insert(std::move(node));
    }
    for (const auto &[key, old, replacement] : old_values()) {
        const auto found = config_.values_.find(key);
        if (found == config_.values_.end() || found->second.text != old) continue;
        notice(LogLevel::kWarn, error::kOldName,
               fmt::format("{}={} is now called {}", key, old, replacement));
        found->second.text = replacement;
    }
}

// --strict is about names alone: what is refused is refused either way.
void ConfigLoader::check_all() {
    for (auto at = config_.values_.begin(); at != config_.values_.end();) {
        const OptionSpec *spec = core::find_option(at->first);
        const bool family = spec != nullptr && spec->name.ends_with('*');
        // Connect takes an empty value for none; in a family it is Kafka's to interpret.
        if (spec != nullptr && !family && at->second.text.empty()) {
            at = config_.values_.erase(at);
        } else {
            check(at->first, &at->second);
            ++at;
        }
    }
}

// One line for all of them: a worker's file has many.
void ConfigLoader::tell_no_effect() {
    std::string names;
    for (const std::string &key : no_effect_) names += (names.empty() ? "" : ", ") + key;
    if (!names.empty())
        notice(LogLevel::kInfo, error::kNoEffect,
               fmt::format("no effect here (reasons: outflow options): {}", names));
}

void ConfigLoader::derive() {
    auto &values = config_.values_;
    const auto derive_from = [&](const char *key, std::string text) {
        values.try_emplace(key, Value{std::move(text), "default", false});
    };
    if (!sources_.url.empty() && values.contains("database.dbname"))
        derive_from("topic.prefix", values.find("database.dbname")->second.text);
    const std::string prefix = config_.text("topic.prefix");
    if (prefix.empty()) return;
    derive_from("outflow.position.topic", "__outflow-position." + prefix);
    derive_from("outflow.transactional.id",
                fmt::format("outflow-{}-{}", prefix, config_.text("slot.name")));
}

void ConfigLoader::fail(const ErrorSpec *spec, std::string message, std::string next) {
    failures_.push_back({spec, std::move(message), {}, std::move(next)});
}

void ConfigLoader::notice(LogLevel level, const ErrorSpec *spec, std::string message) {
    config_.notices_.push_back({level, spec, std::move(message)});
}

void ConfigLoader::throw_failures() {
    if (failures_.empty()) return;
    Failure first = std::move(failures_.front());
    for (std::size_t at = 1; at < failures_.size(); ++at) {
        if (!first.detail.empty()) first.detail += '\n';
        first.detail += "also " + relay::describe(failures_[at]);
    }
    throw StartupError(std::move(first));
}

}  // namespace outflow::relay
