#include "source/snapshot_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/log.h"
#include "source/publication.h"
#include "source/snapshot_order.h"
#include "source/snapshot_select.h"

namespace outflow::relay {
namespace {

// What the catalogue says of one table.
struct TableFacts {
    std::optional<std::uint64_t> estimate;
    bool readable = false;
    bool row_security = false;
};

std::string text_array(const Connection &sql, const Tables &tables, std::string TableTopic::*part) {
    std::string array = "ARRAY[";
    for (const TableTopic &table : tables)
        array += (array.ends_with('[') ? "" : ",") + sql.literal(table.*part);
    return array + "]::text[]";
}

std::map<std::string, TableFacts> read_facts(Connection *sql, const Tables &tables) {
    std::map<std::string, TableFacts> facts;
    if (tables.empty()) return facts;
    // Column by column where there is no right to the table as a whole.
    const Result result = sql->query(fmt::format(
        "SELECT n.nspname || '.' || c.relname, c.reltuples::bigint, row_security_active(c.oid), "
        "has_schema_privilege(n.oid, 'USAGE') AND (has_table_privilege(c.oid, 'SELECT') OR NOT "
        "EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 "
        "AND NOT a.attisdropped AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT'))) "
        "FROM unnest({}, {}) AS t(schema, name) "
        "JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema "
        "JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name",
        text_array(*sql, tables, &TableTopic::schema),
        text_array(*sql, tables, &TableTopic::table)));
    for (int row = 0; row < result.rows(); ++row) {
        TableFacts each;
        const std::string tuples = result.string(row, 1);
        if (tuples.front() != '-') each.estimate = std::stoull(tuples);  // -1: never analysed
        each.row_security = result.boolean(row, 2);
        each.readable = result.boolean(row, 3);
        facts.emplace(result.string(row, 0), each);
    }
    return facts;
}

[[noreturn]] void refuse_unreadable(const Connection &sql, const TableTopic &table,
                                    const ServerContext &context) {
    throw StartupError({error::kNoSelectRight,
                        fmt::format("role {} may not read table {}", context.user, table.name()),
                        {},
                        select_grants(sql, table, context.user)});
}

// The stream has all rows, a SELECT only those that the policies show.
[[noreturn]] void refuse_row_security(const Connection &sql, const TableTopic &table,
                                      const ServerContext &context) {
    throw StartupError(
        {error::kRowSecurity,
         fmt::format(
             "row security of table {} applies to role {}: a snapshot would leave rows out, "
             "which the stream has",
             table.name(), context.user),
         {},
         fmt::format("ALTER ROLE {} BYPASSRLS;\n"
                     "or leave the table out: snapshot.include.collection.list (of the snapshot "
                     "alone), table.exclude.list.",
                     sql.identifier(context.user))});
}

// With the rows of its partitions and of the tables that inherit from it, as the reference reads
// it.
SnapshotTarget whole_table(const Connection &sql, const TableTopic &table) {
    return {table, "t.*", fmt::format("{} AS t", quoted_name(sql, table)), std::nullopt};
}

std::set<std::string> matching(Connection *sql, const std::string &list,
                               const Properties &plugin_options) {
    constexpr std::string_view kInvalidPattern = "2201B";
    try {
        std::set<std::string> names;
        for (const TableTopic &table : captured_tables(sql, with_table_list(plugin_options, list)))
            names.insert(table.name());
        return names;
    } catch (const ServerError &error) {
        if (error.sqlstate() != kInvalidPattern) throw;
        // The server speaks of the list in whose place this one was.
        throw StartupError({error::kInvalidValue,
                            "\"snapshot.include.collection.list\" has a pattern that is none",
                            error.text(),
                            {}});
    }
}

// snapshot.include.collection.list, matched by the server as the other lists are.
Tables included(Connection *sql, const Config &config, const Tables &captured,
                const Properties &plugin_options) {
    const std::string list = config.text("snapshot.include.collection.list");
    if (list.empty()) return captured;
    const std::set<std::string> names = matching(sql, list, plugin_options);
    Tables tables;
    std::copy_if(captured.begin(), captured.end(), std::back_inserter(tables),
                 [&](const TableTopic &table) { return names.contains(table.name()); });
    if (tables.empty())
        log_warn("snapshot", {.code = error::kPatternMatchesNothing->code},
                 "snapshot.include.collection.list matches no captured table");
    return tables;
}

}  // namespace

SnapshotSettings snapshot_settings(const Config &config, std::size_t tables) {
    SnapshotSettings settings;
    settings.workers = static_cast<std::size_t>(config.integer("snapshot.max.threads"));
    // A fault of the reference: its older way of using several threads marks no row as `first`.
    settings.says_first =
        !config.boolean("legacy.snapshot.max.threads") || std::min(settings.workers, tables) <= 1;
    if (config.text("snapshot.locking.mode") == "shared")
        settings.lock_timeout_ms = config.integer("snapshot.lock.timeout.ms");
    return settings;
}

SnapshotTargets snapshot_targets(Connection *sql, const Config &config, const Tables &captured,
                                 const Properties &plugin_options, const ServerContext &context) {
    Tables tables = included(sql, config, captured, plugin_options);
    tables = in_snapshot_order(sql, config, std::move(tables), plugin_options);
    const std::map<std::string, TableFacts> facts = read_facts(sql, tables);
    SelectOverrides overrides = select_overrides(config);
    SnapshotTargets targets;
    for (const TableTopic &table : tables) {
        if (const auto found = overrides.find(table.name()); found != overrides.end()) {
            targets.push_back(overridden_table(sql, table, found->second, context));
            overrides.erase(found);
            continue;
        }
        SnapshotTarget target = whole_table(*sql, table);
        if (const auto found = facts.find(table.name()); found != facts.end()) {
            if (found->second.row_security) refuse_row_security(*sql, table, context);
            if (!found->second.readable) refuse_unreadable(*sql, table, context);
            target.estimate = found->second.estimate;
        }
        targets.push_back(std::move(target));
    }
    for (const auto &[name, select] : overrides)
        log_warn("snapshot", {.table = name, .code = error::kPatternMatchesNothing->code},
                 "snapshot.select.statement.overrides names a table that the snapshot does not "
                 "have");
    return targets;
}

std::string quoted_name(const Connection &sql, const TableTopic &table) {
    return sql.identifier(table.schema) + "." + sql.identifier(table.table);
}

std::string select_grants(const Connection &sql, const TableTopic &table, const std::string &role) {
    const std::string to = sql.identifier(role);
    return fmt::format(
        "GRANT USAGE ON SCHEMA {} TO {}; GRANT SELECT ON {} TO {};\n"
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA outflow TO {};",
        sql.identifier(table.schema), to, quoted_name(sql, table), to, to);
}

bool is_row_security(const ServerError &error) {
    return error.message().find("row-level security") != std::string::npos;
}

}  // namespace outflow::relay
