// The extension, the publication and the list of captured tables: what has to be in the database
// before a slot makes sense.
#pragma once

#include <optional>
#include <string>

#include "app/config.h"
#include "route/topic_router.h"
#include "source/connection.h"

namespace outflow::relay {

// Creates the extension where the role may. StartupError OUT-2106 with the statement otherwise.
void ensure_extension(Connection *sql, const ServerContext &context);

struct PublicationPlan {
    std::string name;
    std::string autocreate;                           // publication.autocreate.mode
    bool via_root = false;                            // publish.via.partition.root
    std::optional<std::vector<std::string>> skipped;  // skipped.operations, where it was given
    Properties plugin_options;
};
// Creates the publication when it is absent and the mode says so; in `filtered` mode gives one that
// exists the tables that are captured now. True when there is a publication to name to the plugin.
bool ensure_publication(Connection *sql, const PublicationPlan &plan, const ServerContext &context);

// The publication's `publish` list: what an explicit skipped.operations leaves; none for all.
std::optional<std::string> published_operations(const PublicationPlan &plan);
// The WITH clause of CREATE PUBLICATION, or nothing.
std::string publication_clauses(const PublicationPlan &plan);

// What the options capture, published or not, in snapshot order: by schema, then table.
Tables captured_tables(Connection *sql, const Properties &plugin_options);

// Where the transforms send the records of a topic that is no table's.
std::string routed_topic(Connection *sql, const std::string &topic,
                         const Properties &plugin_options);

}  // namespace outflow::relay
