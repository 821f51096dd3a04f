// snapshot.select.statement.overrides: a select of the user's own in place of a whole table. Its
// columns are put into the table's row type, so that the rows go through the same encoder.
#pragma once

#include <map>
#include <string>

#include "app/config.h"
#include "source/snapshot_tables.h"

namespace outflow::relay {

// schema.table → select. A table that is listed without a select gets a warning and is copied
// whole, as by Debezium.
using SelectOverrides = std::map<std::string, std::string>;
SelectOverrides select_overrides(const Config &config);

// Throws StartupError OUT-2122 when the select's columns are not the table's.
SnapshotTarget overridden_table(Connection *sql, const TableTopic &table, const std::string &select,
                                const ServerContext &context);

// `"a b".t` → `a b.t`: the name without its quotes.
std::string unquoted_name(std::string_view name);

}  // namespace outflow::relay
