// Publication scope: which tables and operations `publication.name` publishes. Without a
// publication everything permanent is in scope.
#pragma once

#include <string_view>

#include "pg/pg.h"

namespace outflow::plugin {

struct PublicationScope {
    bool published = false;
    bool inserts = true;
    bool updates = true;
    bool deletes = true;
    bool truncates = true;
};

// Reads the catalogue as of the decoded position. A publication that does not exist there takes
// nothing away: losing rows would be worse than sending more.
PublicationScope publication_scope(Relation relation, std::string_view publication);

}  // namespace outflow::plugin
