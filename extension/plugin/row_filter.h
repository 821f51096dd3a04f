// The row filter of a publication for one table, evaluated as pgoutput does: a null is no match,
// and an update of which only one of the two rows matches is the insert or the delete that a reader
// of the matching rows sees. Lives in a relation plan; an error in the expression ends the
// decoding.
#pragma once

#include "pg/pg.h"

namespace outflow::plugin {

struct RowImage;

struct RowFilter {
    EState *executor = nullptr;
    ExprState *condition = nullptr;
    TupleTableSlot *slot = nullptr;      // of the table that the condition speaks of
    bool runs_queries = false;           // it calls functions in SQL
    const AttrNumber *places = nullptr;  // its columns' 0-based places in a row image, or -1
};

// Makes the filter in the current context. `table` is what `condition` speaks of; `places` is null
// where its columns lie in a row image as in the table.
RowFilter *make_row_filter(Relation table, Node *condition, const AttrNumber *places);

// What is left of a change: false for nothing, else `action` is insert, update or delete of the
// rows given. `before` and `after` are null where the change has no such row. Fills values of
// `after` that the update did not write again from `before`.
bool apply_row_filter(const RowFilter &filter, const RowImage *before, const RowImage *after,
                      ReorderBufferChangeType *action);

}  // namespace outflow::plugin
