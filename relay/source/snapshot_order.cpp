#include "source/snapshot_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "source/publication.h"
#include "source/snapshot_tables.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kIncludeList = "table.include.list";
constexpr std::array<std::string_view, 4> kTableLists = {
    "schema.include.list", "schema.exclude.list", kIncludeList, "table.exclude.list"};

std::string option(const Properties &options, std::string_view name) {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const auto &each) { return each.first == name; });
    return found == options.end() ? std::string() : found->second;
}

// Of each table the first item that matches it.
std::map<std::string, std::size_t> first_items(Connection *sql, const Properties &plugin_options,
                                               const std::vector<std::string> &items) {
    std::map<std::string, std::size_t> first;
    for (std::size_t item = 0; item < items.size(); ++item) {
        for (const TableTopic &table :
             captured_tables(sql, with_table_list(plugin_options, items[item])))
            first.try_emplace(table.name(), item);
    }
    return first;
}

void by_item_and_name(Connection *sql, const Properties &plugin_options, Tables *tables) {
    const std::vector<std::string> items = pattern_items(option(plugin_options, kIncludeList));
    std::map<std::string, std::size_t> first;
    if (items.size() > 1) first = first_items(sql, plugin_options, items);
    // By the whole name: `a-b.t` comes before `a.t`.
    std::sort(tables->begin(), tables->end(), [&](const TableTopic &a, const TableTopic &b) {
        const std::string left = a.name();
        const std::string right = b.name();
        return std::pair(first[left], left) < std::pair(first[right], right);
    });
}

void by_count(Connection *sql, bool ascending, Tables *tables) {
    std::map<std::string, long long> rows;
    for (const TableTopic &table : *tables)
        rows[table.name()] =
            std::stoll(sql->query("SELECT count(1) FROM " + quoted_name(*sql, table)).string(0, 0));
    std::stable_sort(tables->begin(), tables->end(), [&](const TableTopic &a, const TableTopic &b) {
        const long long left = rows[a.name()];
        const long long right = rows[b.name()];
        return ascending ? left < right : left > right;
    });
}

}  // namespace

Tables in_snapshot_order(Connection *sql, const Config &config, Tables tables,
                         const Properties &plugin_options) {
    by_item_and_name(sql, plugin_options, &tables);
    const std::string order = config.text("snapshot.tables.order.by.row.count");
    const bool counts = order != "disabled" && config.integer("snapshot.max.threads") > 1 &&
                        !config.boolean("legacy.snapshot.max.threads");
    if (counts) by_count(sql, order == "ascending", &tables);
    return tables;
}

Properties with_table_list(Properties plugin_options, const std::string &list) {
    std::erase_if(plugin_options, [](const auto &each) {
        return std::find(kTableLists.begin(), kTableLists.end(), each.first) != kTableLists.end();
    });
    plugin_options.emplace_back(kIncludeList, list);
    return plugin_options;
}

std::vector<std::string> pattern_items(std::string_view list) {
    std::vector<std::string> items;
    std::string item;
    for (std::size_t at = 0; at <= list.size(); ++at) {
        if (at == list.size() || list[at] == ',') {
            if (item.find_first_not_of(" \t\r\n") != std::string::npos) items.push_back(item);
            item.clear();
            continue;
        }
        if (list[at] == '\\' && at + 1 < list.size() && list[at + 1] == ',') item += list[at++];
        item += list[at];
    }
    return items;
}

}  // namespace outflow::relay
