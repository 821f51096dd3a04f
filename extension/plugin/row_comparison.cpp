#include "row_comparison.h"

namespace outflow::plugin {
namespace {

// As the reference holds it: a null, and a value that it cannot hold, are no default of the column
// yet, even where they are printed as one.
std::string_view held(const ColumnPlan &column, Datum value, bool is_null) {
    ColumnPlan plain = column;
    if (!column.null_is_value) plain.codec.null_text = "null";
    return json_text([&](core::ByteSink *sink) { write_column(sink, plain, value, is_null); });
}

// Under full identity an unchanged TOAST value is the old one.
bool differs(const ColumnPlan &column, const RowImage &old_row, const RowImage &row) {
    const int index = column.attribute;
    const bool old_null = old_row.nulls[index];
    const bool is_null = row.nulls[index];
    const Datum old_value = old_row.values[index];
    const Datum value = row.values[index];
    if (old_null && is_null) return false;
    if (!is_null && column.by_reference && is_unchanged_toast(value)) return false;
    const bool is_same =
        !old_null && !is_null && datum_image_eq(old_value, value, column.by_value, column.length);
    return !is_same && held(column, old_value, old_null) != held(column, value, is_null);
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
