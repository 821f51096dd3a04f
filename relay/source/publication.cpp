#include "source/publication.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/log.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kDenied = "42501";

// Roots and leaves of partitioned tables alike, as Debezium lists them.
std::string table_list(Connection *sql, const Tables &tables) {
    std::string list;
    for (const auto &[schema, table, topic] : tables) {
        if (!list.empty()) list += ", ";
        list += sql->identifier(schema) + "." + sql->identifier(table);
    }
    return list;
}

[[noreturn]] void refuse_empty(const PublicationPlan &plan) {
    throw StartupError({error::kNoTable,
                        fmt::format("publication {} would be empty: the include and exclude "
                                    "lists match no table",
                                    plan.name),
                        {},
                        "Check table.include.list and schema.include.list."});
}

std::string create_statement(Connection *sql, const PublicationPlan &plan) {
    std::string statement = "CREATE PUBLICATION " + sql->identifier(plan.name);
    if (plan.autocreate == "all_tables") {
        statement += " FOR ALL TABLES";
    } else if (plan.autocreate == "filtered") {
        const std::string tables = table_list(sql, captured_tables(sql, plan.plugin_options));
        if (tables.empty()) refuse_empty(plan);
        statement += " FOR TABLE " + tables;
    }
    return statement + publication_clauses(plan);
}

[[noreturn]] void refuse_missing(Connection *sql, const PublicationPlan &plan) {
    throw StartupError(
        {error::kPublicationMissing,
         fmt::format("publication {} does not exist and "
                     "publication.autocreate.mode is disabled",
                     plan.name),
         {},
         fmt::format("CREATE PUBLICATION {} FOR TABLE …;", sql->identifier(plan.name))});
}

[[noreturn]] void refuse_all_tables(Connection *sql, const PublicationPlan &plan) {
    throw StartupError(
        {error::kPublicationUnfit,
         fmt::format("publication {} is for all tables and cannot be narrowed, but "
                     "publication.autocreate.mode is filtered",
                     plan.name),
         {},
         fmt::format("DROP PUBLICATION {}; it is made anew at the next start. Or set "
                     "publication.autocreate.mode=all_tables.",
                     sql->identifier(plan.name))});
}

[[noreturn]] void refuse_right(const ServerError &error, const PublicationPlan &plan,
                               const ServerContext &context, const std::string &statement,
                               std::string_view verb) {
    if (error.sqlstate() != kDenied)
        explain(error, context, fmt::format("publication {} could not be {}d", plan.name, verb));
    throw StartupError(
        {error::kPublicationRight,
         fmt::format("role {} may not {} publication {}", context.user, verb, plan.name),
         error.text(),
         fmt::format("As the tables' owner (for all tables: a superuser): {};{}", statement,
                     plan.autocreate == "all_tables"
                         ? "\nor set publication.autocreate.mode=filtered"
                         : "")});
}

void create_publication(Connection *sql, const PublicationPlan &plan,
                        const ServerContext &context) {
    const std::string statement = create_statement(sql, plan);
    try {
        sql->query(statement);
        log_info("source", "publication {} created ({})", plan.name, plan.autocreate);
    } catch (const ServerError &error) {
        // Two relays may start at once.
        if (error.sqlstate() != "42710") refuse_right(error, plan, context, statement, "create");
    }
}

using Names = std::vector<std::pair<std::string, std::string>>;  // schema, table

Names names_of(const Tables &tables) {
    Names names;
    for (const auto &[schema, table, topic] : tables) names.emplace_back(schema, table);
    return names;
}

Names read_names(const Result &result) {
    Names tables;
    for (int row = 0; row < result.rows(); ++row)
        tables.emplace_back(result.string(row, 0), result.string(row, 1));
    return tables;
}

// The view names the leaves of a root; the catalogue has what the publication was given.
bool has_exactly(Connection *sql, const std::string &publication, const Names &tables) {
    const Names published =
        read_names(sql->query("SELECT schemaname, tablename FROM pg_catalog.pg_publication_tables "
                              "WHERE pubname = $1 "
                              "ORDER BY schemaname COLLATE \"C\", tablename COLLATE \"C\"",
                              {publication}));
    if (published == tables) return true;
    const Names given = read_names(
        sql->query("SELECT n.nspname, c.relname FROM pg_catalog.pg_publication p "
                   "JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid "
                   "JOIN pg_catalog.pg_class c ON c.oid = r.prrelid "
                   "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                   "WHERE p.pubname = $1 AND NOT EXISTS "
                   "(SELECT 1 FROM pg_catalog.pg_publication_namespace s WHERE s.pnpubid = p.oid) "
                   "ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"",
                   {publication}));
    return given == tables;
}

