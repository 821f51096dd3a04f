// One event of an outbox as a record; what a table's rows and outflow.outbox_emit share.
#pragma once

#include "row_encoder.h"

namespace outflow::plugin {

// Headers that do not come from the row.
struct EventHeaders {
    std::string_view old_key;  // the connector's, of a changed key; empty for none
    std::string_view more;     // header bytes (core/chunk_format.h), valid ones
};

// Raises an error for a row that gives no event, as the reference does.
void write_event_record(RecordSink *out, const RelationPlan &plan, const ChangeFrame &frame,
                        const RowImage &row, core::Operation operation,
                        const EventHeaders &headers);

}  // namespace outflow::plugin
