// A column's type as the reference's driver describes it: the parameters that
// column.propagate.source.type adds to a schema, and the length that limits masks.
#pragma once

#include <string_view>

#include "pg/pg.h"

namespace outflow::plugin {

struct SourceType {
    std::string_view name;  // of pg_type
    int length = -1;        // -1: none
    int scale = 0;
    bool has_scale = true;
};

// Of attribute `index` (0-based). A snapshot asks JDBC metadata, which differs from the stream in
// serial types, in types outside the search path and in numeric without a precision.
SourceType source_type(Relation relation, int index, bool snapshot);

}  // namespace outflow::plugin
