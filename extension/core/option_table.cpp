#include "option_table.h"

#include <charconv>

namespace outflow::core {
namespace {

using enum OptionType;
using enum OptionOwner;
using enum OptionStatus;

constexpr OptionSpec kOptions[] = {
    // What the plugin acts on: capture and rendering.
    {"topic.prefix", kText, "", "", kBoth, kSupported,
     "Logical name of the server: first part of every topic and `source.name`."},
    {"topic.delimiter", kText, ".", "", kBoth, kSupported,
     "Between prefix, schema and table in topic names."},
    {"format", kWord, "json", "json|chunks", kPlugin, kSupported,
     "Output of the plugin: one JSON text an event, or binary chunks for the relay."},
    {"publication.name", kText, "", "", kBoth, kSupported,
     "Publication whose tables and operations are captured."},
    {"schema.include.list", kPatterns, "", "", kPlugin, kSupported, "Schemas to capture."},
    {"schema.exclude.list", kPatterns, "", "", kPlugin, kSupported, "Schemas not to capture."},
    {"table.include.list", kPatterns, "", "", kPlugin, kSupported,
     "Tables to capture, as schema.table."},
    {"table.exclude.list", kPatterns, "", "", kPlugin, kSupported,
     "Tables not to capture, as schema.table."},
    {"message.prefix.include.list", kPatterns, "", "", kPlugin, kSupported,
     "Prefixes of logical messages to capture."},
    {"message.prefix.exclude.list", kPatterns, "", "", kPlugin, kSupported,
     "Prefixes of logical messages not to capture."},
    {"skipped.operations", kText, "t", "", kBoth, kSupported,
     "Comma-separated operations that are not captured: c, u, d, t, or none."},
    {"tombstones.on.delete", kBoolean, "true", "", kPlugin, kSupported,
     "A delete is followed by a record with the same key and null value."},
    {"decimal.handling.mode", kWord, "precise", "precise|double|string", kPlugin, kSupported,
     "How numeric values are printed."},
    {"time.precision.mode", kWord, "adaptive", "adaptive|adaptive_time_microseconds|connect",
     kPlugin, kSupported, "How dates, times and timestamps are printed."},
    {"interval.handling.mode", kWord, "numeric", "numeric|string", kPlugin, kSupported,
     "Intervals as microseconds or as ISO 8601 text."},
    {"binary.handling.mode", kWord, "bytes", "bytes|base64|base64-url-safe|hex", kPlugin,
     kSupported, "How bytea is printed."},
    {"include.unknown.datatypes", kBoolean, "false", "", kPlugin, kSupported,
     "Print columns of types without a mapping as opaque bytes."},
    {"unavailable.value.placeholder", kText, "__debezium_unavailable_value", "", kPlugin,
     kSupported, "Stands for an unchanged TOAST value that the WAL does not hold."},
    {"key.converter.schemas.enable", kBoolean, "true", "", kBoth, kSupported,
     "Wrap keys in {schema, payload}."},
    {"value.converter.schemas.enable", kBoolean, "true", "", kBoth, kSupported,
     "Wrap values in {schema, payload}."},
    {"outflow.source.version", kText, "3.6.1.Final", "", kPlugin, kSupported,
     "Printed in `source.version`."},
    {"outflow.sequence.lsn", kText, "", "", kPlugin, kSupported,
     "Set by the relay: end of the last transaction before the stream, for `source.sequence`."},
};

// Edit distance of two short names; `limit` + 1 when it is larger than `limit`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
    constexpr std::size_t kMaxName = 96;
    if (left.size() > kMaxName || right.size() > kMaxName) return limit + 1;
    std::size_t row[kMaxName + 1];
    for (std::size_t column = 0; column <= right.size(); ++column) row[column] = column;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        std::size_t diagonal = row[0];
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const std::size_t above = row[column];
            const std::size_t replace = diagonal + (left[line - 1] != right[column - 1]);
            const std::size_t insert = row[column - 1] + 1;
            row[column] = replace < insert ? replace : insert;
            if (above + 1 < row[column]) row[column] = above + 1;
            diagonal = above;
        }
    }
    return row[right.size()] > limit ? limit + 1 : row[right.size()];
}

bool equals_ignoring_case(std::string_view left, std::string_view lower) {
    if (left.size() != lower.size()) return false;
    for (std::size_t at = 0; at < left.size(); ++at) {
        const char byte = left[at];
        if ((byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte) != lower[at]) return false;
    }
    return true;
}

// Splits the next word off "a|b|c".
std::string_view take_word(std::string_view *words) {
    const std::size_t bar = words->find('|');
    const std::string_view word = words->substr(0, bar);
    *words = bar == std::string_view::npos ? std::string_view() : words->substr(bar + 1);
    return word;
}

}  // namespace

std::span<const OptionSpec> option_table() { return kOptions; }

const OptionSpec *find_option(std::string_view name) {
    for (const OptionSpec &spec : kOptions) {
        if (spec.name == name) return &spec;
    }
    for (const OptionSpec &spec : kOptions) {
        if (spec.name.ends_with('*') && name.starts_with(spec.name.substr(0, spec.name.size() - 1)))
            return &spec;
    }
    return nullptr;
}

std::string_view nearest_option(std::string_view name, bool plugin_only) {
    std::string_view best;
    std::size_t limit = name.size() / 3;
    for (const OptionSpec &spec : kOptions) {
        if ((plugin_only && spec.owner == OptionOwner::kRelay) || spec.name.ends_with('*'))
            continue;
        const std::size_t distance = edit_distance(name, spec.name, limit);
        if (distance > limit) continue;
        best = spec.name;
        if (distance == 0) break;
        limit = distance - 1;
    }
    return best;
}

std::string_view nearest_word(std::string_view word, std::string_view allowed) {
    std::string_view best;
    std::size_t best_distance = word.size() / 2 + 2;
    while (!allowed.empty()) {
        const std::string_view candidate = take_word(&allowed);
        const std::size_t distance = edit_distance(word, candidate, best_distance);
        if (distance >= best_distance) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

bool is_allowed_word(std::string_view word, std::string_view allowed) {
    while (!allowed.empty()) {
        if (take_word(&allowed) == word) return true;
    }
    return false;
}

OptionValueError check_option_value(const OptionSpec &spec, std::string_view value) {
    switch (spec.type) {
        case OptionType::kBoolean:
            return equals_ignoring_case(value, "true") || equals_ignoring_case(value, "false")
                       ? OptionValueError::kNone
                       : OptionValueError::kNotBoolean;
        case OptionType::kInteger: {
            std::int64_t number = 0;
            const auto [end, error] =
                std::from_chars(value.data(), value.data() + value.size(), number);
            return error == std::errc() && end == value.data() + value.size()
                       ? OptionValueError::kNone
                       : OptionValueError::kNotInteger;
        }
        case OptionType::kWord:
            return is_allowed_word(value, spec.allowed) ? OptionValueError::kNone
                                                        : OptionValueError::kNotAllowed;
        case OptionType::kText:
        case OptionType::kPatterns:
        case OptionType::kSecret:
            return OptionValueError::kNone;
    }
    return OptionValueError::kNone;
}

}  // namespace outflow::core
