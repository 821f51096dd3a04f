// What a relation plan is made of: the relation whose rows come, and the table whose name and
// columns they go out with. The two differ for a partition that is published as its root.
#pragma once

#include "options.h"
#include "pg/pg.h"
#include "publication.h"

namespace outflow::plugin {

struct PlanSource {
    Relation relation = nullptr;
    Relation target = nullptr;
    PublicationScope scope;
    // Where the target's columns are in the relation's rows (0-based; -1: nowhere); null for
    // itself.
    AttrNumber *places = nullptr;
    bool snapshot = false;  // rows come from a query

    // `number` is the target's.
    int place_of(AttrNumber number) const { return places ? places[number - 1] : number - 1; }
    const FormData_pg_attribute *attribute(AttrNumber number) const {
        return TupleDescAttr(RelationGetDescr(target), number - 1);
    }
    bool has_columns() const;
};

// Reads the catalogue, into the current context. To be closed by close_source.
PlanSource open_source(Relation relation, const Options &options, bool snapshot);
void close_source(const PlanSource &source);

}  // namespace outflow::plugin
