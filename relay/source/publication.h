// The extension, the publication and the list of captured tables: what has to be in the database
// before a slot makes sense.
#pragma once

#include <string>

#include "app/config.h"
#include "route/topic_router.h"
#include "source/connection.h"

namespace outflow::relay {

// Creates the extension where the role may. StartupError OUT-2106 with the statement otherwise.
void ensure_extension(Connection *sql, const ServerContext &context);

struct PublicationPlan {
    std::string name;
    std::string autocreate;     // publication.autocreate.mode
    Properties plugin_options;  // with publication.name
};
// Creates the publication when it is absent and the mode says so; checks one that exists. True when
// there is a publication to name to the plugin.
bool ensure_publication(Connection *sql, const PublicationPlan &plan, const ServerContext &context);

// What the options capture, in snapshot order: by schema, then table.
Tables captured_tables(Connection *sql, const Properties &plugin_options);

}  // namespace outflow::relay
