#include "relation_plan.h"

#include "column_transform.h"
#include "core/json_writer.h"
#include "default_value.h"
#include "key_columns.h"
#include "names.h"
#include "pg/text_settings.h"
#include "plan_schema.h"
#include "plan_source.h"
#include "row_filter.h"
#include "shape.h"
#include "topic.h"

namespace outflow::plugin {
namespace {

// A plan's routes are found by them.
static_assert(REORDER_BUFFER_CHANGE_INSERT == 0 && REORDER_BUFFER_CHANGE_UPDATE == 1 &&
              REORDER_BUFFER_CHANGE_DELETE == 2);

std::string_view column_name(const FormData_pg_attribute *attribute) {
    return pg::copy_bytes(CurrentMemoryContext, to_utf8(NameStr(attribute->attname)));
}

// What stands for a null: Connect prints the default, unless it is told to keep nulls; a NOT NULL
// column that the tuple lacks gets its default, or Debezium's fallback for its type.
std::string_view null_text(const ColumnPlan &column, const Converter &converter) {
    const bool takes_default = column.not_null || !converter.keeps_nulls;
    if (takes_default && !column.default_json.empty()) return column.default_json;
    return column.not_null ? column.codec.fallback : std::string_view("null");
}

void set_stand_ins(ColumnPlan *column, const Converter &converter) {
    Codec *codec = &column->codec;
    codec->null_text = null_text(*column, converter);
    column->unavailable = codec->unavailable.empty() ? codec->null_text : codec->unavailable;
    column->null_is_value = column->not_null;
}

// NOT NULL may come from the column's domain (the driver looks no deeper than that one).
bool is_not_null_domain(Oid type) {
    if (type < FirstNormalObjectId) return false;
    HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
    if (!HeapTupleIsValid(tuple)) return false;
    const auto *form = reinterpret_cast<Form_pg_type>(GETSTRUCT(tuple));
    const bool not_null = form->typtype == TYPTYPE_DOMAIN && form->typnotnull;
    ReleaseSysCache(tuple);
    return not_null;
}

// Decides how the converter prints the column; leaves `encode` empty if its type has no mapping.
void plan_codec(ColumnPlan *column, const PlanSource &source, const Options &options,
                const Converter &converter) {
    const auto *attribute = source.attribute(column->number);
    const TypeRequest request = {.type = attribute->atttypid,
                                 .typmod = attribute->atttypmod,
                                 .snapshot = source.snapshot,
                                 .decimal_numbers = converter.decimal_numbers};
    make_codec(&column->codec, request, options);
    if (column->codec.encode == nullptr) return;
    column->default_json = default_json(source.target, column->number, column->codec);
    set_stand_ins(column, converter);
}

// In streaming Debezium knows neither default nor NOT NULL of a column that is not
// printed, or whose name it mistakes.
void forget_constraints(ColumnPlan *column, const Converter &converter) {
    column->not_null = false;
    column->default_json = {};
    set_stand_ins(column, converter);
}

void plan_column(ColumnPlan *column, const PlanSource &source, AttrNumber number,
                 const Options &options) {
    const auto *attribute = source.attribute(number);
    *column = ColumnPlan();
    column->attribute = source.place_of(number);
    column->number = number;
    column->not_null = attribute->attnotnull || is_not_null_domain(attribute->atttypid);
    column->by_value = attribute->attbyval;
    column->length = attribute->attlen;
    column->by_reference = attribute->attlen == -1;
    column->name = column_name(attribute);
    column->is_mistaken = is_mistaken_name(source.target, column->name, options, source.snapshot);
    column->field =
        field_name(options, column->is_mistaken ? unquoted_name(column->name) : column->name);
    plan_codec(column, source, options, options.value_converter);
    if (column->is_mistaken) forget_constraints(column, options.value_converter);
}

std::string_view dotted(const RelationPlan &plan, std::string_view name) {
    return json_text([&](core::ByteSink *sink) {
        for (const std::string_view part : {plan.schema, plan.table}) {
            sink->append(part);
            sink->append('.');
        }
        sink->append(name);
    });
}

void apply_rule(ColumnPlan *column, const RelationPlan &plan, const PlanSource &source,
                const Filter &filter) {
    if (filter.columns.count == 0) return;
    const SourceType type = source_type(source.target, column->number - 1, source.snapshot);
    const ColumnRule *rule =
        filter.columns.find(dotted(plan, column->name), dotted(plan, to_utf8(type.name)));
    if (rule != nullptr) transform_column(column, *rule, type);
}

void note_left_out(core::ByteSink *columns, const ColumnPlan &column) {
    if (columns->size > 0) columns->append(", ");
    columns->append(column.name);
}

void plan_columns(RelationPlan *plan, const PlanSource &source, const Options &options,
                  const Filter &filter) {
    const TupleDesc descriptor = RelationGetDescr(source.target);
    core::ByteSink left_out;
    pg::init_local_sink(&left_out);
    plan->columns =
        static_cast<ColumnPlan *>(palloc0(sizeof(ColumnPlan) * (descriptor->natts + 1)));
    for (int index = 0; index < descriptor->natts; ++index) {
        const auto *attribute = TupleDescAttr(descriptor, index);
        if (!publishes_column(source.scope, attribute)) continue;
        if (attribute->atttypid >= FirstNormalObjectId) plan->has_user_types = true;
        if (!filter.captures_column(column_id(*plan, attribute))) continue;
        ColumnPlan *column = &plan->columns[plan->column_count];
        plan_column(column, source, attribute->attnum, options);
        if (column->codec.encode == nullptr) {
            note_left_out(&left_out, *column);
            ++plan->left_out_count;
            continue;
        }
        apply_rule(column, *plan, source, filter);
        const bool first = plan->column_count == 0;
        column->member = json_text(
            [&](core::ByteSink *sink) { core::write_member_name(sink, column->field, first); });
        ++plan->column_count;
    }
    plan->left_out = left_out.view();
}

// The column of the value when it is the same in the key; else nullptr. `printed` tells whether the
// value has it at all.
ColumnPlan *shared_column(const RelationPlan &plan, AttrNumber number, bool *printed) {
    *printed = false;
    for (int at = 0; at < plan.column_count; ++at) {
        ColumnPlan *column = &plan.columns[at];
        if (column->number != number) continue;
        *printed = true;
        return column->is_transformed ? nullptr : column;
    }
    return nullptr;
}

// A header prints some types otherwise, and so what stands for their nulls.
std::string_view null_header(const ColumnPlan &column, const PlanSource &source) {
    if (column.codec.encode_header == nullptr) return column.codec.null_text;
    if (!column.default_json.empty()) {
        Codec header = column.codec;
        header.encode = column.codec.encode_header;
        return default_json(source.target, column.number, header);
    }
    return column.not_null ? column.codec.header_fallback : column.codec.null_text;
}

// Neither lists nor rules touch the key. (In a snapshot the reference has zeros for a key column
// that is not printed, or stops.) Nullptr for a type without a mapping.
ColumnPlan *key_column(const RelationPlan &plan, const PlanSource &source, AttrNumber number,
                       const Options &options) {
    bool printed = false;
    ColumnPlan *column = shared_column(plan, number, &printed);
    if (column != nullptr) return column;
    column = static_cast<ColumnPlan *>(palloc0(sizeof(ColumnPlan)));
    plan_column(column, source, number, options);
    if (column->codec.encode == nullptr) return nullptr;
    if (!printed && !source.snapshot) forget_constraints(column, options.value_converter);
    return column;
}

// The key's columns as another converter prints them; the columns themselves where it prints alike.
ColumnPlan **converted_key(const RelationPlan &plan, ColumnPlan **same, const PlanSource &source,
                           const Options &options, const Converter &converter) {
    if (converter == options.value_converter) return same;
    const auto count = static_cast<std::size_t>(plan.key_count) + 1;
    auto *columns = static_cast<ColumnPlan *>(palloc0(sizeof(ColumnPlan) * count));
    auto *key = static_cast<ColumnPlan **>(palloc0(sizeof(ColumnPlan *) * count));
    for (int at = 0; at < plan.key_count; ++at) {
        key[at] = &columns[at];
        columns[at] = *same[at];
        plan_codec(key[at], source, options, converter);
        if (same[at]->default_json.empty()) {  // forgotten, or none
            key[at]->default_json = {};
            set_stand_ins(key[at], converter);
        }
        key[at]->null_header = null_header(*key[at], source);
    }
    return key;
}

void plan_key(RelationPlan *plan, const PlanSource &source, const Options &options,
              const Filter &filter) {
    const KeyColumns key = find_key_columns(source, *plan, filter.columns);
    const std::string_view identifier = table_identifier(options, plan->schema, plan->table);
    if (!identifier.empty()) add_key_field(plan, options.topic_key_field, identifier);
    plan->has_key = !identifier.empty();
    auto **columns = static_cast<ColumnPlan **>(palloc0(sizeof(ColumnPlan *) * (key.count + 1)));
    for (int at = 0; at < key.count; ++at) {
        const AttrNumber number = key.attributes[at];
        if (!publishes_column(source.scope, source.attribute(number))) continue;
        ColumnPlan *column = key_column(*plan, source, number, options);
        if (column != nullptr && column->is_mistaken) continue;
        plan->has_key = true;
        if (column == nullptr) continue;
        const bool first = plan->key_count == 0;
        column->null_header = null_header(*column, source);
        column->key_member = json_text(
            [&](core::ByteSink *sink) { core::write_member_name(sink, column->field, first); });
        columns[plan->key_count++] = column;
    }
    plan->header_tail = end_of_key(*plan);
    const auto converted = [&](const Converter &converter) {
        return converted_key(*plan, columns, source, options, converter);
    };
    plan->key = converted(options.key_converter);
    plan->header_key = converted(options.header_converter);
    plan->json_headers = options.json_headers;
    plan->header_frame = header_frame(*plan, options);
}

void plan_names(RelationPlan *plan, Relation relation, const Options &options) {
    const char *schema = get_namespace_name(RelationGetNamespace(relation));
    plan->schema = pg::copy_bytes(CurrentMemoryContext, to_utf8(schema ? schema : ""));
    plan->table = pg::copy_bytes(CurrentMemoryContext, to_utf8(RelationGetRelationName(relation)));
    plan->topic = topic_of(options, plan->schema, plan->table);
    plan->schema_stem = plan->key_stem = schema_stem(options, plan->topic);
    plan->source_table = json_text(
        [&](core::ByteSink *sink) { core::write_source_table(sink, plan->schema, plan->table); });
}

ChangeRoute route(bool published, bool captured, bool skipped) {
    if (!published) return ChangeRoute::kUnpublished;
    return captured && !skipped ? ChangeRoute::kCaptured : ChangeRoute::kCounted;
}

// A skipped operation is a record that is not written, not a change that is not seen.
ChangeRoute update_route(bool captured, const Options &options) {
    const bool skips_key_changes = options.skip_create && options.skip_delete;
    if (captured && options.skip_update && !skips_key_changes) return ChangeRoute::kKeyChange;
    return route(true, captured, options.skip_update);
}

// Decided here once, so that a row costs one look-up. A row without columns is no event.
void plan_routes(RelationPlan *plan, const PlanSource &source, const Options &options) {
    const PublicationScope &scope = source.scope;
    const bool captured = plan->captured && source.has_columns();
    plan->filtered_routes[REORDER_BUFFER_CHANGE_INSERT] =
        route(true, captured, options.skip_create);
    plan->filtered_routes[REORDER_BUFFER_CHANGE_UPDATE] = update_route(captured, options);
    plan->filtered_routes[REORDER_BUFFER_CHANGE_DELETE] =
        route(true, captured, options.skip_delete);
    const bool publishes[] = {scope.inserts, scope.updates, scope.deletes};
    for (int action = 0; action < 3; ++action) {
        if (!scope.published || !publishes[action]) continue;
        plan->routes[action] =
            scope.row_filter ? ChangeRoute::kFiltered : plan->filtered_routes[action];
    }
    plan->truncate_route =
        route(scope.published && scope.truncates, plan->captured, options.skip_truncate);
}

void plan_tuple_room(RelationPlan *plan) {
    const auto count = static_cast<std::size_t>(plan->attribute_count) + 1;
    plan->new_values = static_cast<Datum *>(palloc0(sizeof(Datum) * count));
    plan->old_values = static_cast<Datum *>(palloc0(sizeof(Datum) * count));
    plan->new_nulls = static_cast<bool *>(palloc0(sizeof(bool) * count));
    plan->old_nulls = static_cast<bool *>(palloc0(sizeof(bool) * count));
}

}  // namespace

RelationPlan *make_relation_plan(Relation relation, const Options &options, const Filter &filter,
                                 MemoryContext parent, bool snapshot) {
    const MemoryContext context =
        AllocSetContextCreate(parent, "outflow relation plan", ALLOCSET_SMALL_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(context);
    const int settings = pg::enter_text_settings();  // the texts of defaults are read below
    auto *plan = static_cast<RelationPlan *>(palloc0(sizeof(RelationPlan)));
    plan->context = context;
    plan->attribute_count = RelationGetDescr(relation)->natts;
    const PlanSource source = open_source(relation, options, snapshot);
    plan->relation = source.scope.publish_as;
    plan_names(plan, source.target, options);
    plan->captured = source.scope.published && filter.captures_table(plan->schema, plan->table);
    plan_routes(plan, source, options);
    if (plan->captured) {
        plan_columns(plan, source, options, filter);
        refuse_colliding_fields(*plan);
        plan_key(plan, source, options, filter);
        plan->skips_unchanged = options.skip_unchanged;
        choose_shape(plan, options);
        plan->key_tail = end_of_key(*plan);
        plan->shape->plan(plan, options);
    }
    if (source.scope.row_filter != nullptr)
        plan->row_filter = make_row_filter(source.target, source.scope.row_filter, source.places);
    if (plan->captured || plan->row_filter != nullptr) plan_tuple_room(plan);
    close_source(source);
    pg::leave_text_settings(settings);
    MemoryContextSwitchTo(caller);
    return plan;
}

std::string_view column_id(const RelationPlan &plan, const FormData_pg_attribute *attribute) {
    return dotted(plan, column_name(attribute));
}

void add_key_field(RelationPlan *plan, std::string_view name, std::string_view value) {
    KeyField **end = &plan->key_fields;
    while (*end != nullptr) end = &(*end)->next;
    *end = static_cast<KeyField *>(palloc0(sizeof(KeyField)));
    **end = {.name = name, .value = value};
}

std::string_view end_of_key(const RelationPlan &plan) {
    return json_text([&](core::ByteSink *sink) {
        bool first = plan.key_count == 0;
        for (const KeyField *field = plan.key_fields; field != nullptr; field = field->next) {
            core::write_member_name(sink, field->name, first);
            core::write_json_string(sink, field->value);
            first = false;
        }
        if (first) core::begin_json_object(sink);
        core::end_json_object(sink);
    });
}

void warn_left_out(const RelationPlan &plan) {
    ereport(WARNING,
            errmsg("table \"%.*s.%.*s\" has columns that are not captured: %.*s",
                   static_cast<int>(plan.schema.size()), plan.schema.data(),
                   static_cast<int>(plan.table.size()), plan.table.data(),
                   static_cast<int>(plan.left_out.size()), plan.left_out.data()),
            errdetail("Their types have no mapping."),
            errhint("With include.unknown.datatypes=true most are printed as opaque bytes."));
}

}  // namespace outflow::plugin
