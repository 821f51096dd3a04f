#include "source/snapshot_select.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "app/log.h"
#include "app/word_list.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kOverrides = "snapshot.select.statement.overrides";
constexpr std::string_view kOverridePrefix = "snapshot.select.statement.overrides.";

// A statement becomes a subquery: no semicolon at its end.
std::string as_subquery(std::string_view select) {
    const std::size_t end = select.find_last_not_of("; \t\r\n");
    return std::string(select.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

std::vector<std::string> columns_of(Connection *sql, const TableTopic &table) {
    const Result result = sql->query(
        "SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 "
        "AND NOT attisdropped ORDER BY attnum",
        {quoted_name(*sql, table)});
    std::vector<std::string> columns;
    for (int row = 0; row < result.rows(); ++row) columns.push_back(result.string(row, 0));
    return columns;
}

[[noreturn]] void does_not_fit(const TableTopic &table, std::string problem, std::string detail) {
    throw StartupError(
        {error::kSnapshotSelect,
         fmt::format("the select of {}.{}.{} {}", kOverrides, table.schema, table.table, problem),
         std::move(detail),
         "Select columns of the table under their own names and types, for example "
         "SELECT * FROM the_table WHERE ….; or leave the override out."});
}

// The column of the table that a column of the select is, by name in any case as for Debezium.
std::optional<std::size_t> find_column(const std::vector<std::string> &columns,
                                       const std::string &name) {
    auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end())
        found = std::find_if(columns.begin(), columns.end(),
                             [&](const auto &each) { return lower(each) == lower(name); });
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

// For each column of the table the select's expression of that name, NULL where it has none.
std::string row_of(const Connection &sql, const TableTopic &table,
                   const std::vector<std::string> &columns, const Result &selected) {
    std::vector<std::string> values(columns.size(), "NULL");
    for (int column = 0; column < PQnfields(selected.get()); ++column) {
        const std::string name = PQfname(selected.get(), column);
        const auto place = find_column(columns, name);
        if (!place)
            does_not_fit(table, fmt::format("has a column {}, the table has not", name), {});
        if (values[*place] != "NULL")
            does_not_fit(table, fmt::format("has the column {} twice", name), {});
        values[*place] = "q." + sql.identifier(name);
    }
    std::string missing;
    std::string row;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (values[column] == "NULL") missing += (missing.empty() ? "" : ", ") + columns[column];
        row += (row.empty() ? "" : ", ") + values[column];
    }
    if (!missing.empty())
        log_warn("snapshot", {.table = table.name()},
                 "the select of the override leaves columns out, which are null in its rows: {}",
                 missing);
    return fmt::format("ROW({})::{}", row, quoted_name(sql, table));
}

}  // namespace

SelectOverrides select_overrides(const Config &config) {
    SelectOverrides overrides;
    for (const std::string &name : config.words(kOverrides)) {
        const std::string property = std::string(kOverridePrefix) + name;
        const std::string select = config.text(property);
        if (as_subquery(select).empty())
            log_warn("snapshot", {.table = name, .code = error::kNoEffect->code},
                     "{} names the table, but there is no {}; it is copied whole", kOverrides,
                     property);
        else
            overrides[unquoted_name(name)] = select;
    }
    return overrides;
}

SnapshotTarget overridden_table(Connection *sql, const TableTopic &table, const std::string &select,
                                const ServerContext &context) {
    // The line ends keep a comment of the select from hiding what follows.
    const std::string source = fmt::format("(\n{}\n) AS q", as_subquery(select));
    try {
        const Result selected = sql->query(fmt::format("SELECT * FROM {} LIMIT 0", source));
        SnapshotTarget target = {table, row_of(*sql, table, columns_of(sql, table), selected),
                                 source, std::nullopt};
        sql->query(fmt::format("SELECT {} FROM {} LIMIT 0", target.row, source));
        return target;
    } catch (const ServerError &error) {
        if (is_row_security(error) || error.sqlstate().starts_with("08"))
            explain(error, context, fmt::format("the select of table {} failed", table.table));
        does_not_fit(table, "is refused by the server", error.text());
    }
}

std::string unquoted_name(std::string_view name) {
    std::string plain;
    bool quoted = false;
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (name[at] != '"') {
            plain += name[at];
        } else if (quoted && at + 1 < name.size() && name[at + 1] == '"') {
            plain += name[at++];
        } else {
            quoted = !quoted;
        }
    }
    return plain;
}

}  // namespace outflow::relay
