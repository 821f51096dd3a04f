#include "filter.h"

#include "pattern_list.h"

namespace outflow::plugin {
namespace {

bool passes(const PatternList *include, const PatternList *exclude, std::string_view subject) {
    if (include) return matches(*include, subject);
    return !exclude || !matches(*exclude, subject);
}

bool is_system_schema(std::string_view schema) {
    return schema == "pg_catalog" || schema == "information_schema" || schema == "pg_toast" ||
           schema.starts_with("pg_temp");
}

}  // namespace

void Filter::compile(const Options &options, MemoryContext context) {
    const MemoryContext caller = MemoryContextSwitchTo(context);
    schema_include = compile_patterns(options.schema_include, "schema.include.list");
    schema_exclude = compile_patterns(options.schema_exclude, "schema.exclude.list");
    table_include = compile_patterns(options.table_include, "table.include.list");
    table_exclude = compile_patterns(options.table_exclude, "table.exclude.list");
    column_include = compile_patterns(options.column_include, "column.include.list");
    column_exclude = compile_patterns(options.column_exclude, "column.exclude.list");
    message_include =
        compile_patterns(options.message_prefix_include, "message.prefix.include.list");
    message_exclude =
        compile_patterns(options.message_prefix_exclude, "message.prefix.exclude.list");
    columns.compile(options);
    MemoryContextSwitchTo(caller);
}

bool Filter::captures_table(std::string_view schema, std::string_view table) const {
    // `spatial_ref_sys` is PostGIS's own: Debezium's table.ignore.builtin.
    if (is_system_schema(schema) || table == "spatial_ref_sys") return false;
    if (!passes(schema_include, schema_exclude, schema)) return false;
    char id[2 * NAMEDATALEN + 1];
    const int size = snprintf(id, sizeof id, "%.*s.%.*s", static_cast<int>(schema.size()),
                              schema.data(), static_cast<int>(table.size()), table.data());
    return passes(table_include, table_exclude, {id, static_cast<std::size_t>(size)});
}

bool Filter::captures_column(std::string_view column_id) const {
    return passes(column_include, column_exclude, column_id);
}

bool Filter::captures_message(std::string_view prefix) const {
    return passes(message_include, message_exclude, prefix);
}

}  // namespace outflow::plugin
