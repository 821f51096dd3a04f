// What the shapes of a table's records share: the beginning of a record, the columns of a row, and
// the headers of a key change. Defined in row_encoder.cpp.
#pragma once

#include "row_encoder.h"

namespace outflow::plugin {

// Records of a change share relation, ordinal and LSN; the first of several say that more follow.
core::EventStart start_of(const RelationPlan &plan, const ChangeFrame &frame,
                          core::Operation operation, bool has_value, bool more);

// Whether records of the operation are written; a key change is one of each.
bool writes(const RelationPlan &plan, ReorderBufferChangeType action);

// Everything before the value.
void begin_record(RecordSink *out, const RelationPlan &plan, const core::EventStart &start,
                  const RowImage *key_row);

// The columns; nothing, not even a brace, when there is none.
void write_members(core::ByteSink *sink, const RelationPlan &plan, const RowImage &row);

// Whether an update is a key change. Under full identity the old row holds the values that the
// update did not write again; they are taken into the new one first.
bool changes_key(const RelationPlan &plan, const RowImage *old_row, const RowImage &row);

// Ties the records of a key change together; none without a name.
struct KeyHeader {
    std::string_view name;
    std::string_view value;
};

// What follows the value: its header, and the end.
void end_record(RecordSink *out, const KeyHeader &header);

// The record with the key and nothing else that follows a delete. `more`: a record of the same
// change follows.
void write_tombstone(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                     const RowImage &key_row, bool more, const KeyHeader &header);

// The text of a key-change header.
std::string_view key_header(const RelationPlan &plan, const RowImage &row);

}  // namespace outflow::plugin
