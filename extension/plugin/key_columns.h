// Which columns make a table's key: its primary key in key order; else the first unique index by
// name, as Debezium takes it from the driver's index metadata; else none.
#pragma once

#include "pg/pg.h"

namespace outflow::plugin {

struct KeyColumns {
    int count = 0;
    AttrNumber attributes[INDEX_MAX_KEYS] = {};  // 1-based
};

KeyColumns find_key_columns(Relation relation);

}  // namespace outflow::plugin
