// ConfigLoader's checks: each property against its row of the option table, and properties against
// each other.
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "app/config_loader.h"
#include "app/kafka_properties.h"
#include "app/transforms.h"
#include "app/word_list.h"
#include "core/column_rule.h"
#include "core/text_split.h"

namespace outflow::relay {
namespace {

using core::OptionSpec;
using core::OptionStatus;
using core::OptionType;
using core::OptionValueError;

struct Pair {
    std::string_view first;
    std::string_view second;
};
constexpr Pair kExclusive[] = {
    {"schema.include.list", "schema.exclude.list"},
    {"table.include.list", "table.exclude.list"},
    {"column.include.list", "column.exclude.list"},
    {"message.prefix.include.list", "message.prefix.exclude.list"},
};

constexpr std::string_view kRequiredOfSource[] = {"topic.prefix", "database.hostname",
                                                  "database.dbname", "database.user"};

// Prefixes under which a Kafka client's property can stand; later ones win.
constexpr std::string_view kProducerPrefixes[] = {"producer.", "producer.override."};
constexpr std::string_view kConsumerPrefixes[] = {"consumer.", "consumer.override."};

// The word of the list that is the value in other letters, as Debezium compares; else the value.
std::string canonical_word(const std::string &value, std::string_view allowed) {
    while (!allowed.empty()) {
        const std::string_view word = core::take_part(&allowed, '|');
        if (lower(word) == lower(value)) return std::string(word);
    }
    return value;
}

std::string canonical(const OptionSpec &spec, const std::string &value) {
    switch (spec.type) {
        case OptionType::kBoolean:
            return lower(value);
        case OptionType::kWord:
            return canonical_word(canonical_word(value, spec.allowed), spec.refused);
        default:
            return value;
    }
}

std::string expected(const OptionSpec &spec) {
    switch (spec.type) {
        case OptionType::kBoolean:
            return "true or false";
        case OptionType::kInteger:
            return spec.allowed.empty() ? "an integer"
                                        : fmt::format("an integer in {}", spec.allowed);
        default: {
            std::string words(spec.allowed);
            for (std::size_t at = 0; (at = words.find('|', at)) != std::string::npos; at += 2)
                words.replace(at, 1, ", ");
            return "one of " + words;
        }
    }
}

std::string capitalised(std::string_view sentence) {
    std::string text(sentence);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - ('a' - 'A'));
    return text.ends_with('.') ? text : text + '.';
}

bool has_only(std::string_view text, std::string_view extra, bool upper_case) {
    return std::all_of(text.begin(), text.end(), [&](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
               (upper_case && byte >= 'A' && byte <= 'Z') ||
               extra.find(byte) != std::string_view::npos;
    });
}

Properties to_list(const std::map<std::string, std::string> &properties) {
    return {properties.begin(), properties.end()};
}

}  // namespace

void ConfigLoader::check(const std::string &key, Value *value) {
    const OptionSpec *spec = core::find_option(key);
    if (spec == nullptr) {
        const std::string_view nearest = core::nearest_option(key, false);
        std::string message = fmt::format("unknown property \"{}\" ({})", key, value->origin);
        if (!nearest.empty()) message += fmt::format("; did you mean \"{}\"?", nearest);
        if (sources_.strict) {
            fail(error::kUnknownProperty, std::move(message));
        } else {
            notice(LogLevel::kWarn, error::kUnknownProperty, std::move(message));
        }
        return;
    }
    value->text = canonical(*spec, value->text);
    if (spec->status == OptionStatus::kInternal) {
        fail(error::kUnsupportedProperty,
             fmt::format("\"{}\" ({}) is set by the relay itself", key, value->origin));
        return;
    }
    if (value->text == spec->default_value) return;
    check_value(*spec, key, value);
}

