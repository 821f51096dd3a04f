// Shape: the form of a table's records: Debezium's envelope, or what one of its transforms makes of
// it. A table has one, chosen when its plan is made; a callback goes through it once a change.
#pragma once

#include "row_encoder.h"

namespace outflow::plugin {

struct Shape {
    // Completes a plan whose columns and key are known, with all that depends on the shape.
    void (*plan)(RelationPlan *plan, const Options &options);
    // One change each. Every event of it is counted (frame.events), printed or not; the records
    // (none, one or several) share the frame's ordinal.
    void (*insert)(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &row);
    void (*update)(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage *old_row, const RowImage &row);
    void (*remove)(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                   const RowImage &old_row);
    void (*truncate)(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                     bool more_of_ordinal);
    // `row` of a snapshot or a preview, with any operation.
    void (*read)(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                 const RowImage &row, core::Operation operation);
};

extern const Shape kEnvelopeShape;
extern const Shape kFlatShape;    // ExtractNewRecordState
extern const Shape kOutboxShape;  // EventRouter

// Sets the plan's shape and its final topic: walks through the session's transforms with the topic
// that the table has without them.
void choose_shape(RelationPlan *plan, const Options &options);

}  // namespace outflow::plugin
