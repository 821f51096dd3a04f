// argv → command. The only place that ends the process, and the one that reads the environment.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/connection_url.h"
#include "app/error.h"
#include "app/log.h"
#include "app/option_reference.h"
#include "command/capture.h"
#include "command/diff.h"
#include "command/run.h"
#include "command/tail.h"
#include "core/option_table.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kCommands = "run|tail|diff|capture|options|version";

// Flags that more than one command has.
struct CommonFlags {
    std::vector<std::string> files;
    std::vector<std::string> settings;
    std::string log_format;
    std::string log_level;
    bool strict = false;
    bool no_color = false;
};

struct RunFlags {
    std::vector<std::string> arguments;  // files and a URL
    std::string sink;
    std::string until;
    std::string plugin;
    bool adopt_slot = false;
    bool print_config = false;
};

struct TailFlags {
    std::string bootstrap;
    std::string offset;
    std::string key;
    TailOptions options;
};

struct DiffFlags {
    std::string bootstrap;
    std::string left_bootstrap;
    std::string right_bootstrap;
    double settle_s = 10;
    std::size_t max_pending_mb = 256;
    DiffOptions options;
};

struct CaptureFlags {
    std::string bootstrap;
    CaptureOptions options;
};

[[noreturn]] void refuse_usage(std::string message, std::string next = {}) {
    throw StartupError({error::kUsage, std::move(message), {}, std::move(next)});
}

std::map<std::string, std::string, std::less<>> read_environment() {
    std::map<std::string, std::string, std::less<>> environment;
    for (char **entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos)
            environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

void add_setting(const std::string &setting, Properties *overrides) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
        refuse_usage(fmt::format("--set needs key=value, not \"{}\"", setting));
    overrides->emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
}

ConfigSources make_sources(const CommonFlags &common) {
    ConfigSources sources;
    sources.files = common.files;
    sources.strict = common.strict;
    sources.environment = read_environment();
    for (const std::string &setting : common.settings) add_setting(setting, &sources.overrides);
    if (!common.log_format.empty())
        sources.overrides.emplace_back("outflow.log.format", common.log_format);
    if (!common.log_level.empty())
        sources.overrides.emplace_back("outflow.log.level", common.log_level);
    return sources;
}

LogFormat log_format(std::string_view word) {
    if (word == "json") return LogFormat::kJson;
    return word == "text" ? LogFormat::kText : LogFormat::kAutomatic;
}

LogLevel log_level(std::string_view word) {
    constexpr std::pair<std::string_view, LogLevel> kLevels[] = {
        {"trace", LogLevel::kTrace}, {"debug", LogLevel::kDebug}, {"info", LogLevel::kInfo},
        {"warn", LogLevel::kWarn},   {"error", LogLevel::kError}, {"off", LogLevel::kOff}};
    for (const auto &[name, level] : kLevels) {
        if (name == word) return level;
    }
    return LogLevel::kInfo;
}

// What is wrong with the configuration is told in the flag's format; the rest as configured.
Config load_config(const ConfigSources &sources, LogFormat automatic) {
    Config config = Config::load(sources);
    const LogFormat format = log_format(config.text("outflow.log.format"));
    configure_log(format == LogFormat::kAutomatic ? automatic : format,
                  log_level(config.text("outflow.log.level")));
    for (const ConfigNotice &notice : config.notices())
        log_at(notice.level, "config", {.code = notice.spec->code}, "{}", notice.message);
    return config;
}

