// Events of outflow.outbox_emit: logical messages that become the records an outbox table with the
// same content would give, under the session's outbox transform or, without one, its defaults.
#pragma once

#include "relation_plan.h"
#include "row_encoder.h"

namespace outflow::core {
struct OutboxMessage;
}

namespace outflow::plugin {

// The plans of the table that is not there: one for each kind of payload, made when first needed.
// They live in the session's memory and never change.
struct OutboxEmitter {
    RelationPlan *plans[3] = {};
};

// Reads the content of a message under core::kOutboxPrefix. False when it is no event that can be
// delivered: it stays an ordinary message. Raises no error about the content.
bool read_outbox_event(OutboxEmitter *emitter, const Options &options, MemoryContext context,
                       std::string_view content, core::OutboxMessage *message);

// Writes its record; the content was read.
void write_outbox_event(RecordSink *out, const OutboxEmitter &emitter, const ChangeFrame &frame,
                        const core::OutboxMessage &message);

}  // namespace outflow::plugin
