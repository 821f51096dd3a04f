#include "transforms.h"

#include "core/option_table.h"
#include "core/text_split.h"
#include "json_text.h"
#include "logical_router.h"
#include "options.h"
#include "outbox_options.h"
#include "unwrap_options.h"

namespace outflow::plugin {
namespace {

constexpr std::string_view kOrder = "outflow.transforms";

int length(std::string_view text) { return static_cast<int>(text.size()); }

// "add.fields" of "unwrap.add.fields"; empty when the option is another word's.
std::string_view property_of(std::string_view option, std::string_view word) {
    if (option.size() <= word.size() + 1 || !option.starts_with(word) || option[word.size()] != '.')
        return {};
    option.remove_prefix(word.size() + 1);
    return option;
}

// --- the types ---

void read_regex(Transform *transform, const TransformProperties &given) {
    transform->regex = make_name_rule(given.text("regex"), given.option("regex"),
                                      given.text("replacement"), given.option("replacement"));
}

void read_unwrap(Transform *transform, const TransformProperties &given) {
    transform->unwrap = read_unwrap_options(given);
}

void read_outbox(Transform *transform, const TransformProperties &given) {
    transform->outbox = read_outbox_options(given);
}

void read_logical(Transform *transform, const TransformProperties &given) {
    transform->logical = read_logical_options(given);
}

void read_decode(Transform *transform, const TransformProperties &) { transform->decodes = true; }

struct TypeReader {
    std::string_view word;
    void (*read)(Transform *transform, const TransformProperties &given);
};
constexpr TypeReader kReaders[] = {
    {"unwrap", read_unwrap}, {"regex", read_regex},   {"logical", read_logical},
    {"outbox", read_outbox}, {"decode", read_decode},
};

void read_options(Transform *transform, const TransformProperties &given) {
    for (const TypeReader &reader : kReaders) {
        if (reader.word != given.type->word) continue;
        reader.read(transform, given);
        return;
    }
    ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
            errmsg("transform \"%.*s\" is not in this release", length(given.type->java_class),
                   given.type->java_class.data()));
}

// --- checks ---

[[noreturn]] void refuse_word(std::string_view word) {
    ereport(
        ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
        errmsg("invalid word \"%.*s\" in option \"%s\"", length(word), word.data(), kOrder.data()),
        errhint(
            "Words are unwrap, outbox, decode, logical and regex, each once; the second of a type "
            "is regex.2."));
}

[[noreturn]] void refuse_property(const TransformProperties &given, std::string_view name) {
    const std::string_view nearest = core::nearest_transform_property(*given.type, name);
    ereport(
        ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
        errmsg("unknown property \"%.*s\" of transform \"%.*s\"", length(name), name.data(),
               length(given.word), given.word.data()),
        nearest.empty() ? 0 : errhint("Did you mean \"%.*s\"?", length(nearest), nearest.data()));
}

[[noreturn]] void refuse_unsupported(const char *option) {
    ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
            errmsg("option \"%s\" is not in this release", option));
}

void check_required(const TransformProperties &given) {
    for (std::string_view rest = given.type->required; !rest.empty();) {
        const std::string_view name = core::take_part(&rest, '|');
        if (given.text(name).empty())
            ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("transform \"%.*s\" needs option \"%s\"", length(given.word),
                           given.word.data(), given.option(name)));
    }
}

void check_pairs(const Transforms &transforms, const OptionPair *pairs, int count) {
    for (int at = 0; at < count; ++at) {
        const Transform *owner = nullptr;
        for (const Transform &transform : transforms) {
            if (property_of(pairs[at].name, transform.word).empty()) continue;
            // "regex.2.regex" is not "2.regex" of "regex".
            if (owner == nullptr || owner->word.size() < transform.word.size()) owner = &transform;
        }
        if (owner == nullptr) continue;
        const std::string_view name = property_of(pairs[at].name, owner->word);
        const core::OptionSpec *spec = core::find_transform_property(*owner->type, name);
        if (spec == nullptr) refuse_property({owner->type, owner->word, pairs, count}, name);
        check_option(pairs[at], *spec);
        if (spec->status == core::OptionStatus::kRefused && pairs[at].value != spec->default_value)
            refuse_unsupported(pairs[at].name);
    }
}

// --- the list ---

