// Publication scope: what of a table `publication.name` publishes, and under which table's name:
// the decisions of pgoutput, which is what Debezium reads. Without a publication everything
// permanent is in scope.
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
    bool generated_columns = false;  // stored ones (18+)
    // Whose name and columns its changes have: the relation itself, or an ancestor of the partition
    // (publish_via_partition_root). The two below speak of that relation.
    Oid publish_as = InvalidOid;
    Bitmapset *columns = nullptr;  // attribute numbers; null: all
    Node *row_filter = nullptr;    // null: every row
};

// Reads the catalogue as of the decoded position, into the current context. A publication that does
// not exist there takes nothing away: losing rows would be worse than sending more.
PublicationScope publication_scope(Relation relation, std::string_view publication);

// A table as a snapshot reads it: whole, whatever the publication says, as Debezium does. Also
// partitioned and unlogged tables, which the stream has not.
PublicationScope snapshot_scope(Relation relation);

// Whether the scope lets this column through.
bool publishes_column(const PublicationScope &scope, const FormData_pg_attribute *attribute);

}  // namespace outflow::plugin
