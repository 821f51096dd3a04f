// When what the plugin has written leaves: in `chunks`, at the target size, before the walsender
// would wait, and in the SQL slot functions at each commit; in `json`, each event at once.
#pragma once

#include "row_encoder.h"
#include "state.h"

namespace outflow::plugin {

// Wraps the reader's page_read, so that an open chunk is sent before the server waits for WAL.
// Call last in the start-up callback.
void install_idle_flush(LogicalDecodingContext *ctx);

// Starts a chunk when none is open, and reads the clock for it.
void ensure_chunk(State *state);

// Writes the relation's record before its first event in this stream.
void announce(State *state, RelationPlan *plan);
void announce_messages(State *state);
void announce_transactions(State *state);

// Where the encoders of one change put their records.
RecordSink record_sink(LogicalDecodingContext *ctx);

// After a change, a message or a commit: sends the chunk when it is large enough, or when nobody
// would send it later (`boundary` in the SQL slot functions).
void after_records(LogicalDecodingContext *ctx, bool boundary);

// Refuses an event that no server message can hold, naming the relation.
void check_event_size(const State &state, std::size_t begin, std::string_view relation);

}  // namespace outflow::plugin
