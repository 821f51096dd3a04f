// The value of an outbox event: its payload as JSON, or expanded, alone or in a struct with further
// columns.
#pragma once

#include "outbox_plan.h"
#include "row_encoder.h"

namespace outflow::core {
class JsonExpansion;
}

namespace outflow::plugin {

struct Payload {
    std::string_view json;  // `null` for none
    bool is_null = false;
    bool is_text = false;  // a string in the reference; what is bytes there is never blank
    bool is_expanded = false;
    bool is_untyped = false;  // has no schema in the reference
    core::JsonExpansion *expansion = nullptr;
};

// One with memory in the current context.
core::JsonExpansion *make_expansion();

// In the current context, the row's.
Payload read_payload(const OutboxPlan &outbox, const RowImage &row);

// Nothing, or nothing but blanks.
bool is_empty(const Payload &payload);

// Whether the record has a value at all; without one it is a tombstone.
bool has_bytes(ConverterClass converter, const ColumnPlan &column, bool is_null, bool in_struct);

void write_outbox_value(core::ByteSink *sink, const RelationPlan &plan, const Payload &payload,
                        const RowImage &row, std::string_view route_value);

// A column alone, as key or value.
void write_converted(core::ByteSink *sink, ConverterClass converter, const ColumnPlan &column,
                     const RowImage &row, std::string_view json, const core::ValueFrame &frame);

// JSON of a column in the current context. A null is its default, if it has one: the transform
// reads it so, whatever the converter is told (replace.null.with.default).
std::string_view column_json(const ColumnPlan &column, const RowImage &row);

}  // namespace outflow::plugin
