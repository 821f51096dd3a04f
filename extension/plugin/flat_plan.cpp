#include "flat_plan.h"

#include "core/json_writer.h"
#include "plan_schema.h"

namespace outflow::plugin {
namespace {

constexpr std::string_view kDeletedField = "__deleted";

int length(std::string_view text) { return static_cast<int>(text.size()); }

// `__deleted`, and an opening brace where nothing else brings one.
std::string_view end_of_columns(const RelationPlan &plan, const UnwrapOptions &unwrap,
                                std::string_view deleted) {
    return json_text([&](core::ByteSink *sink) {
        if (unwrap.rewrites()) {
            core::write_member_name(sink, kDeletedField, plan.column_count == 0);
            core::write_json_string(sink, deleted);
        } else if (plan.column_count == 0 && plan.flat->fields.count == 0) {
            core::begin_json_object(sink);
        }
    });
}

void open_with_added_field(const RelationPlan &plan, const UnwrapOptions &unwrap,
                           const AddedFields &fields) {
    if (plan.column_count > 0 || unwrap.rewrites() || fields.count == 0) return;
    AddedField *first = &fields.list[0];
    first->member =
        json_text([&](core::ByteSink *sink) { core::write_member_name(sink, first->name, true); });
}

std::string_view row_fields(const RelationPlan &plan, const UnwrapOptions &unwrap) {
    const std::string_view columns = value_fields(plan);
    return json_text([&](core::ByteSink *sink) {
        sink->append(columns);
        bool first = columns.empty();
        if (unwrap.rewrites()) {
            if (!first) core::write_json_comma(sink);
            first = false;
            core::write_schema(sink, {.type = "string"}, true, {}, kDeletedField);
        }
        write_added_schemas(sink, plan.flat->fields, first);
    });
}

core::ValueFrame row_frame(const RelationPlan &plan, const Options &options,
                           std::string_view fields, bool optional) {
    if (!options.value_schemas) return {};
    return payload_frame(json_text([&](core::ByteSink *sink) {
        core::write_row_schema(sink, plan.schema_stem, fields, optional);
    }));
}

std::string_view null_value(const RelationPlan &plan, const Options &options) {
    const core::ValueFrame frame = row_frame(plan, options, value_fields(plan), true);
    return json_text([&](core::ByteSink *sink) {
        sink->append(frame.prefix);
        core::write_json_null(sink);
        sink->append(frame.suffix);
    });
}

// Where `__deleted` goes into a row, defaults go in for nulls, before a converter that would keep
// them sees the row. The key has them as they were.
void take_defaults(RelationPlan *plan) {
    const auto bytes = sizeof(ColumnPlan) * (static_cast<std::size_t>(plan->column_count) + 1);
    auto *columns = static_cast<ColumnPlan *>(palloc0(bytes));
    for (int at = 0; at < plan->column_count; ++at) {
        columns[at] = plan->columns[at];
        Codec *codec = &columns[at].codec;
        if (columns[at].default_json.empty()) continue;
        codec->null_text = columns[at].default_json;
        if (codec->unavailable.empty()) columns[at].unavailable = codec->null_text;
    }
    plan->columns = columns;
}

[[noreturn]] void refuse_route(const RelationPlan &plan, std::string_view column,
                               const char *problem) {
    ereport(ERROR, errcode(ERRCODE_UNDEFINED_COLUMN),
            errmsg("table \"%.*s.%.*s\" %s \"%.*s\", which route.by.field names",
                   length(plan.schema), plan.schema.data(), length(plan.table), plan.table.data(),
                   problem, length(column), column.data()),
            errhint("Keep the table out of the transform: give it a predicate on the topic, or "
                    "list tables in table.include.list."));
}

const ColumnPlan *find_route_column(const RelationPlan &plan, std::string_view field) {
    if (field.empty()) return nullptr;
    for (int at = 0; at < plan.column_count; ++at) {
        const ColumnPlan &column = plan.columns[at];
        if (column.field != field) continue;
        if (column.codec.schema.type != "string") refuse_route(plan, field, "has no text in field");
        return &column;
    }
    refuse_route(plan, field, "has no field");
}

}  // namespace

void plan_flat(RelationPlan *plan, const Options &options) {
    const UnwrapOptions &unwrap = *plan->shaped_by->unwrap;
    auto *flat = static_cast<FlatPlan *>(palloc0(sizeof(FlatPlan)));
    *flat = FlatPlan();
    plan->flat = flat;
    plan->key_frame = key_frame(*plan, options);
    flat->null_value = null_value(*plan, options);
    if (unwrap.rewrites() && unwrap.prints_defaults && options.value_converter.keeps_nulls)
        take_defaults(plan);
    flat->deletes = unwrap.deletes;
    flat->fields = plan_added_fields(*plan, unwrap.fields, options);
    flat->headers = plan_added_headers(*plan, unwrap.headers, options);
    open_with_added_field(*plan, unwrap, flat->fields);
    flat->row_end = end_of_columns(*plan, unwrap, "false");
    flat->deleted_end = end_of_columns(*plan, unwrap, "true");
    flat->route_column = find_route_column(*plan, unwrap.route_column);
    flat->transforms = &options.transforms;
    plan->value_frame = row_frame(*plan, options, row_fields(*plan, unwrap), false);
}

}  // namespace outflow::plugin
