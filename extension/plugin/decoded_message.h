// Logical messages whose content is a JSON object with the columns of an outbox row: what
// Debezium's DecodeLogicalDecodingMessageContent makes of them for the EventRouter behind it.
#pragma once

#include "outbox_plan.h"
#include "row_encoder.h"

namespace outflow::plugin {

// The plan of the table that such messages would be rows of, in the current context, the session's.
// nullptr where messages stay messages. Raises an error for a configuration that cannot be.
RelationPlan *make_message_plan(const Options &options);

// Writes the event of one message. Raises an error for a content that gives none, as the reference
// does. `now_ms`: the record's timestamp.
void write_decoded_message(RecordSink *out, const RelationPlan &plan, const core::EventStart &start,
                           std::int64_t now_ms, std::string_view content);

}  // namespace outflow::plugin
