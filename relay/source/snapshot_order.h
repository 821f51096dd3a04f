// The order of a snapshot's tables, which its markers show: Debezium's.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"
#include "route/topic_router.h"
#include "source/connection.h"

namespace outflow::relay {

// By the items of table.include.list, by name within one; or by the count of rows
// (snapshot.tables.order.by.row.count), where the reference counts: with several threads.
Tables in_snapshot_order(Connection *sql, const Config &config, Tables tables,
                         const Properties &plugin_options);

// The options that capture what matches this list of patterns, and nothing else.
Properties with_table_list(Properties plugin_options, const std::string &list);

// The items of a list of patterns, each a list of one again: `a\,b,c` → `a\,b`, `c`.
std::vector<std::string> pattern_items(std::string_view list);

}  // namespace outflow::relay