void ConfigLoader::check_value(const OptionSpec &spec, const std::string &key, Value *value) {
    if (spec.status == OptionStatus::kRefused) {
        fail(error::kUnsupportedProperty,
             fmt::format("\"{}\" ({}) is not supported. {}", key, value->origin, spec.note));
        return;
    }
    if (core::is_allowed_word(value->text, spec.refused)) {
        fail(error::kUnsupportedProperty,
             fmt::format("{}={} ({}) is not supported. {}", key, value->text, value->origin,
                         capitalised(spec.refused_note)));
        return;
    }
    if (core::is_column_rule_family(key)) check_column_rule(key, *value);
    if (core::check_option_value(spec, value->text) != OptionValueError::kNone) {
        std::string message = fmt::format("\"{}\" is not a valid value of \"{}\" ({}): expected {}",
                                          spec.type == OptionType::kSecret ? "***" : value->text,
                                          key, value->origin, expected(spec));
        const std::string_view nearest = core::nearest_word(value->text, spec.allowed);
        if (spec.type == OptionType::kWord && !nearest.empty())
            message += fmt::format("; did you mean {}?", nearest);
        fail(error::kInvalidValue, std::move(message));
        return;
    }
    if (spec.status == OptionStatus::kNoEffect) no_effect_.push_back(key);
    if (spec.status == OptionStatus::kDifferent)
        notice(LogLevel::kWarn, error::kDifferent,
               fmt::format("\"{}\" behaves differently here. {}", key, spec.note));
}

void ConfigLoader::check_column_rule(const std::string &key, const Value &value) {
    core::ColumnRuleName rule;
    std::string problem(core::parse_column_rule(key, &rule));
    if (key.find('\n') != std::string::npos) problem = "its name has a line break";
    if (!problem.empty())
        fail(error::kInvalidValue,
             fmt::format("\"{}\" ({}) is not understood: {}", key, value.origin, problem));
}

void ConfigLoader::check_exclusive() {
    for (const auto &[first, second] : kExclusive) {
        const auto left = config_.values_.find(first);
        const auto right = config_.values_.find(second);
        if (left == config_.values_.end() || right == config_.values_.end()) continue;
        fail(error::kExclusiveProperties,
             fmt::format("\"{}\" ({}) and \"{}\" ({}) exclude each other", first,
                         left->second.origin, second, right->second.origin));
    }
}

// What a type does not say.
void ConfigLoader::check_forms() {
    constexpr std::size_t kMaxSlotName = 63;
    const std::string slot = config_.text("slot.name");
    if (slot.size() > kMaxSlotName || !has_only(slot, "_", false))
        fail(error::kInvalidValue,
             fmt::format("\"{}\" is not a valid value of \"slot.name\": expected lower-case "
                         "letters, digits and underscores, at most {}",
                         slot, kMaxSlotName));
    const std::string prefix = config_.text("topic.prefix");
    if (!has_only(prefix, "._-", true))
        fail(error::kInvalidValue,
             fmt::format("\"{}\" is not a valid value of \"topic.prefix\": expected letters, "
                         "digits, dots, underscores and hyphens",
                         prefix),
             "Set it with --set topic.prefix=NAME.");
    if (!has_only(config_.text("topic.delimiter"), "._-", true))
        fail(error::kInvalidValue,
             "\"topic.delimiter\": expected letters, digits, dots, "
             "underscores and hyphens");
    try {
        std::regex(config_.text("custom.sanitize.pattern"), std::regex::icase);
    } catch (const std::regex_error &) {
        fail(error::kInvalidValue, "\"custom.sanitize.pattern\" is not a regular expression");
    }
}

void ConfigLoader::check_snapshot_mode() {
    if (config_.text("snapshot.mode") != "configuration_based") return;
    constexpr std::string_view kData = "snapshot.mode.configuration.based.snapshot.data";
    constexpr std::string_view kStream = "snapshot.mode.configuration.based.start.stream";
    // A property that is not a boolean was reported already.
    if (config_.text(kData) != "false" || config_.text(kStream) != "false") return;
    fail(error::kInvalidValue, "snapshot.mode=configuration_based would neither read nor stream",
         fmt::format("Set {} or {} to true.", kData, kStream));
}

