// One event as a line of JSON, for `--sink stdout`:
// {"topic":…,"key":…,"headers":{…},"value":…}. Key and value are JSON already and stand there as
// they are; a tombstone's value and a missing key are null.
#pragma once

#include <string_view>

#include "core/byte_sink.h"
#include "core/chunk_reader.h"
#include "event/context_headers.h"

namespace outflow::relay {

// The event's own headers first, then `context`. Ends with a newline.
void append_json_line(core::ByteSink *line, std::string_view topic, const core::EventRecord &record,
                      const ContextHeaders &context);

}  // namespace outflow::relay
