// What the flat shape knows about a table: the texts around its rows, what is added to them, and
// which column names their topic. Made with the plan.
#pragma once

#include "added_fields.h"

namespace outflow::plugin {

struct FlatPlan {
    DeleteMode deletes = DeleteMode::kTombstone;
    std::string_view row_end;      // behind the columns of a row that is there
    std::string_view deleted_end;  // of one that is not
    std::string_view null_value;   // a null with its schema
    AddedFields fields;
    AddedFields headers;
    const ColumnPlan *route_column = nullptr;
    const Transforms *transforms = nullptr;  // of the session: a row's topic goes through the rest
};

// Completes a plan that an ExtractNewRecordState shapes.
void plan_flat(RelationPlan *plan, const Options &options);

}  // namespace outflow::plugin