ExitCode do_run(const CommonFlags &common, const RunFlags &flags) {
    ConfigSources sources = make_sources(common);
    for (const std::string &argument : flags.arguments) {
        if (!is_connection_url(argument)) {
            sources.files.push_back(argument);
        } else if (sources.url.empty()) {
            sources.url = argument;
        } else {
            refuse_usage("only one PostgreSQL URL can be given");
        }
    }
    if (sources.files.empty() && sources.url.empty() && sources.overrides.empty())
        refuse_usage("nothing says what to run",
                     "outflow run worker.properties connector.properties\n"
                     "outflow run --sink stdout postgres://USER@HOST/DATABASE");
    if (!flags.sink.empty()) sources.overrides.emplace_back("outflow.sink", flags.sink);
    if (!flags.plugin.empty()) sources.overrides.emplace_back("plugin.name", flags.plugin);
    if (!flags.until.empty() && flags.until != "current")
        refuse_usage(fmt::format("--until={} is not known; current is", flags.until));

    const Config config = load_config(sources, LogFormat::kAutomatic);
    if (flags.print_config) {
        const std::string text = config.describe();
        std::fwrite(text.data(), 1, text.size(), stdout);
        return ExitCode::kOk;
    }
    RunOptions options;
    options.sink = config.text("outflow.sink");
    options.until_current = flags.until == "current";
    options.adopt_slot = flags.adopt_slot;
    return run(config, options);
}

ExitCode do_tail(const CommonFlags &common, TailFlags flags) {
    ConfigSources sources = make_sources(common);
    sources.needs_source = false;
    if (!flags.bootstrap.empty())
        sources.overrides.emplace_back("bootstrap.servers", flags.bootstrap);
    sources.overrides.emplace_back("outflow.sink", "kafka");
    if (!flags.offset.empty() && flags.offset != "beginning" && flags.offset != "end")
        refuse_usage(fmt::format("--offset {} is not known; beginning and end are", flags.offset));
    flags.options.from_beginning = flags.offset == "beginning";
    if (!flags.key.empty()) flags.options.filter.key = flags.key;
    const char *no_color = std::getenv("NO_COLOR");
    flags.options.color = isatty(STDOUT_FILENO) != 0 && !common.no_color &&
                          (no_color == nullptr || *no_color == '\0');
    // Its reader is a person, wherever the output goes.
    return tail(load_config(sources, LogFormat::kText), flags.options);
}

Config load_family_config(const CommonFlags &common, const std::string &bootstrap) {
    ConfigSources sources = make_sources(common);
    sources.needs_source = false;
    if (!bootstrap.empty()) sources.overrides.emplace_back("bootstrap.servers", bootstrap);
    sources.overrides.emplace_back("outflow.sink", "kafka");
    return load_config(sources, LogFormat::kText);
}

ExitCode do_diff(const CommonFlags &common, DiffFlags flags) {
    DiffOptions &options = flags.options;
    DiffSide &left = options.left;
    DiffSide &right = options.right;
    if (left.prefix.empty() || right.prefix.empty())
        refuse_usage("a topic prefix is empty", "outflow diff --left PREFIX --right PREFIX");
    if (left.prefix == right.prefix && left.capture == right.capture &&
        flags.left_bootstrap == flags.right_bootstrap)
        refuse_usage(fmt::format("--left and --right are both {}", left.prefix));
    if (options.until_end && options.until_clean >= 0)
        refuse_usage("--until-end and --until-clean exclude each other");
    const bool has_capture = !left.capture.empty() || !right.capture.empty();
    options.until_end = options.until_end || (has_capture && options.until_clean < 0);
    options.settle_ms = static_cast<int>(flags.settle_s * 1000);
    options.limits.max_pending_bytes = flags.max_pending_mb << 20;
    options.limits.max_ahead_bytes =
        std::min(options.limits.max_ahead_bytes, options.limits.max_pending_bytes);
    std::optional<Config> configs[2];
    const auto connect = [&](DiffSide *side, const std::string &own, std::optional<Config> *to) {
        if (!side->capture.empty()) return;
        to->emplace(load_family_config(common, own.empty() ? flags.bootstrap : own));
        side->config = &**to;
    };
    connect(&left, flags.left_bootstrap, &configs[0]);
    connect(&right, flags.right_bootstrap, &configs[1]);
    return diff_families(options);
}

