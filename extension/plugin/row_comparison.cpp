#include "row_comparison.h"

namespace outflow::plugin {
namespace {

std::string_view printed(const ColumnPlan &column, Datum value, bool is_null) {
    return json_text([&](core::ByteSink *sink) { write_column(sink, column, value, is_null); });
}

// A null and a value that is printed just so: both are null, or both are what a NOT NULL column or
// a mask has in place of a null.
bool is_same_as_null(const ColumnPlan &column, Datum value) {
    const std::string_view null_text = column.codec.null_text;
    if (!column.null_is_value && null_text != "null") return false;
    return printed(column, value, false) == null_text;
}

// Under full identity an unchanged TOAST value is the old one.
bool differs(const ColumnPlan &column, const RowImage &old_row, const RowImage &row) {
    const int index = column.attribute;
    const bool old_null = old_row.nulls[index];
    const bool is_null = row.nulls[index];
    const Datum old_value = old_row.values[index];
    const Datum value = row.values[index];
    if (old_null && is_null) return false;
    if (old_null) return !is_same_as_null(column, value);
    if (is_null) return !is_same_as_null(column, old_value);
    if (column.by_reference && is_unchanged_toast(value)) return false;
    if (datum_image_eq(old_value, value, column.by_value, column.length)) return false;
    return printed(column, old_value, false) != printed(column, value, false);
}

}  // namespace

bool key_differs(const RelationPlan &plan, const RowImage &old_row, const RowImage &row) {
    for (int at = 0; at < plan.key_count; ++at) {
        if (differs(*plan.key[at], old_row, row)) return true;
    }
    return false;
}

bool value_differs(const RelationPlan &plan, const RowImage &old_row, const RowImage &row) {
    for (int at = 0; at < plan.column_count; ++at) {
        if (differs(plan.columns[at], old_row, row)) return true;
    }
    return false;
}

}  // namespace outflow::plugin
