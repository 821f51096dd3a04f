// What Debezium's properties do with single columns: mask, hash, cut, name the source type
// (core/column_rule.h), and which columns message.key.columns makes a key.
#pragma once

#include "core/column_rule.h"
#include "options.h"
#include "pattern_list.h"

namespace outflow::plugin {

struct ColumnRule {
    core::ColumnRuleName what;
    const PatternList *columns = nullptr;
};

struct ColumnRules {
    ColumnRule *rules = nullptr;  // in the order in which they are asked
    int count = 0;
    const PatternList **key_columns = nullptr;  // in key order
    int key_count = 0;

    // In the current context. Raises an error naming the option for an invalid pattern.
    void compile(const Options &options);

    // The one rule for a column, nullptr for none. `column_id` is schema.table.column,
    // `datatype_id` schema.table.type.
    const ColumnRule *find(std::string_view column_id, std::string_view datatype_id) const;
};

}  // namespace outflow::plugin