ExitCode do_capture(const CommonFlags &common, const CaptureFlags &flags) {
    if (flags.options.prefix.empty())
        refuse_usage("the topic prefix is empty", "outflow capture PREFIX > FILE");
    return capture_family(load_family_config(common, flags.bootstrap), flags.options);
}

void add_common(CLI::App *command, CommonFlags *flags) {
    command->add_option("--config", flags->files, "Configuration file; may be repeated")
        ->allow_extra_args(false)
        ->type_name("FILE");
    command->add_option("--set", flags->settings, "Overrides one property; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_flag("--strict", flags->strict, "Unknown properties are errors");
    command->add_option("--log-format", flags->log_format, "auto, text or json");
    command->add_option("--log-level", flags->log_level, "trace, debug, info, warn, error or off");
    command->add_flag("--no-color", flags->no_color, "No colors, as NO_COLOR");
}

void add_run(CLI::App *command, RunFlags *flags) {
    command
        ->add_option("source", flags->arguments,
                     "Configuration files (.properties or Connect JSON), merged left to right; "
                     "a postgres:// URL stands in for the connection")
        ->type_name("FILE|URL");
    command->add_option("--sink", flags->sink, "kafka or stdout");
    command->add_option("--until", flags->until,
                        "current: end once everything committed before is delivered");
    command->add_option("--plugin", flags->plugin, "Overrides plugin.name");
    command->add_flag("--adopt-slot", flags->adopt_slot,
                      "Once: continue from a slot that has no position (OUT-4110)");
    command->add_flag("--print-config", flags->print_config,
                      "Prints every effective property with its origin, and ends");
}

void add_tail(CLI::App *command, TailFlags *flags) {
    TailOptions &options = flags->options;
    command->add_option("topic", options.topic, "Topic to show")->required();
    command->add_option("--bootstrap", flags->bootstrap, "Kafka brokers")->type_name("HOST:PORT");
    command->add_option("-o,--offset", flags->offset, "beginning or end");
    command
        ->add_option("--op", options.filter.operations, "Only these operations: c, u, d, r, t, m")
        ->type_name("LETTERS");
    command->add_option("--key", flags->key, "Only this key, as JSON or as the column's value");
    command->add_option("--last", options.last, "First the last N that are shown")->type_name("N");
    command->add_flag("--until-end", options.until_end, "End when everything there was shown");
    command->add_flag("--uncommitted", options.uncommitted,
                      "Also what open and aborted transactions wrote");
    command->add_flag("--raw", options.raw, "Values as they are, one a line");
}

void add_diff(CLI::App *command, DiffFlags *flags) {
    DiffOptions &options = flags->options;
    command->add_option("--left", options.left.prefix, "Topic prefix of one side")
        ->required()
        ->type_name("PREFIX");
    command->add_option("--right", options.right.prefix, "Topic prefix of the other side")
        ->required()
        ->type_name("PREFIX");
    command
        ->add_option("--left-capture", options.left.capture,
                     "Read the left side from a file of `outflow capture` or `run --sink stdout`")
        ->type_name("FILE");
    command->add_option("--right-capture", options.right.capture, "The same for the right side")
        ->type_name("FILE");
    command->add_option("--bootstrap", flags->bootstrap, "Kafka brokers")->type_name("HOST:PORT");
    command->add_option("--left-bootstrap", flags->left_bootstrap, "Brokers of the left side")
        ->type_name("HOST:PORT");
    command->add_option("--right-bootstrap", flags->right_bootstrap, "Brokers of the right side")
        ->type_name("HOST:PORT");
    command->add_flag("--until-end", options.until_end, "End when everything there was compared");
    command
        ->add_option("--until-clean", options.until_clean,
                     "End once N events were compared; else Ctrl-C ends with the verdict")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    command
        ->add_option("--settle", flags->settle_s,
                     "At the end, how long an event may lack its counterpart (10)")
        ->check(CLI::Range(0.0, 86'400.0))
        ->type_name("SECONDS");
    command->add_option("--show", options.limits.max_shown, "Differences shown of each table (3)")
        ->type_name("N");
    command
        ->add_option("--max-pending-mb", flags->max_pending_mb,
                     "Memory for unmatched events of each side (256)")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 20))
        ->type_name("MB");
    command->add_flag("--json", options.json, "The result as one JSON object");
    command->footer(
        "Exit code 0: every event has an equal counterpart, or differs as documented; "
        "1: differences.");
}

void add_capture(CLI::App *command, CaptureFlags *flags) {
    command->add_option("prefix", flags->options.prefix, "The topics PREFIX.* are read")
        ->required();
    command->add_option("--bootstrap", flags->bootstrap, "Kafka brokers")->type_name("HOST:PORT");
    command->add_flag("--until-end", flags->options.until_end,
                      "End when everything there was written; else Ctrl-C ends");
    command->footer("Writes a line of JSON for each record, for `outflow diff --left-capture`.");
}

ExitCode print(const std::string &text) {
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? ExitCode::kOk
                                                                           : ExitCode::kRuntime;
}

// CLI11 would only say that an argument was not expected.
void refuse_unknown_command(int argc, char **argv) {
    if (argc < 2 || argv[1][0] == '-' || core::is_allowed_word(argv[1], kCommands)) return;
    const std::string_view nearest = core::nearest_word(argv[1], kCommands);
    refuse_usage(fmt::format("unknown command \"{}\"{}", argv[1],
                             nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest)),
                 "outflow --help");
}

