// replica.identity.autoset.values: sets the replica identities of captured tables at the start.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"
#include "source/connection.h"

namespace outflow::relay {

struct IdentityRule {
    std::string tables;    // pattern of schema.table
    std::string identity;  // as ALTER TABLE has it: FULL, USING INDEX name, …
};

// `schema.table:FULL, …`. StartupError OUT-1103 for an item of another form.
std::vector<IdentityRule> parse_identity_rules(const std::string &text);

// Alters the captured tables whose identity is another. StartupError OUT-2124 with the statement
// where the role may not, or where two rules match one table.
void set_replica_identities(Connection *sql, const std::vector<IdentityRule> &rules,
                            const Properties &plugin_options, const ServerContext &context);

}  // namespace outflow::relay
