// Two images of a row, compared as Debezium compares them: by the values that it would print, after
// masks and with what stands for missing ones; but a null is not the default printed in its place.
#pragma once

#include "row_encoder.h"

namespace outflow::plugin {

bool key_differs(const RelationPlan &plan, const RowImage &old_row, const RowImage &row);
// Of the printed columns alone.
bool value_differs(const RelationPlan &plan, const RowImage &old_row, const RowImage &row);

}  // namespace outflow::plugin
