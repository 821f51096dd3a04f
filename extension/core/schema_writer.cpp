#include "schema_writer.h"

#include "json_writer.h"

namespace outflow::core {
namespace {

constexpr std::string_view kSourceSchema =
    R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"version"},)"
    R"({"type":"string","optional":false,"field":"connector"},)"
    R"({"type":"string","optional":false,"field":"name"},)"
    R"({"type":"int64","optional":false,"field":"ts_ms"},)"
    R"({"type":"string","optional":true,"name":"io.debezium.data.Enum","version":1,)"
    R"("parameters":{"allowed":"true,first,first_in_data_collection,last_in_data_collection,)"
    R"(last,false,incremental"},"default":"false","field":"snapshot"},)"
    R"({"type":"string","optional":false,"field":"db"},)"
    R"({"type":"string","optional":true,"field":"sequence"},)"
    R"({"type":"int64","optional":true,"field":"ts_us"},)"
    R"({"type":"int64","optional":true,"field":"ts_ns"},)"
    R"({"type":"string","optional":false,"field":"schema"},)"
    R"({"type":"string","optional":false,"field":"table"},)"
    R"({"type":"int64","optional":true,"field":"txId"},)"
    R"({"type":"int64","optional":true,"field":"lsn"},)"
    R"({"type":"int64","optional":true,"field":"xmin"},)"
    R"({"type":"string","optional":true,"field":"origin"},)"
    R"({"type":"int64","optional":true,"field":"origin_lsn"}],"optional":false,)"
    R"("name":"io.debezium.connector.postgresql.Source","version":1,"field":"source"})";

constexpr std::string_view kTransactionSchema =
    R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"id"},)"
    R"({"type":"int64","optional":false,"field":"total_order"},)"
    R"({"type":"int64","optional":false,"field":"data_collection_order"}],"optional":true,)"
    R"("name":"event.block","version":1,"field":"transaction"})";

void write_name(ByteSink *sink, std::string_view topic, std::string_view suffix) {
    sink->append(R"("name":")");
    write_json_string_body(sink, topic);
    sink->append(suffix);
    sink->append('"');
}

void write_image_schema(ByteSink *sink, std::string_view topic, std::string_view row_fields,
                        std::string_view field) {
    sink->append(R"({"type":"struct","fields":[)");
    sink->append(row_fields);
    sink->append(R"(],"optional":true,)");
    write_name(sink, topic, ".Value");
    sink->append(R"(,"field":)");
    write_json_string(sink, field);
    sink->append('}');
}

}  // namespace

const std::string_view kMessageKeySchema =
    R"({"type":"struct","fields":[{"type":"string","optional":true,"field":"prefix"}],)"
    R"("optional":false,"name":"io.debezium.connector.postgresql.MessageKey","version":1})";

const std::string_view kVariableScaleDecimalMembers =
    R"("fields":[{"type":"int32","optional":false,"field":"scale"},)"
    R"({"type":"bytes","optional":false,"field":"value"}])";

const std::string_view kPointMembers =
    R"("fields":[{"type":"double","optional":false,"field":"x"},)"
    R"({"type":"double","optional":false,"field":"y"},)"
    R"({"type":"bytes","optional":true,"field":"wkb"},)"
    R"({"type":"int32","optional":true,"field":"srid"}])";

const std::string_view kGeometryMembers =
    R"("fields":[{"type":"bytes","optional":false,"field":"wkb"},)"
    R"({"type":"int32","optional":true,"field":"srid"}])";

void write_schema(ByteSink *sink, const SchemaNode &node, bool optional,
                  std::string_view default_json, std::string_view field) {
    begin_schema(sink, node.type);
    if (!node.members.empty()) {
        sink->append(',');
        sink->append(node.members);
    }
    end_schema(sink, node, optional, default_json, field);
}

void begin_schema(ByteSink *sink, std::string_view type) {
    sink->append(R"({"type":)");
    write_json_string(sink, type);
}

void begin_schema_items(ByteSink *sink) { sink->append(R"(,"items":)"); }

void begin_schema_fields(ByteSink *sink) { sink->append(R"(,"fields":[)"); }

