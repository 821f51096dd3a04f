#include "added_fields.h"

#include "core/header_text.h"
#include "core/json_writer.h"
#include "plan_schema.h"

namespace outflow::plugin {
namespace {

using core::Operation;

int length(std::string_view text) { return static_cast<int>(text.size()); }

const ColumnPlan *find_column(const RelationPlan &plan, std::string_view field) {
    for (int at = 0; at < plan.column_count; ++at) {
        if (plan.columns[at].field == field) return &plan.columns[at];
    }
    return nullptr;
}

// --- the plan ---

// The schema that Debezium copies for the new field lacks their members.
void refuse_nested(const RelationPlan &plan, const ColumnPlan &column) {
    const std::string_view type = column.codec.schema.type;
    if (type != "struct" && type != "map") return;
    ereport(
        ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
        errmsg("column \"%.*s\" of table \"%.*s.%.*s\" cannot be added to a row or its headers: "
               "it is a %.*s",
               length(column.name), column.name.data(), length(plan.schema), plan.schema.data(),
               length(plan.table), plan.table.data(), length(type), type.data()),
        errhint("Name another column in add.fields and add.headers, or keep the table out of "
                "the transform with a predicate."));
}

// False when the table has no such field.
bool plan_field(AddedField *added, const RelationPlan &plan, const AddedName &name) {
    added->part = name.part;
    added->name = name.name;
    if (!name.column.empty()) added->column = find_column(plan, name.column);
    if (added->column != nullptr) {
        refuse_nested(plan, *added->column);
        added->schema = added->column->codec.schema;
        return true;
    }
    if (name.field == nullptr) return false;
    added->field = name.field->field;
    added->schema = name.field->schema;
    return true;
}

AddedFields plan_names(const RelationPlan &plan, const AddedNames &names,
                       void (*finish)(AddedField *added, const AddedName &name,
                                      const Options &options),
                       const Options &options) {
    AddedFields fields;
    const auto count = static_cast<std::size_t>(names.count) + 1;
    fields.list = static_cast<AddedField *>(palloc0(sizeof(AddedField) * count));
    for (const AddedName &name : names) {
        AddedField *added = &fields.list[fields.count];
        *added = AddedField();
        if (!plan_field(added, plan, name)) continue;
        finish(added, name, options);
        ++fields.count;
    }
    return fields;
}

[[noreturn]] void refuse_name_twice(const RelationPlan &plan, std::string_view name) {
    ereport(ERROR, errcode(ERRCODE_DUPLICATE_COLUMN),
            errmsg("table \"%.*s.%.*s\" would have two fields \"%.*s\"", length(plan.schema),
                   plan.schema.data(), length(plan.table), plan.table.data(), length(name),
                   name.data()),
            errhint("Give the added one another name: add.fields=op:kind, or add.fields.prefix."));
}

void refuse_names_twice(const RelationPlan &plan, const AddedFields &fields) {
    for (const AddedField &added : fields) {
        if (find_column(plan, added.name) != nullptr) refuse_name_twice(plan, added.name);
        for (const AddedField &earlier : fields) {
            if (&earlier == &added) break;
            if (earlier.name == added.name) refuse_name_twice(plan, added.name);
        }
    }
}

// The value's columns are printed for the value's converter.
void refuse_foreign_decimal(const AddedField &header, const Options &options) {
    if (header.column == nullptr ||
        options.header_converter.decimal_numbers == options.value_converter.decimal_numbers)
        return;
    ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
            errmsg("columns cannot be headers while the value's and the header's converter print "
                   "decimals in different ways"),
            errhint("Set value.converter.decimal.format and header.converter.decimal.format "
                    "alike, or name no column in add.headers."));
}

core::ValueFrame header_frame(const core::SchemaNode &schema, bool optional,
                              const Options &options) {
    if (!options.json_headers || !options.header_schemas) return {};
    return payload_frame(json_text(
        [&](core::ByteSink *sink) { core::write_schema(sink, schema, optional, {}, {}); }));
}

// A tombstone has no `op` of its own; what it gets is a plain string.
std::string_view tombstone_operation(const Options &options) {
    constexpr char kLetter = static_cast<char>(Operation::kDelete);
    const core::ValueFrame frame = header_frame({.type = "string"}, false, options);
    return json_text([&](core::ByteSink *sink) {
        if (!options.json_headers) return sink->append(kLetter);
        sink->append(frame.prefix);
        core::write_json_plain_string(sink, {&kLetter, 1});
        sink->append(frame.suffix);
    });
}

void finish_field(AddedField *added, const AddedName &, const Options &) {
    added->member =
        json_text([&](core::ByteSink *sink) { core::write_member_name(sink, added->name, false); });
}

void finish_header(AddedField *added, const AddedName &name, const Options &options) {
    refuse_foreign_decimal(*added, options);
    added->frame = header_frame(added->schema, true, options);
    if (name.is_operation) added->of_tombstone = tombstone_operation(options);
}

// --- values ---

const RowImage *image_of(const AddedField &added, const Envelope &envelope) {
    return added.part == EventPart::kBefore ? envelope.before : envelope.after;
}

bool is_absent(EventPart part, const Envelope &envelope) {
    switch (part) {
        case EventPart::kBefore:
            return envelope.before == nullptr;
        case EventPart::kAfter:
            return envelope.after == nullptr;
        case EventPart::kTransaction:
            return envelope.facts.transaction == nullptr;
        case EventPart::kEnvelope:
        case EventPart::kSource:
            return false;
    }
    return true;
}

// What stands for a null of the column's own field may be its default; the added field has none.
std::string_view null_of(const ColumnPlan &column) {
    return column.not_null ? column.codec.null_text : std::string_view("null");
}

void write_column_value(core::ByteSink *sink, const ColumnPlan &column, const RowImage &row,
                        EncodeFn encode) {
    const Datum value = row.values[column.attribute];
    if (row.nulls[column.attribute])
        sink->append(null_of(column));
    else if (column.by_reference && is_unchanged_toast(value))
        sink->append(column.codec.unavailable.empty() ? null_of(column) : column.unavailable);
    else
        encode(sink, value, column.codec);
}

void write_value(core::ByteSink *sink, const AddedField &added, const Envelope &envelope) {
    if (is_absent(added.part, envelope))
        core::write_json_null(sink);
    else if (added.column != nullptr)
        write_column_value(sink, *added.column, *image_of(added, envelope),
                           added.column->codec.encode);
    else
        core::write_event_field(sink, added.field, envelope.facts);
}

// Kafka's SimpleHeaderConverter prints some types otherwise.
void write_plain_value(core::ByteSink *sink, const AddedField &added, const Envelope &envelope) {
    const bool is_apart = added.column != nullptr && added.column->codec.encode_header != nullptr;
    if (is_apart && !is_absent(added.part, envelope))
        write_column_value(sink, *added.column, *image_of(added, envelope),
                           added.column->codec.encode_header);
    else
        write_value(sink, added, envelope);
}

std::string_view json_header(const AddedField &header, const Envelope &envelope) {
    return json_text([&](core::ByteSink *sink) {
        sink->append(header.frame.prefix);
        write_value(sink, header, envelope);
        sink->append(header.frame.suffix);
    });
}

core::EventHeader plain_header(const AddedField &header, const Envelope &envelope) {
    const std::string_view json =
        json_text([&](core::ByteSink *sink) { write_plain_value(sink, header, envelope); });
    if (json == "null") return {.name = header.name, .is_null = true};
    return {.name = header.name,
            .value = json_text([&](core::ByteSink *sink) { core::append_plain_text(sink, json); })};
}

}  // namespace

