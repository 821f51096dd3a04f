#include "logical_router.h"

#include "core/json_writer.h"
#include "relation_plan.h"

namespace outflow::plugin {
namespace {

int length(std::string_view text) { return static_cast<int>(text.size()); }

struct NamedAdjustment {
    std::string_view name;
    core::NameAdjustment adjustment;
};
constexpr NamedAdjustment kAdjustments[] = {{"avro", core::NameAdjustment::kAvro},
                                            {"avro_unicode", core::NameAdjustment::kAvroUnicode}};

NameRule read_rule(const TransformProperties &given, std::string_view pattern,
                   std::string_view replacement) {
    if (given.text(replacement).empty())
        ereport(
            ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("option \"%s\" needs \"%s\"", given.option(pattern), given.option(replacement)));
    return make_name_rule(given.text(pattern), given.option(pattern), given.text(replacement),
                          given.option(replacement));
}

std::string_view stem_of(const LogicalOptions &logical, std::string_view topic) {
    return json_text(
        [&](core::ByteSink *sink) { core::append_schema_name(sink, topic, logical.schema_names); });
}

std::string_view identifier_of(const LogicalOptions &logical, std::string_view topic) {
    const NameRule &rule = logical.key_rule;
    return rule.pattern != nullptr && rule.matches(topic) ? rule.rewrite(topic) : topic;
}

void refuse_field_twice(const RelationPlan &plan, std::string_view name) {
    ereport(ERROR, errcode(ERRCODE_DUPLICATE_COLUMN),
            errmsg("the key of table \"%.*s.%.*s\" would have two fields \"%.*s\"",
                   length(plan.schema), plan.schema.data(), length(plan.table), plan.table.data(),
                   length(name), name.data()),
            errhint("Give ByLogicalTableRouter another key.field.name, or "
                    "key.enforce.uniqueness=false."));
}

void check_field(const RelationPlan &plan, std::string_view name) {
    for (int at = 0; at < plan.key_count; ++at) {
        if (plan.key[at]->field == name) refuse_field_twice(plan, name);
    }
    for (const KeyField *field = plan.key_fields; field != nullptr; field = field->next) {
        if (field->name == name) refuse_field_twice(plan, name);
    }
}

}  // namespace

const LogicalOptions *read_logical_options(const TransformProperties &given) {
    auto *logical = static_cast<LogicalOptions *>(palloc0(sizeof(LogicalOptions)));
    *logical = LogicalOptions();
    logical->topic = read_rule(given, "topic.regex", "topic.replacement");
    for (const auto &[name, adjustment] : kAdjustments) {
        if (name == given.text("schema.name.adjustment.mode")) logical->schema_names = adjustment;
    }
    logical->key_unique = given.boolean("key.enforce.uniqueness");
    logical->key_field = given.text("key.field.name");
    if (!given.text("key.field.regex").empty())
        logical->key_rule = read_rule(given, "key.field.regex", "key.field.replacement");
    return logical;
}

void rename_logically(RelationPlan *plan, const LogicalOptions &logical) {
    const std::string_view stem = stem_of(logical, logical.topic.rewrite(plan->topic));
    plan->key_stem = stem;
    if (plan->shaped_by == nullptr) plan->schema_stem = stem;  // a flat row keeps its name
    if (!plan->has_key || !logical.key_unique) return;
    check_field(*plan, logical.key_field);
    add_key_field(plan, logical.key_field, identifier_of(logical, plan->topic));
}

}  // namespace outflow::plugin