const char *order_of(const OptionPair *pairs, int count) {
    for (int at = 0; at < count; ++at) {
        if (pairs[at].name == kOrder && pairs[at].value != nullptr) return pstrdup(pairs[at].value);
    }
    return nullptr;
}

void add_word(Transforms *transforms, std::string_view word) {
    for (const Transform &earlier : *transforms) {
        if (earlier.word == word) refuse_word(word);
    }
    const core::TransformType *type = core::find_transform_word(word);
    if (type == nullptr) refuse_word(word);
    transforms->list[transforms->count] = Transform();
    transforms->list[transforms->count].type = type;
    transforms->list[transforms->count++].word = word;
}

Transforms list_of(std::string_view order) {
    Transforms transforms;
    transforms.list = static_cast<Transform *>(palloc0(sizeof(Transform) * (order.size() + 1)));
    while (!order.empty()) add_word(&transforms, core::take_part(&order, ','));
    return transforms;
}

void read_predicate(Transform *transform, const TransformProperties &given) {
    transform->negate = given.boolean("negate");
    const std::string_view pattern = given.text("predicate");
    if (!pattern.empty())
        transform->predicate = compile_pattern(pattern, given.option("predicate"), false);
}

const NameRule &rule_of(const Transform &transform) {
    return transform.logical != nullptr ? transform.logical->topic : transform.regex;
}

// The schema of a key is made with the plan.
void refuse_late_renaming(const Transform &transform, std::string_view topic) {
    if (transform.logical == nullptr || !routes(transform, topic)) return;
    ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
            errmsg("ByLogicalTableRouter cannot route topic \"%.*s\", which a column names",
                   length(topic), topic.data()),
            errhint("Let it keep to the topics of tables, with a predicate or another topic.regex, "
                    "or use RegexRouter."));
}

}  // namespace

bool Transform::applies_to(std::string_view topic) const {
    return predicate == nullptr || matches(*predicate, topic) != negate;
}

bool Transforms::own_option(std::string_view name) const {
    if (name == kOrder) return true;
    for (const Transform &transform : *this) {
        if (!property_of(name, transform.word).empty()) return true;
    }
    return false;
}

std::string_view TransformProperties::text(std::string_view name) const {
    for (int at = 0; at < pair_count; ++at) {
        if (property_of(pairs[at].name, word) == name) return pstrdup(pairs[at].value);
    }
    return core::find_transform_property(*type, name)->default_value;
}

bool TransformProperties::boolean(std::string_view name) const {
    return (text(name)[0] | 0x20) == 't';
}

const char *TransformProperties::option(std::string_view name) const {
    return psprintf("%.*s.%.*s", length(word), word.data(), length(name), name.data());
}

Transforms parse_transforms(const OptionPair *pairs, int count) {
    const char *order = order_of(pairs, count);
    if (order == nullptr) return {};
    Transforms transforms = list_of(order);
    check_pairs(transforms, pairs, count);
    for (int at = 0; at < transforms.count; ++at) {
        Transform *transform = &transforms.list[at];
        const TransformProperties given = {transform->type, transform->word, pairs, count};
        check_required(given);
        read_predicate(transform, given);
        read_options(transform, given);
    }
    return transforms;
}

bool routes(const Transform &transform, std::string_view topic) {
    const NameRule &rule = rule_of(transform);
    if (rule.pattern == nullptr || !rule.matches(topic)) return false;
    return transform.logical == nullptr || !rule.rewrite(topic).empty();
}

std::string_view routed_by(const Transform &transform, std::string_view topic) {
    return routes(transform, topic) ? rule_of(transform).rewrite(topic) : topic;
}

bool names_topics(const Transforms &transforms, std::string_view topic) {
    for (const Transform &transform : transforms) {
        if (!transform.applies_to(topic)) continue;
        if (transform.is_shape()) return transform.outbox != nullptr;
        topic = routed_by(transform, topic);
    }
    return false;
}

std::string_view routed_topic(const Transforms &transforms, std::string_view topic,
                              const Transform *shaped_by) {
    for (const Transform &transform : transforms) {
        if (shaped_by != nullptr && &transform <= shaped_by) continue;
        if (!transform.applies_to(topic)) continue;
        if (shaped_by != nullptr) refuse_late_renaming(transform, topic);
        topic = routed_by(transform, topic);
    }
    return topic;
}

}  // namespace outflow::plugin