// `filtered`: the lists may have changed, or tables were made, since the publication was.
void update_publication(Connection *sql, const PublicationPlan &plan,
                        const ServerContext &context) {
    const Tables tables = captured_tables(sql, plan.plugin_options);
    if (tables.empty()) {
        log_warn("source", {.code = error::kNoTable->code},
                 "the include and exclude lists match no table: publication {} stays as it is",
                 plan.name);
        return;
    }
    if (has_exactly(sql, plan.name, names_of(tables))) return;
    std::string statement = fmt::format("ALTER PUBLICATION {} SET TABLE {}",
                                        sql->identifier(plan.name), table_list(sql, tables));
    try {
        sql->query(statement);
        if (const auto operations = published_operations(plan)) {
            statement = fmt::format("ALTER PUBLICATION {} SET (publish = '{}')",
                                    sql->identifier(plan.name), *operations);
            sql->query(statement);
        }
        log_info("source", "publication {} has {} tables now", plan.name, tables.size());
    } catch (const ServerError &error) {
        refuse_right(error, plan, context, statement, "change");
    }
}

}  // namespace

void ensure_extension(Connection *sql, const ServerContext &context) {
    constexpr std::string_view kStatement = "CREATE EXTENSION IF NOT EXISTS outflow";
    if (sql->query("SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'outflow'").rows() > 0)
        return;
    try {
        sql->query(std::string(kStatement));
        log_info("source", "extension outflow created in database {}", context.database);
    } catch (const ServerError &error) {
        if (error.sqlstate() == kDenied)
            throw StartupError(
                {error::kExtensionMissing,
                 fmt::format("database {} has no extension outflow and role {} may "
                             "not create it",
                             context.database, context.user),
                 error.text(),
                 fmt::format("As a superuser in database {0}: {1};\n"
                             "GRANT USAGE ON SCHEMA outflow TO {2}; "
                             "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA outflow TO {2};",
                             context.database, kStatement, context.user)});
        if (error.sqlstate() == "0A000" || error.sqlstate() == "58P01")
            throw StartupError(
                {error::kPluginMissing, "the server does not have the extension outflow",
                 error.text(),
                 "Install the package with the extension outflow on the database server."});
        explain(error, context, "the extension outflow could not be created");
    }
}

std::optional<std::string> published_operations(const PublicationPlan &plan) {
    if (!plan.skipped) return std::nullopt;
    const auto skips = [&](std::string_view letter) {
        return std::find(plan.skipped->begin(), plan.skipped->end(), letter) != plan.skipped->end();
    };
    if (plan.skipped->empty() || skips("none")) return std::nullopt;
    std::string operations;
    for (const auto &[letter, word] :
         {std::pair{"c", "insert"}, {"u", "update"}, {"d", "delete"}, {"t", "truncate"}}) {
        if (skips(letter)) continue;
        if (!operations.empty()) operations += ", ";
        operations += word;
    }
    return operations;
}

std::string publication_clauses(const PublicationPlan &plan) {
    std::string clauses;
    if (plan.via_root) clauses = "publish_via_partition_root = true";
    if (const auto operations = published_operations(plan)) {
        if (!clauses.empty()) clauses += ", ";
        clauses += fmt::format("publish = '{}'", *operations);
    }
    return clauses.empty() ? "" : fmt::format(" WITH ({})", clauses);
}

bool ensure_publication(Connection *sql, const PublicationPlan &plan,
                        const ServerContext &context) {
    if (plan.name.empty()) return false;
    const Result found = sql->query(
        "SELECT puballtables FROM pg_catalog.pg_publication WHERE pubname = $1", {plan.name});
    if (found.rows() == 0) {
        if (plan.autocreate == "disabled") refuse_missing(sql, plan);
        create_publication(sql, plan, context);
    } else if (plan.autocreate == "filtered") {
        if (found.boolean(0, 0)) refuse_all_tables(sql, plan);
        update_publication(sql, plan, context);
    }
    return true;
}

Tables captured_tables(Connection *sql, const Properties &plugin_options) {
    const Result result = sql->query(
        fmt::format("SELECT table_schema, table_name, topic FROM outflow.captured_tables({}) "
                    "ORDER BY table_schema COLLATE \"C\", table_name COLLATE \"C\"",
                    option_array(*sql, plugin_options)));
    Tables tables;
    for (int row = 0; row < result.rows(); ++row)
        tables.push_back({result.string(row, 0), result.string(row, 1), result.string(row, 2)});
    return tables;
}

std::string routed_topic(Connection *sql, const std::string &topic,
                         const Properties &plugin_options) {
    const Result result =
        sql->query(fmt::format("SELECT outflow.routed_topic({}, {})", sql->literal(topic),
                               option_array(*sql, plugin_options)));
    return result.string(0, 0);
}

}  // namespace outflow::relay