ExitCode run_command(int argc, char **argv) {
    CommonFlags common;
    RunFlags run_flags;
    TailFlags tail_flags;
    DiffFlags diff_flags;
    CaptureFlags capture_flags;
    const std::string version = "outflow " OUTFLOW_VERSION;
    CLI::App app("Streams committed PostgreSQL changes into Kafka as Debezium events.", "outflow");
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    CLI::App *run_app = app.add_subcommand("run", "The relay: PostgreSQL to Kafka");
    CLI::App *tail_app = app.add_subcommand("tail", "A live, readable view of a topic");
    CLI::App *diff_app =
        app.add_subcommand("diff", "Compares what two writers of one database wrote");
    CLI::App *capture_app = app.add_subcommand("capture", "Writes a topic family into a file");
    CLI::App *options_app = app.add_subcommand("options", "The reference of all properties");
    CLI::App *version_app = app.add_subcommand("version", "The version");
    add_run(run_app, &run_flags);
    add_common(run_app, &common);
    add_tail(tail_app, &tail_flags);
    add_common(tail_app, &common);
    add_diff(diff_app, &diff_flags);
    add_common(diff_app, &common);
    add_capture(capture_app, &capture_flags);
    add_common(capture_app, &common);

    refuse_unknown_command(argc, argv);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &parsed) {  // also --help and --version
        return app.exit(parsed) == 0 ? ExitCode::kOk : ExitCode::kUsage;
    }
    configure_log(*run_app ? log_format(common.log_format) : LogFormat::kText,
                  log_level(common.log_level));
    if (*version_app) return print(version + "\n");
    if (*options_app) return print(option_reference());
    if (*diff_app) return do_diff(common, std::move(diff_flags));
    if (*capture_app) return do_capture(common, capture_flags);
    return *run_app ? do_run(common, run_flags) : do_tail(common, std::move(tail_flags));
}

}  // namespace
}  // namespace outflow::relay

int main(int argc, char **argv) {
    using namespace outflow::relay;
    std::signal(SIGPIPE, SIG_IGN);  // a reader that left is an error of write()
    try {
        return static_cast<int>(run_command(argc, argv));
    } catch (const StartupError &caught) {
        report(caught.failure());
        return static_cast<int>(caught.failure().exit());
    } catch (const std::exception &caught) {
        report({error::kInternal, caught.what(), {}, {}});
        return static_cast<int>(error::kInternal->exit);
    }
}
