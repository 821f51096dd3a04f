// ByLogicalTableRouter: a router that renames the schemas with the topic, and lets keys say which
// table a row comes from, because several may share the topic.
#pragma once

#include "core/name_adjustment.h"
#include "transforms.h"

namespace outflow::plugin {

struct RelationPlan;

struct LogicalOptions {
    NameRule topic;
    core::NameAdjustment schema_names = core::NameAdjustment::kNone;
    bool key_unique = true;
    std::string_view key_field;
    NameRule key_rule;  // without a pattern: the topic as it was
};

const LogicalOptions *read_logical_options(const TransformProperties &given);

// What its routing of the plan's topic does to keys and schema names. Before the topic changes.
void rename_logically(RelationPlan *plan, const LogicalOptions &logical);

}  // namespace outflow::plugin
