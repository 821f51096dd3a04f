// Which schemas, tables and message prefixes are captured: Debezium's include and exclude lists of
// full-match, case-insensitive regular expressions. Compiled once a session, matched once a
// relation plan. PCRE2's memory comes from the context given at compiling.
#pragma once

#include <string_view>

#include "options.h"
#include "pg/pg.h"

namespace outflow::plugin {

struct PatternList;

struct Filter {
    PatternList *schema_include = nullptr;
    PatternList *schema_exclude = nullptr;
    PatternList *table_include = nullptr;
    PatternList *table_exclude = nullptr;
    PatternList *message_include = nullptr;
    PatternList *message_exclude = nullptr;

    // Raises an error naming the option for an invalid pattern.
    void compile(const Options &options, MemoryContext context);

    bool captures_table(std::string_view schema, std::string_view table) const;
    bool captures_message(std::string_view prefix) const;
};

}  // namespace outflow::plugin
