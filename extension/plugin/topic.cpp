#include "topic.h"

#include "core/chunk_format.h"
#include "core/topic_name.h"
#include "json_text.h"
#include "name_rule.h"
#include "topic_overrides.h"

namespace outflow::plugin {

struct TopicRewrite {
    NameRule topic;
    NameRule key_field;  // without a pattern: the name as it is
};

namespace {

NameRule compile_rewrite(std::string_view regex, const char *regex_option,
                         std::string_view replacement, const char *replacement_option) {
    if (replacement.empty())
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("option \"%s\" needs \"%s\"", regex_option, replacement_option));
    return make_name_rule(regex, regex_option, replacement, replacement_option);
}

// A name that becomes empty stays what it was.
std::string_view rewritten(const NameRule &rule, std::string_view name) {
    if (rule.pattern == nullptr || !rule.matches(name)) return name;
    const std::string_view replaced = rule.rewrite(name);
    return replaced.empty() ? name : replaced;
}

core::TopicNaming naming_of(const Options &options) {
    return {.prefix = options.topic_prefix,
            .delimiter = options.topic_delimiter,
            .with_schema = options.topic_strategy.with_schema,
            .unicode = options.topic_strategy.unicode};
}

void check_length(std::string_view topic) {
    if (topic.size() > core::kMaxRecordTopicBytes)
        ereport(ERROR, errcode(ERRCODE_NAME_TOO_LONG),
                errmsg("topic name \"%.64s...\" has %zu bytes", topic.data(), topic.size()),
                errhint("Kafka allows 249; shorten topic.replacement."));
}

// Their key has a schema of its own.
void refuse_logical_router(const Transforms &transforms, std::string_view topic) {
    for (const Transform &transform : transforms) {
        if (!transform.applies_to(topic)) continue;
        if (transform.logical != nullptr && routes(transform, topic))
            ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                    errmsg("ByLogicalTableRouter cannot route \"%.*s\" in this release, which is "
                           "no table's topic",
                           static_cast<int>(topic.size()), topic.data()),
                    errhint("Let it keep to the topics of tables: give it a predicate, or a "
                            "topic.regex that does not match this one."));
        topic = routed_by(transform, topic);
    }
}

}  // namespace

const TopicRewrite *compile_topic_rewrite(const Options &options) {
    if (!options.topic_strategy.by_pattern) return nullptr;
    if (options.topic_regex.empty())
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("this \"topic.naming.strategy\" needs \"topic.regex\""),
                errhint("Set topic.regex and topic.replacement, or use another strategy."));
    auto *rewrite = static_cast<TopicRewrite *>(palloc0(sizeof(TopicRewrite)));
    rewrite->topic = compile_rewrite(options.topic_regex, "topic.regex", options.topic_replacement,
                                     "topic.replacement");
    if (!options.topic_key_regex.empty())
        rewrite->key_field =
            compile_rewrite(options.topic_key_regex, "topic.key.field.regex",
                            options.topic_key_replacement, "topic.key.field.replacement");
    return rewrite;
}

std::string_view topic_of(const Options &options, std::string_view schema, std::string_view table) {
    const std::string_view name = json_text([&](core::ByteSink *sink) {
        core::append_topic_name(sink, naming_of(options), schema, table);
    });
    if (options.topic_rewrite == nullptr) return name;
    const std::string_view topic = rewritten(options.topic_rewrite->topic, name);
    check_length(topic);
    return topic;
}

std::string_view table_identifier(const Options &options, std::string_view schema,
                                  std::string_view table) {
    if (options.topic_rewrite == nullptr || !options.topic_key_unique) return {};
    const std::string_view name = json_text([&](core::ByteSink *sink) {
        core::append_origin_topic(sink, naming_of(options), schema, table);
    });
    return rewritten(options.topic_rewrite->key_field, name);
}

std::string_view final_topic(const Options &options, std::string_view schema,
                             std::string_view table) {
    const std::string_view topic = topic_of(options, schema, table);
    if (names_topics(options.transforms, topic)) return {};
    const std::string_view override = overriding_topic(options.topic_overrides, schema, table);
    return override.empty() ? routed_topic(options.transforms, topic) : override;
}

std::string_view plain_message_topic(const Options &options) {
    return json_text(
        [&](core::ByteSink *sink) { core::append_message_topic(sink, options.topic_prefix); });
}

std::string_view message_topic(const Options &options) {
    return routed_other_topic(options, plain_message_topic(options));
}

std::string_view transaction_topic(const Options &options) {
    const std::string_view name = json_text([&](core::ByteSink *sink) {
        core::append_transaction_topic(sink, options.topic_prefix, options.topic_delimiter,
                                       options.topic_transaction);
    });
    return routed_other_topic(options, name);
}

std::string_view routed_other_topic(const Options &options, std::string_view topic) {
    refuse_logical_router(options.transforms, topic);
    return routed_topic(options.transforms, topic);
}

}  // namespace outflow::plugin