void end_schema(ByteSink *sink, const SchemaNode &node, bool optional,
                std::string_view default_json, std::string_view field) {
    sink->append(R"(,"optional":)");
    write_json_bool(sink, optional);
    if (!node.name.empty()) {
        sink->append(R"(,"name":)");
        write_json_string(sink, node.name);
    }
    if (node.version != 0) {
        sink->append(R"(,"version":)");
        write_json_int(sink, node.version);
    }
    if (!node.doc.empty()) {
        sink->append(R"(,"doc":)");
        write_json_string(sink, node.doc);
    }
    if (!node.parameters.empty()) {
        sink->append(R"(,"parameters":)");
        sink->append(node.parameters);
    }
    if (!default_json.empty()) {
        sink->append(R"(,"default":)");
        sink->append(default_json);
    }
    if (!field.empty()) {
        sink->append(R"(,"field":)");
        write_json_string(sink, field);
    }
    sink->append('}');
}

void write_schema_items(ByteSink *sink, const SchemaNode &element, bool element_optional) {
    sink->append(R"("items":)");
    write_schema(sink, element, element_optional, {}, {});
}

void write_schema_map(ByteSink *sink, const SchemaNode &keys, const SchemaNode &values) {
    sink->append(R"("keys":)");
    write_schema(sink, keys, false, {}, {});
    sink->append(R"(,"values":)");
    write_schema(sink, values, true, {}, {});
}

void write_schema_parameter(ByteSink *sink, bool first, std::string_view name,
                            std::string_view value) {
    sink->append(first ? '{' : ',');
    write_json_string(sink, name);
    sink->append(':');
    write_json_string(sink, value);
}

void write_envelope_schema(ByteSink *sink, std::string_view topic, std::string_view row_fields) {
    sink->append(R"({"type":"struct","fields":[)");
    write_image_schema(sink, topic, row_fields, "before");
    sink->append(',');
    write_image_schema(sink, topic, row_fields, "after");
    sink->append(',');
    sink->append(kSourceSchema);
    sink->append(',');
    sink->append(kTransactionSchema);
    sink->append(R"(,{"type":"string","optional":false,"field":"op"},)"
                 R"({"type":"int64","optional":true,"field":"ts_ms"},)"
                 R"({"type":"int64","optional":true,"field":"ts_us"},)"
                 R"({"type":"int64","optional":true,"field":"ts_ns"}],"optional":false,)");
    write_name(sink, topic, ".Envelope");
    sink->append(R"(,"version":2})");
}

void write_row_schema(ByteSink *sink, std::string_view topic, std::string_view row_fields,
                      bool optional) {
    sink->append(R"({"type":"struct","fields":[)");
    sink->append(row_fields);
    sink->append(R"(],"optional":)");
    write_json_bool(sink, optional);
    sink->append(',');
    write_name(sink, topic, ".Value");
    sink->append('}');
}

void write_key_schema(ByteSink *sink, std::string_view topic, std::string_view key_fields) {
    sink->append(R"({"type":"struct","fields":[)");
    sink->append(key_fields);
    sink->append(R"(],"optional":false,)");
    write_name(sink, topic, ".Key");
    sink->append('}');
}

void write_message_schema(ByteSink *sink, const SchemaNode &content) {
    sink->append(R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"op"},)"
                 R"({"type":"int64","optional":true,"field":"ts_ms"},)");
    sink->append(kSourceSchema);
    sink->append(',');
    sink->append(kTransactionSchema);
    sink->append(R"(,{"type":"struct","fields":[{"type":"string","optional":true,)"
                 R"("field":"prefix"},)");
    write_schema(sink, content, true, {}, "content");
    sink->append(R"(],"optional":false,"name":"io.debezium.connector.postgresql.Message",)"
                 R"("version":1,"field":"message"}],"optional":false,)"
                 R"("name":"io.debezium.connector.postgresql.MessageValue","version":1})");
}

void begin_payload(ByteSink *sink, std::string_view schema) {
    sink->append(R"({"schema":)");
    sink->append(schema);
    sink->append(R"(,"payload":)");
}

}  // namespace outflow::core
