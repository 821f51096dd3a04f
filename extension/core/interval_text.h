// Intervals as Debezium prints them, from the three fields of PostgreSQL's Interval. They are split
// into years … seconds as the server's text in IntervalStyle postgres splits them, because the
// reference reads that text. The infinite intervals of PostgreSQL 17 are printed as zero.
#pragma once

#include <cstdint>

#include "byte_sink.h"

namespace outflow::core {

// io.debezium.time.MicroDuration: microseconds, with 30.4375 days to a month; saturates.
void write_json_interval_micros(ByteSink *sink, std::int32_t months, std::int32_t days,
                                std::int64_t micros);

// io.debezium.time.Interval: "P1Y2M3DT4H5M6.78S", every part present and with its own sign.
void write_json_interval_iso(ByteSink *sink, std::int32_t months, std::int32_t days,
                             std::int64_t micros);

}  // namespace outflow::core
