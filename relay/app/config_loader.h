// ConfigLoader: makes one Config, in this order: files, environment, URL, command line; then
// placeholders, old names, checks against the option table, and what follows from other values.
// Used once. Faults are collected, so that a person sees all of them at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "core/option_table.h"

namespace outflow::relay {

class ConfigLoader {
 public:
    explicit ConfigLoader(const ConfigSources &sources) : sources_(sources) {}
    Config load();  // throws StartupError

 private:
    using Value = Config::Value;

    void read_files();
    void read_file(const std::string &path);
    void read_environment();
    void read_secret_file(std::string_view key, const std::string &variable);
    void read_url();
    void set(std::string key, std::string text, std::string origin);

    void resolve();
    void rename_old();
    void check_all();
    void check(const std::string &key, Value *value);
    void check_value(const core::OptionSpec &spec, const std::string &key, Value *value);
    void check_column_rule(const std::string &key, const Value &value);
    void check_exclusive();
    void check_forms();
    void check_snapshot_mode();
    void check_required();
    void read_transforms();
    void derive();
    void translate_kafka();
    void tell_no_effect();

    void fail(const ErrorSpec *spec, std::string message, std::string next = {});
    void notice(LogLevel level, const ErrorSpec *spec, std::string message);
    void throw_failures();

    const ConfigSources &sources_;
    Config config_;
    std::vector<Failure> failures_;
    std::vector<std::string> no_effect_;
};

}  // namespace outflow::relay
