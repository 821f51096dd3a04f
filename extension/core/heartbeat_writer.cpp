#include "heartbeat_writer.h"

#include "json_writer.h"
#include "schema_writer.h"

namespace outflow::core {
namespace {

constexpr std::string_view kKeySchema =
    R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"serverName"}],)"
    R"("optional":false,"name":"io.debezium.connector.common.ServerNameKey","version":1})";
constexpr std::string_view kValueSchema =
    R"({"type":"struct","fields":[{"type":"int64","optional":false,"field":"ts_ms"}],)"
    R"("optional":false,"name":"io.debezium.connector.common.Heartbeat","version":1})";

}  // namespace

void write_heartbeat_key(ByteSink *sink, std::string_view server_name, bool with_schema) {
    if (with_schema) begin_payload(sink, kKeySchema);
    begin_json_object(sink);
    write_json_name(sink, "serverName");
    write_json_string(sink, server_name);
    end_json_object(sink);
    if (with_schema) end_json_object(sink);
}

void write_heartbeat_value(ByteSink *sink, std::int64_t now_ms, bool with_schema) {
    if (with_schema) begin_payload(sink, kValueSchema);
    begin_json_object(sink);
    write_json_name(sink, "ts_ms");
    write_json_int(sink, now_ms);
    end_json_object(sink);
    if (with_schema) end_json_object(sink);
}

}  // namespace outflow::core
