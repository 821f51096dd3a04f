// Kafka Connect schema nodes as JsonConverter prints them (`schemas.enable=true`). Attribute order
// inside a node: type, items|fields, optional, name, version, doc, parameters, default, field.
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// The part of a node that a type decides; views must outlive the node.
struct SchemaNode {
    std::string_view type;     // Connect's word: boolean int8 … string bytes array map struct
    std::string_view members;  // `"items":…`, `"keys":…` or `"fields":[…]`; empty for scalars
    std::string_view name;     // semantic type, empty for none
    int version = 0;           // 0: none
    std::string_view doc;
    std::string_view parameters;  // JSON object; empty for none
};

// A node. `default_json` and `field` are left out when empty (a field named "" cannot exist).
void write_schema(ByteSink *sink, const SchemaNode &node, bool optional,
                  std::string_view default_json, std::string_view field);

// The same in pieces, for a node whose members are written in place: begin, then items and a node,
// or fields, nodes with commas between them and `]`, then the rest.
void begin_schema(ByteSink *sink, std::string_view type);
void begin_schema_items(ByteSink *sink);
void begin_schema_fields(ByteSink *sink);
void end_schema(ByteSink *sink, const SchemaNode &node, bool optional,
                std::string_view default_json, std::string_view field);

// `"items":<node>` of an array.
void write_schema_items(ByteSink *sink, const SchemaNode &element, bool element_optional);

// `"keys":<node>,"values":<node>` of a map: keys required, values optional.
void write_schema_map(ByteSink *sink, const SchemaNode &keys, const SchemaNode &values);

// One entry of a `parameters` object, with the opening brace when `first`.
void write_schema_parameter(ByteSink *sink, bool first, std::string_view name,
                            std::string_view value);

// The schema of a table's values: `row_fields` is the comma-separated list of the columns' nodes,
// printed for `before` and for `after`; `topic` is the stem of the schema names.
void write_envelope_schema(ByteSink *sink, std::string_view topic, std::string_view row_fields);
// The schema of a row that is a value by itself.
void write_row_schema(ByteSink *sink, std::string_view topic, std::string_view row_fields,
                      bool optional);
// The schema of a table's keys.
void write_key_schema(ByteSink *sink, std::string_view topic, std::string_view key_fields);
// The schema of a logical message's value; `content` is the node of binary.handling.mode.
void write_message_schema(ByteSink *sink, const SchemaNode &content);

extern const std::string_view kMessageKeySchema;
// Fields of structs, as `members` of their nodes.
extern const std::string_view kVariableScaleDecimalMembers;
extern const std::string_view kPointMembers;
extern const std::string_view kGeometryMembers;

// `{"schema":<schema>,"payload":`; whoever calls it appends the payload and `}`.
void begin_payload(ByteSink *sink, std::string_view schema);

}  // namespace outflow::core
