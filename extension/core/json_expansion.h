// A JSON document as a Connect struct, its schema inferred from the values, as Debezium's
// JsonSchemaData does it (`table.expand.json.payload`): objects become structs, integers int32 or
// int64, fractions float64, an array takes the type of its elements, and the objects of an array
// are merged into one struct. Members that are null and empty arrays have no type and are dropped.
//
// Total and bounded like json_tree.h, whose memory it shares; one expansion is made for many
// documents.
#pragma once

#include "json_tree.h"

namespace outflow::core {

// More than this is not printed: objects of one array multiply their members by merging.
constexpr std::size_t kMaxExpandedBytes = 64u << 20;

enum class SchemaKind : std::uint8_t {
    kNone,  // cannot be told: an empty array, a null
    kString,
    kBool,
    kInt32,
    kInt64,
    kDouble,
    kBytes,  // a null that is kept
    kArray,
    kStruct,
};

struct InferredSchema {
    SchemaKind kind = SchemaKind::kNone;
    bool optional = true;
    bool has_name = false;
    JsonText name;
    std::uint32_t items = 0;  // of an array
    std::uint32_t first = 0;  // field of a struct
    std::uint32_t last = 0;
    std::uint32_t count = 0;
};

struct InferredField {
    JsonText name;
    std::uint32_t schema = 0;
    std::uint32_t next = 0;
};

// A value of an expanded document. Schema 0: none is there.
struct ExpandedMember {
    std::uint32_t schema = 0;
    std::uint32_t node = 0;
};

class JsonExpansion {
 public:
    enum class Result : std::uint8_t {
        kExpanded,
        kNotJson,  // to be printed as the text that it is
        kUntyped,  // `[]`: the same, but the reference knows no schema for it either
    };

    JsonTree tree;
    ByteSink schemas;
    ByteSink fields;

    // Infers the schema of a document, which must begin with `{` or `[`. `name` is that of the
    // outermost struct, none where empty. `keep_nulls`: a null member becomes optional bytes.
    Result read(std::string_view json, std::string_view name, bool keep_nulls);

    // The document, and its members; one that is null is not there.
    ExpandedMember whole() const { return {schema_, 0}; }
    ExpandedMember find_member(std::string_view name) const;
    SchemaKind kind(ExpandedMember of) const { return schema(of.schema).kind; }

    // The schema's node, for a field unless `field` is empty.
    void write_schema(ByteSink *sink, ExpandedMember of, std::string_view field) const;

    // The value under its schema. False when a value does not fit (in the reference that ends the
    // task); then the sink is as it was.
    bool write_value(ByteSink *sink, ExpandedMember of) const;

    // Equal for equal schemas.
    std::uint64_t fingerprint(ExpandedMember of) const { return fingerprint(of.schema); }

 private:
    friend struct SchemaInference;

    const InferredSchema &schema(std::uint32_t at) const {
        return reinterpret_cast<const InferredSchema *>(schemas.data)[at];
    }
    const InferredField &field(std::uint32_t at) const {
        return reinterpret_cast<const InferredField *>(fields.data)[at];
    }
    std::uint64_t fingerprint(std::uint32_t schema) const;
    void write_node(ByteSink *sink, std::uint32_t schema, std::string_view field) const;
    bool write(ByteSink *sink, std::size_t begin, const JsonNode &node, std::uint32_t schema) const;
    bool write_array(ByteSink *sink, std::size_t begin, const JsonNode &node,
                     std::uint32_t schema) const;
    bool write_struct(ByteSink *sink, std::size_t begin, const JsonNode &node,
                      std::uint32_t schema) const;

    std::uint32_t schema_ = 0;
};

}  // namespace outflow::core
