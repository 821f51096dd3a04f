// Which columns make a table's key: those of message.key.columns; else its primary key in key
// order; else the first unique index by name, as Debezium takes it from the driver's index
// metadata; else none.
#pragma once

#include "column_rules.h"
#include "pg/pg.h"

namespace outflow::plugin {

struct RelationPlan;

struct KeyColumns {
    int count = 0;
    AttrNumber *attributes = nullptr;  // 1-based, in the current context
};

// The plan has the names of the relation.
KeyColumns find_key_columns(Relation relation, const RelationPlan &plan, const ColumnRules &rules,
                            bool snapshot);

}  // namespace outflow::plugin
