// A column under a rule: masked, hashed, cut, or with its source type in the schema. Its codec
// wraps the type's own, so a column without a rule pays nothing.
#pragma once

#include "column_rules.h"
#include "relation_plan.h"
#include "source_type.h"

namespace outflow::plugin {

// Changes a planned column; all memory is in the current context.
void transform_column(ColumnPlan *column, const ColumnRule &rule, const SourceType &type);

}  // namespace outflow::plugin