void ConfigLoader::check_required() {
    if (sources_.needs_source) {
        for (const std::string_view key : kRequiredOfSource) {
            // A URL may leave host and user to libpq.
            const bool optional =
                !sources_.url.empty() && (key == "database.hostname" || key == "database.user");
            if (config_.text(key).empty() && !optional)
                fail(error::kMissingProperty, fmt::format("\"{}\" is required", key));
        }
    }
    if (sources_.needs_kafka && config_.text("outflow.sink") == "kafka" &&
        config_.text("bootstrap.servers").empty())
        fail(error::kMissingProperty, "\"bootstrap.servers\" is required",
             "Set it with --set bootstrap.servers=HOST:PORT, or use --sink stdout.");
}

void ConfigLoader::read_transforms() {
    TransformSettings settings;
    for (const std::string_view root : {"transforms", "predicates"}) {
        for (const auto &[key, value] : config_.values_) {
            if (key == root || key.starts_with(std::string(root) + '.'))
                settings[key] = {value.text, value.origin};
        }
    }
    TransformsResult result = relay::read_transforms(settings);
    config_.transform_options_ = std::move(result.options);
    config_.shares_topics_ = result.routes;
    failures_.insert(failures_.end(), result.failures.begin(), result.failures.end());
    no_effect_.insert(no_effect_.end(), result.no_effect.begin(), result.no_effect.end());
    for (std::string &message : result.old_names)
        notice(LogLevel::kWarn, error::kOldName, std::move(message));
}

void ConfigLoader::translate_kafka() {
    JavaProperties shared;
    JavaProperties producer;
    JavaProperties consumer;
    for (const auto &[key, value] : config_.values_) {
        if (is_connection_property(key)) shared[key] = {value.text, key};
    }
    const auto collect = [&](std::string_view prefix, JavaProperties *java) {
        for (const auto &[key, value] : config_.values_) {
            if (!key.starts_with(prefix)) continue;
            const std::string name = key.substr(prefix.size());
            if (!name.starts_with("override.")) (*java)[name] = {value.text, key};
        }
    };
    for (const std::string_view prefix : kProducerPrefixes) collect(prefix, &producer);
    for (const std::string_view prefix : kConsumerPrefixes) collect(prefix, &consumer);
    // One login serves all: files name it for the producer alone.
    for (const auto &[name, property] : producer) {
        if (is_connection_property(name)) shared.insert_or_assign(name, property);
    }
    producer.insert(shared.begin(), shared.end());
    consumer.insert(shared.begin(), shared.end());

    KafkaTranslation for_producer;
    KafkaTranslation for_consumer;
    translate_java_properties(producer, &for_producer);
    translate_java_properties(consumer, &for_consumer);
    for (const auto &[key, value] : config_.values_) {
        constexpr std::string_view kRaw = "kafka.";
        if (!key.starts_with(kRaw)) continue;
        const std::string name = key.substr(kRaw.size());
        take_raw_property(name, {value.text, key}, &for_producer);
        if (is_connection_property(name)) for_consumer.properties[name] = value.text;
    }
    failures_.insert(failures_.end(), for_producer.failures.begin(), for_producer.failures.end());
    // What both share was reported once.
    for (const Failure &failure : for_consumer.failures) {
        if (failure.message.find("\"consumer.") != std::string::npos) failures_.push_back(failure);
    }
    no_effect_.insert(no_effect_.end(), for_producer.no_effect.begin(),
                      for_producer.no_effect.end());
    config_.producer_properties_ = to_list(for_producer.properties);
    config_.consumer_properties_ = to_list(for_consumer.properties);
}

}  // namespace outflow::relay
