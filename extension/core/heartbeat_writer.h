// Key and value of a heartbeat record. Schemas: Debezium 3.6.1
// (io.debezium.connector.common.ServerNameKey and Heartbeat).
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

void write_heartbeat_key(ByteSink *sink, std::string_view server_name, bool with_schema);
void write_heartbeat_value(ByteSink *sink, std::int64_t now_ms, bool with_schema);

}  // namespace outflow::core
