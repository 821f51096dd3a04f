#include "names.h"

#include "core/quoted_name.h"
#include "relation_plan.h"

namespace outflow::plugin {
namespace {

int length(std::string_view text) { return static_cast<int>(text.size()); }

[[noreturn]] void refuse_fields(const RelationPlan &plan, const ColumnPlan &one,
                                const ColumnPlan &other) {
    ereport(ERROR, errcode(ERRCODE_DUPLICATE_COLUMN),
            errmsg("columns \"%.*s\" and \"%.*s\" of table \"%.*s.%.*s\" would both be field "
                   "\"%.*s\"",
                   length(one.name), one.name.data(), length(other.name), other.name.data(),
                   length(plan.schema), plan.schema.data(), length(plan.table), plan.table.data(),
                   length(one.field), one.field.data()),
            errhint("Rename one of them. Rows written before need another "
                    "field.name.adjustment.mode, or table.exclude.list."));
}

bool has_column(Relation relation, std::string_view name) {
    const TupleDesc descriptor = RelationGetDescr(relation);
    for (int index = 0; index < descriptor->natts; ++index) {
        const auto *attribute = TupleDescAttr(descriptor, index);
        if (!attribute->attisdropped && to_utf8(NameStr(attribute->attname)) == name) return true;
    }
    return false;
}

}  // namespace

bool is_mistaken_name(Relation relation, std::string_view column, const Options &options,
                      bool snapshot) {
    if (!options.quirks || snapshot || !core::is_quoted_name(column)) return false;
    return !has_column(relation, unquoted_name(column));
}

std::string_view unquoted_name(std::string_view column) {
    return json_text([&](core::ByteSink *sink) { core::append_unquoted_name(sink, column); });
}

std::string_view field_name(const Options &options, std::string_view column) {
    return json_text(
        [&](core::ByteSink *sink) { core::append_field_name(sink, column, options.field_names); });
}

std::string_view schema_stem(const Options &options, std::string_view topic) {
    return json_text(
        [&](core::ByteSink *sink) { core::append_schema_name(sink, topic, options.schema_names); });
}

void refuse_colliding_fields(const RelationPlan &plan) {
    for (int at = 0; at < plan.column_count; ++at) {
        const ColumnPlan &one = plan.columns[at];
        for (int next = at + 1; next < plan.column_count; ++next) {
            if (one.field == plan.columns[next].field) refuse_fields(plan, one, plan.columns[next]);
        }
    }
}

void refuse_colliding_stems(const RelationPlan &one, const RelationPlan &other) {
    if (one.schema_stem != other.schema_stem || one.topic == other.topic) return;
    ereport(ERROR, errcode(ERRCODE_DUPLICATE_TABLE),
            errmsg("tables \"%.*s.%.*s\" and \"%.*s.%.*s\" would both have schema \"%.*s.Value\"",
                   length(one.schema), one.schema.data(), length(one.table), one.table.data(),
                   length(other.schema), other.schema.data(), length(other.table),
                   other.table.data(), length(one.schema_stem), one.schema_stem.data()),
            errhint("Rename one of them, or leave one out with table.exclude.list. Rows written "
                    "before need another schema.name.adjustment.mode."));
}

}  // namespace outflow::plugin