AddedFields plan_added_fields(const RelationPlan &plan, const AddedNames &names,
                              const Options &options) {
    const AddedFields fields = plan_names(plan, names, finish_field, options);
    refuse_names_twice(plan, fields);
    return fields;
}

AddedFields plan_added_headers(const RelationPlan &plan, const AddedNames &names,
                               const Options &options) {
    return plan_names(plan, names, finish_header, options);
}

void write_added_schemas(core::ByteSink *sink, const AddedFields &fields, bool first) {
    for (const AddedField &added : fields) {
        if (!first) core::write_json_comma(sink);
        first = false;
        core::write_schema(sink, added.schema, true, {}, added.name);
    }
}

std::size_t write_added_members(core::ByteSink *sink, const AddedFields &fields,
                                const Envelope &envelope) {
    std::size_t marker_at = 0;
    for (const AddedField &added : fields) {
        sink->append(added.member);
        const bool is_marker =
            added.column == nullptr && added.field == core::EventField::kSourceSnapshot;
        if (is_marker) marker_at = sink->size + 1;  // behind the quote
        write_value(sink, added, envelope);
    }
    return marker_at;
}

void write_added_headers(core::ChunkWriter *writer, const AddedFields &headers,
                         const RelationPlan &plan, const Envelope &envelope) {
    for (const AddedField &added : headers) {
        core::EventHeader header =
            plan.json_headers
                ? core::EventHeader{.name = added.name, .value = json_header(added, envelope)}
                : plain_header(added, envelope);
        header.behind_context = true;
        writer->event_header(header);
    }
}

void write_tombstone_headers(core::ChunkWriter *writer, const AddedFields &headers) {
    for (const AddedField &added : headers) {
        if (!added.of_tombstone.empty())
            writer->event_header(
                {.name = added.name, .value = added.of_tombstone, .behind_context = true});
    }
}

std::string_view text_of_column(const ColumnPlan &column, const RowImage &row) {
    const std::string_view json = json_text(
        [&](core::ByteSink *sink) { write_column_value(sink, column, row, column.codec.encode); });
    if (json == "null") return {};
    return json_text([&](core::ByteSink *sink) { core::append_plain_text(sink, json); });
}

}  // namespace outflow::plugin
