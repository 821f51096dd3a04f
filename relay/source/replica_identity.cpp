#include "source/replica_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

#include "app/log.h"
#include "source/publication.h"

namespace outflow::relay {
namespace {

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string in_case(std::string_view text, int (*convert)(int)) {
    std::string result(text);
    for (char &letter : result)
        letter = static_cast<char>(convert(static_cast<unsigned char>(letter)));
    return result;
}

[[noreturn]] void refuse_item(std::string_view item) {
    throw StartupError(
        {error::kInvalidValue,
         fmt::format("replica.identity.autoset.values has the item \"{}\"", item),
         {},
         "Items have the form schema.table:FULL; the other words are DEFAULT, NOTHING and INDEX "
         "with the index's name."});
}

// As SQL. Debezium does not quote the index's name, so the server folds it.
std::string identity_of(std::string_view item, std::string_view words) {
    const std::string upper = in_case(words, std::toupper);
    if (upper == "FULL" || upper == "DEFAULT" || upper == "NOTHING") return upper;
    constexpr std::string_view kIndex = "INDEX ";
    const std::string_view name = words.substr(std::min(kIndex.size(), words.size()));
    const bool is_name =
        !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
            return std::isalnum(c) != 0 || c == '_' || c >= 0x80;
        });
    if (!upper.starts_with(kIndex) || !is_name) refuse_item(item);
    return fmt::format("USING INDEX \"{}\"", in_case(name, std::tolower));
}

IdentityRule parse_rule(std::string_view item) {
    const std::size_t colon = item.find(':');
    if (colon == std::string_view::npos) refuse_item(item);
    const std::string_view tables = item.substr(0, colon);
    if (tables.empty() || tables.find_first_of(" \t:") != std::string_view::npos) refuse_item(item);
    return {std::string(tables), identity_of(item, item.substr(colon + 1))};
}

// The identity of each captured table that a rule names.
using Identities = std::map<std::pair<std::string, std::string>, std::string>;  // schema, table

Identities wanted_identities(Connection *sql, const std::vector<IdentityRule> &rules,
                             const Properties &plugin_options) {
    std::set<std::pair<std::string, std::string>> captured;
    for (const auto &[schema, table, topic] : captured_tables(sql, plugin_options))
        captured.emplace(schema, table);
    Identities wanted;
    for (const IdentityRule &rule : rules) {
        for (const auto &[schema, table, topic] :
             captured_tables(sql, {{"table.include.list", rule.tables}})) {
            if (!captured.contains({schema, table})) continue;
            if (wanted.emplace(std::pair(schema, table), rule.identity).second) continue;
            throw StartupError({error::kReplicaIdentity,
                                fmt::format("replica.identity.autoset.values has two items for "
                                            "table {}.{}",
                                            schema, table),
                                {},
                                "Let only one of its patterns match the table."});
        }
    }
    return wanted;
}

std::string current_identity(Connection *sql, const std::string &table) {
    const Result result = sql->query(
        "SELECT CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' "
        "WHEN 'i' THEN 'USING INDEX \"' || i.relname || '\"' ELSE 'DEFAULT' END "
        "FROM pg_catalog.pg_class c "
        "LEFT JOIN pg_catalog.pg_index x ON x.indrelid = c.oid AND x.indisreplident "
        "LEFT JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid "
        "WHERE c.oid = $1::regclass",
        {table});
    return result.rows() > 0 ? result.string(0, 0) : std::string();
}

void set_identity(Connection *sql, const std::string &table, const std::string &identity,
                  const ServerContext &context) {
    const std::string statement =
        fmt::format("ALTER TABLE {} REPLICA IDENTITY {}", table, identity);
    try {
        sql->query(statement);
        log_info("source", "replica identity of {} set to {}", table, identity);
    } catch (const ServerError &error) {
        throw StartupError(
            {error::kReplicaIdentity,
             fmt::format("role {} could not set the replica identity of {}", context.user, table),
             error.text(), fmt::format("As the table's owner: {};", statement)});
    }
}

}  // namespace

std::vector<IdentityRule> parse_identity_rules(const std::string &text) {
    std::vector<IdentityRule> rules;
    if (text.empty()) return rules;
    for (std::string_view rest = text;;) {
        const std::size_t comma = rest.find(',');
        rules.push_back(parse_rule(trim(rest.substr(0, comma))));
        if (comma == std::string_view::npos) return rules;
        rest.remove_prefix(comma + 1);
    }
}

void set_replica_identities(Connection *sql, const std::vector<IdentityRule> &rules,
                            const Properties &plugin_options, const ServerContext &context) {
    if (rules.empty()) return;
    for (const auto &[name, identity] : wanted_identities(sql, rules, plugin_options)) {
        const std::string table = sql->identifier(name.first) + "." + sql->identifier(name.second);
        if (current_identity(sql, table) != identity) set_identity(sql, table, identity, context);
    }
}

}  // namespace outflow::relay
