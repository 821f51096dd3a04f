// The Connect schemas of a table's keys and values, as frames around the payload. Made with the
// plan; allocated in the current context.
#pragma once

#include "relation_plan.h"

namespace outflow::plugin {

// `{"schema":<schema>,"payload":` and `}`.
core::ValueFrame payload_frame(std::string_view schema);

// A column's node: of a field, or alone where `field` is empty.
void write_column_schema(core::ByteSink *sink, const ColumnPlan &column, std::string_view field);

// The nodes of the table's columns, comma-separated.
std::string_view value_fields(const RelationPlan &plan);

// The key's frame; empty without key schemas.
core::ValueFrame key_frame(const RelationPlan &plan, const Options &options);
// The same around a key in a header; empty unless headers are JSON with schemas.
core::ValueFrame header_frame(const RelationPlan &plan, const Options &options);

}  // namespace outflow::plugin
