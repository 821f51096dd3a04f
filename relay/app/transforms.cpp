#include "app/transforms.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "app/word_list.h"
#include "core/text_split.h"
#include "core/transform_table.h"

namespace outflow::relay {
namespace {

using core::OptionSpec;
using core::OptionStatus;
using core::TransformType;

constexpr std::string_view kTopicPredicate =
    "org.apache.kafka.connect.transforms.predicates.TopicNameMatches";

// ExtractNewRecordState before Debezium 3.2: two properties where there is one now.
constexpr std::string_view kOldTombstones = "drop.tombstones";
constexpr std::string_view kOldDeletes = "delete.handling.mode";
constexpr std::string_view kDeletes = "delete.tombstone.handling.mode";
struct OldDeletes {
    std::string_view deletes;
    std::string_view drop_tombstones;
    std::string_view mode;
};
constexpr OldDeletes kOldDeleteModes[] = {
    {"drop", "true", "drop"},       {"drop", "false", "delete-to-tombstone"},
    {"none", "true", "tombstone"},  {"none", "false", "delete-to-tombstone"},
    {"rewrite", "true", "rewrite"}, {"rewrite", "false", "rewrite-with-tombstone"},
};

constexpr std::string_view kUnwrap = "unwrap";
constexpr std::string_view kRouteColumn = "route.by.field";

std::string known_classes() {
    std::string list;
    for (const TransformType &type : core::transform_types()) {
        if (type.status == OptionStatus::kSupported)
            list.append(list.empty() ? "" : ", ").append(type.java_class);
    }
    return list;
}

class Reader {
 public:
    explicit Reader(const TransformSettings &settings) : settings_(settings) {}

    TransformsResult read() {
        for (const std::string &alias : comma_words(text_of("transforms"))) read_transform(alias);
        if (!order_.empty())
            result_.options.insert(result_.options.begin(), {"outflow.transforms", order_});
        tell_unused();
        return std::move(result_);
    }

 private:
    std::string text_of(std::string_view key) const {
        const auto found = settings_.find(key);
        return found == settings_.end() ? std::string() : found->second.text;
    }

    std::string text_of(const std::string &prefix, std::string_view name) const {
        return text_of(prefix + std::string(name));
    }

    void fail(const ErrorSpec *spec, std::string message, std::string next = {}) {
        result_.failures.push_back({spec, std::move(message), {}, std::move(next)});
    }

    void read_transform(const std::string &alias) {
        const std::string prefix = "transforms." + alias + '.';
        const std::string java_class = text_of(prefix + "type");
        used_.insert(prefix + "type");
        const TransformType *type = core::find_transform_class(java_class);
        if (type == nullptr || type->status == OptionStatus::kRefused) {
            refuse_type(alias, java_class);
            for (const auto &[key, setting] : settings_) {
                if (key.starts_with(prefix)) used_.insert(key);
            }
            return;
        }
        word_ = std::string(type->word);
        if (const int number = ++count_of_[word_]; number > 1) word_ += fmt::format(".{}", number);
        order_.append(order_.empty() ? "" : ",").append(word_);
        result_.routes |= type->word != kUnwrap || !text_of(prefix, kRouteColumn).empty();
        read_properties(*type, prefix);
        check_required(*type, prefix);
    }

    void refuse_type(const std::string &alias, const std::string &java_class) {
        if (java_class.empty()) {
            fail(error::kMissingProperty, fmt::format("\"transforms.{}.type\" is required", alias));
            return;
        }
        fail(error::kUnsupportedProperty,
             fmt::format("transform {} of \"transforms.{}.type\" is not in this release",
                         java_class, alias),
             fmt::format("Outflow has {}.", known_classes()));
    }

    void read_properties(const TransformType &type, const std::string &prefix) {
        if (type.word == kUnwrap) read_old_deletes(prefix);
        for (const auto &[key, setting] : settings_) {
            if (!key.starts_with(prefix) || used_.contains(key)) continue;
            used_.insert(key);
            read_property(type, key, key.substr(prefix.size()), setting);
        }
    }

    void read_property(const TransformType &type, const std::string &key, std::string_view name,
                       const TransformSetting &setting) {
        const OptionSpec *spec = core::find_transform_property(type, name);
        if (spec == nullptr) {
            refuse_property(type, key, name, setting);
        } else if (name == "predicate") {
            read_predicate(key, setting);
        } else if (const auto text = checked(*spec, key, setting)) {
            if (spec->status == OptionStatus::kNoEffect)
                result_.no_effect.push_back(key);
            else if (*text == spec->default_value)
                return;
            else if (spec->status == OptionStatus::kRefused)
                fail(error::kUnsupportedProperty, fmt::format("\"{}\" ({}) is not supported. {}",
                                                              key, setting.origin, spec->note));
            else
                add_option(name, *text);
        }
    }

