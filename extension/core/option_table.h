// Every configuration property once: Debezium's names, Kafka Connect's, and Outflow's own
// (`outflow.*`). The plugin's option parser, the relay's configuration and the generated
// documentation read this table; nothing else spells an option's name to decide what is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace outflow::core {

enum class OptionType : std::uint8_t {
    kText,
    kBoolean,   // true | false, any case
    kInteger,   // decimal, with an optional sign; `allowed` may be a range: "1..65535", "0.."
    kWord,      // one of `allowed`
    kPatterns,  // comma-separated Java-like regular expressions
    kSecret,    // text that is masked wherever it is shown
    kWords,     // comma-separated, each one of `allowed`
};

enum class OptionOwner : std::uint8_t {
    kRelay,   // never leaves the relay
    kPlugin,  // the relay passes it on unchanged; the plugin acts on it
    kBoth,    // both act on it
};

enum class OptionStatus : std::uint8_t {
    kSupported,
    kNoEffect,   // accepted; `note` says why nothing has to be done
    kDifferent,  // accepted; `note` says how Outflow differs
    kRefused,    // any value but the default; `note` says why, and what to use instead
    kInternal,   // between relay and plugin only: refused in a configuration
};

struct OptionSpec {
    // A trailing `*` makes it a family: `producer.override.*`.
    std::string_view name;
    OptionType type = OptionType::kText;
    std::string_view default_value;  // empty: none
    std::string_view allowed;        // kWord, kWords: the words, separated by `|`
    OptionOwner owner = OptionOwner::kRelay;
    OptionStatus status = OptionStatus::kSupported;
    std::string_view note;  // one sentence: the meaning, or the reason of the status
    // kWord: words that the reference knows and this release refuses, and why.
    std::string_view refused = {};
    std::string_view refused_note = {};
};

std::span<const OptionSpec> option_table();

// The row for a property, families included; nullptr when unknown.
const OptionSpec *find_option(std::string_view name);

// The known name with the smallest edit distance, or empty when nothing is near (more than a third
// of the name differs). With `plugin_only`, only names the plugin accepts are offered.
std::string_view nearest_option(std::string_view name, bool plugin_only);

// The same among some rows; those that are not offered stay out.
std::string_view nearest_name(std::string_view name, std::span<const OptionSpec> rows,
                              bool (*offers)(const OptionSpec &spec) = nullptr);

// The nearest of the words in `allowed` ("a|b|c"), or empty.
std::string_view nearest_word(std::string_view word, std::string_view allowed);

bool is_allowed_word(std::string_view word, std::string_view allowed);

enum class OptionValueError : std::uint8_t { kNone, kNotBoolean, kNotInteger, kNotAllowed };
// Checks a value against the row's type. PostgreSQL's and Java's spelling of booleans: true, false.
// A number outside its range is kNotAllowed.
OptionValueError check_option_value(const OptionSpec &spec, std::string_view value);

}  // namespace outflow::core
