// What the shapes of a table's records share: the beginning of a record, the columns of a row, and
// the headers of a key change. Defined in row_encoder.cpp.
#pragma once

#include "row_encoder.h"

namespace outflow::plugin {

// Records of a change share relation, ordinal and LSN; the first of several say that more follow.
core::EventStart start_of(const RelationPlan &plan, const ChangeFrame &frame,
                          core::Operation operation, bool has_value, bool more);

// Everything before the value.
void begin_record(RecordSink *out, const RelationPlan &plan, const core::EventStart &start,
                  const RowImage *key_row);

// The columns; nothing, not even a brace, when there is none.
void write_members(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row);

// Takes what an update did not write again from the old row, which has it under full identity.
void fill_unchanged(const RelationPlan &plan, const RowImage &old_row, const RowImage &row);

// The text of a key-change header.
std::string_view key_header(const RelationPlan &plan, const RowImage &row);

}  // namespace outflow::plugin
