#include "source/publication.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/log.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kDenied = "42501";

bool exists(Connection *sql, const std::string &publication) {
    return sql->query("SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = $1", {publication})
               .rows() > 0;
}

// Row filters and column lists (15+) would have to be applied by the plugin; it does not yet, and
// capturing more than was published must not happen in silence.
void refuse_filters(Connection *sql, const std::string &publication) {
    if (sql->server_version() < 150000) return;
    const Result result = sql->query(
        "SELECT r.prrelid::regclass::text FROM pg_catalog.pg_publication_rel r "
        "JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid "
        "WHERE p.pubname = $1 AND (r.prqual IS NOT NULL OR r.prattrs IS NOT NULL) LIMIT 1",
        {publication});
    if (result.rows() == 0) return;
    throw StartupError(
        {error::kUnsupportedProperty,
         fmt::format("publication {} has a row filter or a column list on table {}, which Outflow "
                     "does not apply yet",
                     publication, result.text(0, 0)),
         {},
         "Name a publication without them in publication.name; table.include.list selects "
         "tables."});
}

// Rows of partitions go out under the partitions' names.
void refuse_partition_root(Connection *sql, const std::string &publication) {
    const Result result = sql->query(
        "SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = $1 AND pubviaroot", {publication});
    if (result.rows() == 0) return;
    throw StartupError(
        {error::kUnsupportedProperty,
         fmt::format("publication {} publishes partitions under their root's name, which Outflow "
                     "does not do yet",
                     publication),
         {},
         fmt::format("ALTER PUBLICATION {} SET (publish_via_partition_root = false);",
                     sql->identifier(publication))});
}

// `filtered`: what the include and exclude lists capture, without asking the publication that is
// about to be made.
std::string table_list(Connection *sql, const PublicationPlan &plan) {
    Properties options = plan.plugin_options;
    std::erase_if(options, [](const auto &option) { return option.first == "publication.name"; });
    std::string list;
    for (const auto &[schema, table, topic] : captured_tables(sql, options)) {
        if (!list.empty()) list += ", ";
        list += sql->identifier(schema) + "." + sql->identifier(table);
    }
    return list;
}

std::string create_statement(Connection *sql, const PublicationPlan &plan) {
    std::string statement = "CREATE PUBLICATION " + sql->identifier(plan.name);
    if (plan.autocreate == "all_tables") {
        statement += " FOR ALL TABLES";
    } else if (plan.autocreate == "filtered") {
        const std::string tables = table_list(sql, plan);
        if (tables.empty())
            throw StartupError(
                {error::kNoTable,
                 fmt::format("publication {} would be empty: the include and exclude "
                             "lists match no table",
                             plan.name),
                 {},
                 "Check table.include.list and schema.include.list."});
        statement += " FOR TABLE " + tables;
    }
    return statement;
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

bool ensure_publication(Connection *sql, const PublicationPlan &plan,
                        const ServerContext &context) {
    if (plan.name.empty()) return false;
    if (exists(sql, plan.name)) {
        refuse_filters(sql, plan.name);
        refuse_partition_root(sql, plan.name);
        return true;
    }
    if (plan.autocreate == "disabled")
        throw StartupError(
            {error::kPublicationMissing,
             fmt::format("publication {} does not exist and "
                         "publication.autocreate.mode is disabled",
                         plan.name),
             {},
             fmt::format("CREATE PUBLICATION {} FOR TABLE …;", sql->identifier(plan.name))});
    const std::string statement = create_statement(sql, plan);
    try {
        sql->query(statement);
        log_info("source", "publication {} created ({})", plan.name, plan.autocreate);
    } catch (const ServerError &error) {
        // Two relays may start at once.
        if (error.sqlstate() == "42710") return true;
        if (error.sqlstate() != kDenied)
            explain(error, context, fmt::format("publication {} could not be created", plan.name));
        throw StartupError(
            {error::kPublicationRight,
             fmt::format("publication {} does not exist and role {} may not create it", plan.name,
                         context.user),
             error.text(),
             fmt::format("As the tables' owner (for all tables: a superuser): {};\n"
                         "or set publication.autocreate.mode=filtered",
                         statement)});
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

}  // namespace outflow::relay