    void refuse_property(const TransformType &type, const std::string &key, std::string_view name,
                         const TransformSetting &setting) {
        const std::string_view nearest = core::nearest_transform_property(type, name);
        std::string message = fmt::format("unknown property \"{}\" ({}) of transform {}", key,
                                          setting.origin, type.java_class);
        if (!nearest.empty()) message += fmt::format("; did you mean \"{}\"?", nearest);
        fail(error::kUnknownProperty, std::move(message));
    }

    // The value in the table's spelling; nothing when it is wrong.
    std::optional<std::string> checked(const OptionSpec &spec, const std::string &key,
                                       const TransformSetting &setting) {
        std::string text = setting.text;
        if (spec.type == core::OptionType::kWord || spec.type == core::OptionType::kBoolean)
            text = lower(text);
        // An empty text is one; an empty word is none, as for Connect.
        if (text.empty() && spec.type != core::OptionType::kText)
            return std::string(spec.default_value);
        if (core::is_allowed_word(text, spec.refused)) {
            fail(error::kUnsupportedProperty, fmt::format("{}={} ({}) is not supported: {}", key,
                                                          text, setting.origin, spec.refused_note));
            return std::nullopt;
        }
        if (core::check_option_value(spec, text) == core::OptionValueError::kNone) return text;
        std::string expected(spec.allowed.empty() ? "true|false" : spec.allowed);
        fail(error::kInvalidValue, fmt::format("\"{}\" is not a valid value of \"{}\" ({}): "
                                               "expected {}",
                                               setting.text, key, setting.origin, expected));
        return std::nullopt;
    }

    void check_required(const TransformType &type, const std::string &prefix) {
        for (std::string_view rest = type.required; !rest.empty();) {
            const std::string key = prefix + std::string(core::take_part(&rest, '|'));
            if (text_of(key).empty())
                fail(error::kMissingProperty, fmt::format("\"{}\" is required", key));
        }
    }

    void read_predicate(const std::string &key, const TransformSetting &setting) {
        const std::vector<std::string> known = comma_words(text_of("predicates"));
        if (std::find(known.begin(), known.end(), setting.text) == known.end()) {
            fail(error::kInvalidValue,
                 fmt::format("\"{}\" ({}) names a predicate that is not in \"predicates\"", key,
                             setting.origin));
            return;
        }
        const std::string type_key = fmt::format("predicates.{}.type", setting.text);
        const std::string pattern_key = fmt::format("predicates.{}.pattern", setting.text);
        used_.insert({type_key, pattern_key});
        const std::string java_class = text_of(type_key);
        const std::string pattern = text_of(pattern_key);
        if (java_class.empty() || (java_class == kTopicPredicate && pattern.empty())) {
            fail(error::kMissingProperty,
                 fmt::format("\"{}\" is required", java_class.empty() ? type_key : pattern_key));
        } else if (java_class != kTopicPredicate) {
            fail(error::kUnsupportedProperty,
                 fmt::format("predicate {} of \"{}\" is not in Outflow", java_class, type_key),
                 fmt::format("Outflow has {}.", kTopicPredicate));
        } else {
            add_option("predicate", pattern);
        }
    }

    void read_old_deletes(const std::string &prefix) {
        std::string tombstones = lower(text_of(prefix, kOldTombstones));
        std::string deletes = lower(text_of(prefix, kOldDeletes));
        if (tombstones.empty() && deletes.empty()) return;
        used_.insert({prefix + std::string(kOldTombstones), prefix + std::string(kOldDeletes)});
        if (!text_of(prefix, kDeletes).empty()) return;  // the new name counts
        if (tombstones.empty()) tombstones = "true";
        if (deletes.empty()) deletes = "drop";
        for (const OldDeletes &old : kOldDeleteModes) {
            if (old.deletes != deletes || old.drop_tombstones != tombstones) continue;
            result_.old_names.push_back(
                fmt::format("\"{0}{1}={2}\" with \"{0}{3}={4}\" is now \"{0}{5}={6}\"", prefix,
                            kOldDeletes, deletes, kOldTombstones, tombstones, kDeletes, old.mode));
            add_option(kDeletes, std::string(old.mode));
            return;
        }
        fail(error::kInvalidValue,
             fmt::format("\"{0}{1}={2}\" with \"{0}{3}={4}\" is not known", prefix, kOldDeletes,
                         deletes, kOldTombstones, tombstones),
             fmt::format("Use {}{}.", prefix, kDeletes));
    }

    void add_option(std::string_view name, std::string value) {
        result_.options.emplace_back(fmt::format("{}.{}", word_, name), std::move(value));
    }

    void tell_unused() {
        for (const auto &[key, setting] : settings_) {
            if (key != "transforms" && key != "predicates" && !used_.contains(key))
                result_.no_effect.push_back(key);
        }
    }

    const TransformSettings &settings_;
    TransformsResult result_;
    std::set<std::string> used_;
    std::map<std::string, int> count_of_;  // of transforms, by word
    std::string order_;
    std::string word_;  // of the transform being read
};

}  // namespace

TransformsResult read_transforms(const TransformSettings &settings) {
    return Reader(settings).read();
}

}  // namespace outflow::relay
