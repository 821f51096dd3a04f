// What the stream and the SQL functions share around an event: the parts of `source`, and clocks as
// Unix time.
#pragma once

#include <string_view>

#include "core/envelope_writer.h"
#include "core/source_info.h"
#include "options.h"
#include "pg/pg.h"

namespace outflow::plugin {

// Makes the sinks empty, with room for what they usually hold; their bytes live in the context that
// is current now.
void init_source_parts(core::SourceParts *parts);
void init_clock(core::EnvelopeClock *clock);

// What `source` says apart from a transaction: prefix, database, version.
core::SourceInfo source_of(const Options &options, std::string_view database);

std::int64_t unix_time_us(TimestampTz time);
std::int64_t unix_time_ns();  // now

}  // namespace outflow::plugin
