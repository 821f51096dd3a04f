// Which columns make a table's key: those of message.key.columns; else its primary key in key
// order; else the first unique index by name, as Debezium takes it from the driver's index
// metadata; else none.
#pragma once

#include "column_rules.h"
#include "pg/pg.h"

namespace outflow::plugin {

struct PlanSource;
struct RelationPlan;

struct KeyColumns {
    int count = 0;
    AttrNumber *attributes = nullptr;  // 1-based, in the current context
};

// Of the source's target. The plan has its names.
KeyColumns find_key_columns(const PlanSource &source, const RelationPlan &plan,
                            const ColumnRules &rules);

}  // namespace outflow::plugin
