// Which schemas, tables, columns and message prefixes are captured (Debezium's include and exclude
// lists), and the rules for the columns. Compiled once a session, asked once a relation plan; all
// memory is in the context given at compiling.
#pragma once

#include <string_view>

#include "column_rules.h"
#include "options.h"
#include "pattern_list.h"
#include "pg/pg.h"

namespace outflow::plugin {

struct Filter {
    PatternList *schema_include = nullptr;
    PatternList *schema_exclude = nullptr;
    PatternList *table_include = nullptr;
    PatternList *table_exclude = nullptr;
    PatternList *column_include = nullptr;
    PatternList *column_exclude = nullptr;
    PatternList *message_include = nullptr;
    PatternList *message_exclude = nullptr;
    ColumnRules columns;

    // Raises an error naming the option for an invalid pattern.
    void compile(const Options &options, MemoryContext context);

    bool captures_table(std::string_view schema, std::string_view table) const;
    // `column_id` is schema.table.column. Only the value is concerned, never the key.
    bool captures_column(std::string_view column_id) const;
    bool captures_message(std::string_view prefix) const;
};

}  // namespace outflow::plugin
