// add.fields and add.headers of ExtractNewRecordState for one table: parts of the envelope that go
// with a row. Made with the plan; allocated in the current context.
#pragma once

#include "row_encoder.h"
#include "unwrap_options.h"

namespace outflow::plugin {

// The envelope that a flat record is taken out of.
struct Envelope {
    core::EventFacts facts;
    const RowImage *before = nullptr;
    const RowImage *after = nullptr;
};

struct AddedField {
    EventPart part = EventPart::kEnvelope;
    const ColumnPlan *column = nullptr;  // nullptr: `field`
    core::EventField field = core::EventField::kOperation;
    std::string_view name;
    std::string_view member;  // `,"name":`
    core::SchemaNode schema;
    core::ValueFrame frame;         // of a header by JsonConverter
    std::string_view of_tombstone;  // what a header of a tombstone says; empty: there is none
};

struct AddedFields {
    AddedField *list = nullptr;
    int count = 0;

    const AddedField *begin() const { return list; }
    const AddedField *end() const { return list + count; }
};

// What of the names there is for this table: unknown ones are left out.
AddedFields plan_added_fields(const RelationPlan &plan, const AddedNames &names,
                              const Options &options);
// The same as headers.
AddedFields plan_added_headers(const RelationPlan &plan, const AddedNames &names,
                               const Options &options);

// Appends the schema nodes, each behind a comma unless `first`.
void write_added_schemas(core::ByteSink *sink, const AddedFields &fields, bool first);

// Appends the members behind the columns. Returns the absolute offset of the snapshot word, 0 for
// none.
std::size_t write_added_members(core::ByteSink *sink, const AddedFields &fields,
                                const Envelope &envelope);

void write_added_headers(core::ChunkWriter *writer, const AddedFields &headers,
                         const RelationPlan &plan, const Envelope &envelope);
// Of a tombstone, which has no envelope.
void write_tombstone_headers(core::ChunkWriter *writer, const AddedFields &headers);

// A column's value as plain text, or empty for a null.
std::string_view text_of_column(const ColumnPlan &column, const RowImage &row);

}  // namespace outflow::plugin
