#include "json_expansion.h"

#include "json_writer.h"
#include "schema_writer.h"

namespace outflow::core {
namespace {

// Names of nested structs repeat those around them.
constexpr std::size_t kMaxTextBytes = 64u << 20;

bool is_blank(std::string_view text) {
    for (const char byte : text)
        if (static_cast<unsigned char>(byte) > ' ') return false;
    return true;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    return (hash ^ value) * 0x9E3779B97F4A7C15u + (hash >> 29);
}

std::uint64_t mix_text(std::uint64_t hash, std::string_view text) {
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211u;
    return mix(hash, text.size());
}

std::string_view type_word(SchemaKind kind) {
    switch (kind) {
        case SchemaKind::kString:
            return "string";
        case SchemaKind::kBool:
            return "boolean";
        case SchemaKind::kInt32:
            return "int32";
        case SchemaKind::kInt64:
            return "int64";
        case SchemaKind::kDouble:
            return "double";
        case SchemaKind::kArray:
            return "array";
        case SchemaKind::kStruct:
            return "struct";
        default:
            return "bytes";
    }
}

}  // namespace

// The name that a struct would get: known while walking down, written only where one is.
struct SchemaPath {
    const SchemaPath *parent = nullptr;
    JsonText name;
    bool named = true;  // what lies inside an array of arrays has no name of its own
};

// Infers schemas; `failed` when the reference gives up, and with it the whole document.
struct SchemaInference {
    JsonExpansion *out;
    bool keep_nulls;
    bool failed = false;

    InferredSchema &schema(std::uint32_t at) {
        return reinterpret_cast<InferredSchema *>(out->schemas.data)[at];
    }
    InferredField &field(std::uint32_t at) {
        return reinterpret_cast<InferredField *>(out->fields.data)[at];
    }
    const JsonNode &node(std::uint32_t at) const { return out->tree.node(at); }
    std::string_view view(JsonText text) const { return out->tree.view(text); }

    std::uint32_t add_schema(const InferredSchema &schema) {
        out->schemas.append({reinterpret_cast<const char *>(&schema), sizeof schema});
        return static_cast<std::uint32_t>(out->schemas.size / sizeof schema - 1);
    }
    void add_field(std::uint32_t owner, JsonText name, std::uint32_t of) {
        const InferredField fresh = {name, of, 0};
        out->fields.append({reinterpret_cast<const char *>(&fresh), sizeof fresh});
        const auto at = static_cast<std::uint32_t>(out->fields.size / sizeof fresh - 1);
        InferredSchema &into = schema(owner);
        (into.last == 0 ? into.first : field(into.last).next) = at;
        into.last = at;
        ++into.count;
    }

    // One schema for each scalar kind, at the kind's own number: comparing numbers compares types.
    void start() {
        out->schemas.clear();
        out->fields.clear();
        for (int kind = 0; kind <= static_cast<int>(SchemaKind::kBytes); ++kind)
            add_schema({.kind = static_cast<SchemaKind>(kind)});
        const InferredField none;  // so that 0 stands for no field
        out->fields.append({reinterpret_cast<const char *>(&none), sizeof none});
    }
    static std::uint32_t scalar(SchemaKind kind) { return static_cast<std::uint32_t>(kind); }

    // Appends `a.b.c`; a blank name is no prefix.
    void append_path(const SchemaPath &path) {
        if (path.parent != nullptr) {
            const std::size_t begin = out->tree.texts.size;
            append_path(*path.parent);
            if (is_blank(out->tree.texts.view_from(begin)))
                out->tree.texts.size = begin;
            else
                out->tree.texts.append('.');
        }
        out->tree.texts.reserve(path.name.bytes);  // or the name would move while it is copied
        out->tree.texts.append(view(path.name));
    }
    void name_struct(InferredSchema *into, const SchemaPath &path) {
        into->has_name = path.named;
        if (!path.named) return;
        const std::size_t begin = out->tree.texts.size;
        append_path(path);
        into->name = {static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(out->tree.texts.size - begin)};
        failed |= out->tree.texts.size > kMaxTextBytes;
    }

    std::uint32_t infer_struct(const JsonNode &object, const SchemaPath &path) {
        InferredSchema fresh = {.kind = SchemaKind::kStruct};
        name_struct(&fresh, path);
        const std::uint32_t owner = add_schema(fresh);
        for (std::uint32_t at = object.first; at != 0 && !failed; at = node(at).next) {
            const JsonText name = node(at).name;
            // Below an unnamed struct names begin anew.
            const std::uint32_t of =
                infer(at, {.parent = path.named ? &path : nullptr, .name = name});
            if (of == 0) continue;
            failed |= name.bytes == 0;  // Connect has no field without a name
            add_field(owner, name, of);
        }
        return owner;
    }

    std::uint32_t infer(std::uint32_t at, const SchemaPath &path) {
        // The node's array may not move: the tree is complete.
        const JsonNode &value = node(at);
        switch (value.kind) {
            case JsonKind::kNull:
                return keep_nulls ? scalar(SchemaKind::kBytes) : 0;
            case JsonKind::kBool:
                return scalar(SchemaKind::kBool);
            case JsonKind::kInt32:
                return scalar(SchemaKind::kInt32);
            case JsonKind::kInt64:
                return scalar(SchemaKind::kInt64);
            case JsonKind::kBigInteger:
            case JsonKind::kDouble:
                return scalar(SchemaKind::kDouble);
            case JsonKind::kString:
                return scalar(SchemaKind::kString);
            case JsonKind::kArray:
                return infer_array(value, path);
            case JsonKind::kObject:
                return infer_struct(value, path);
        }
        return 0;
    }

    static bool is_number(JsonKind kind) {
        return kind >= JsonKind::kInt32 && kind <= JsonKind::kDouble;
    }
    static bool same_type(JsonKind left, JsonKind right) {
        if (!is_number(left) || !is_number(right)) return left == right;
        const auto type = [](JsonKind kind) {
            return kind == JsonKind::kBigInteger ? JsonKind::kDouble : kind;
        };
        return type(left) == type(right);
    }

    // The first element that is not null; all others must be of its type.
    std::uint32_t sample_of(const JsonNode &array) {
        std::uint32_t sample = 0;
        for (std::uint32_t at = array.first; at != 0; at = node(at).next) {
            if (node(at).kind == JsonKind::kNull) continue;
            if (sample == 0) sample = at;
            failed |= !same_type(node(sample).kind, node(at).kind);
        }
        return sample == 0 ? array.first : sample;
    }

    std::uint32_t infer_array(const JsonNode &array, const SchemaPath &path) {
        if (array.count == 0) return 0;
        const std::uint32_t sample = sample_of(array);
        if (failed) return 0;
        const std::uint32_t items = node(sample).kind == JsonKind::kObject
                                        ? infer_elements(array, path)
                                        : infer(sample, {.named = false});
        failed |= items == 0;
        return add_schema({.kind = SchemaKind::kArray, .items = items});
    }

    // The merge of all elements' structs. The reference merges in the order of a hash set, which
    // differs from run to run; here the first comes first.
    std::uint32_t infer_elements(const JsonNode &array, const SchemaPath &path) {
        std::uint32_t first = 0;
        std::uint32_t merged = 0;
        for (std::uint32_t at = array.first; at != 0 && !failed; at = node(at).next) {
            if (node(at).kind != JsonKind::kObject) continue;
            const std::uint32_t element = infer_struct(node(at), path);
            if (first == 0)
                first = element;
            else if (!equal(first, element))
                merge(first, element, &merged);
        }
        return merged == 0 ? first : merged;
    }

    // A merged struct is required, unlike its parts.
    void merge(std::uint32_t first, std::uint32_t right, std::uint32_t *merged) {
        if (*merged == 0) {
            InferredSchema fresh = schema(first);
            fresh.optional = false;
            fresh.first = fresh.last = fresh.count = 0;
            *merged = add_schema(fresh);
            for (std::uint32_t at = schema(first).first; at != 0; at = field(at).next)
                add_field(*merged, field(at).name, field(at).schema);
        }
        failed |= schema(*merged).count > kMaxMergedFields;
        std::uint32_t hint = schema(*merged).first;
        for (std::uint32_t at = schema(right).first; at != 0 && !failed; at = field(at).next) {
            const InferredField added = field(at);
            const std::uint32_t present = find_field(*merged, view(added.name), hint);
            if (present == 0) {
                add_field(*merged, added.name, added.schema);
                failed |= schema(*merged).count > kMaxMergedFields;
                continue;
            }
            if (schema(field(present).schema).kind == SchemaKind::kBytes)
                field(present).schema = added.schema;
            hint = field(present).next;
        }
    }

    // Objects of one array mostly have their members in one order: the search begins at `hint`.
    std::uint32_t find_field(std::uint32_t owner, std::string_view name, std::uint32_t hint) {
        if (hint != 0 && view(field(hint).name) == name) return hint;
        for (std::uint32_t at = schema(owner).first; at != 0; at = field(at).next)
            if (view(field(at).name) == name) return at;
        return 0;
    }

    bool equal(std::uint32_t left, std::uint32_t right) {
        if (left == right) return true;
        const InferredSchema &a = schema(left);
        const InferredSchema &b = schema(right);
        if (a.kind != b.kind || a.count != b.count || a.optional != b.optional) return false;
        if (a.kind == SchemaKind::kArray) return equal(a.items, b.items);
        if (a.kind != SchemaKind::kStruct) return false;  // scalars have one schema each
        std::uint32_t at_left = a.first;
        std::uint32_t at_right = b.first;
        for (; at_left != 0; at_left = field(at_left).next, at_right = field(at_right).next) {
            if (view(field(at_left).name) != view(field(at_right).name)) return false;
            if (!equal(field(at_left).schema, field(at_right).schema)) return false;
        }
        return true;
    }

    // Merging more kinds of objects than this is quadratic work.
    static constexpr std::uint32_t kMaxMergedFields = 2000;
};

JsonExpansion::Result JsonExpansion::read(std::string_view json, std::string_view name,
                                          bool keep_nulls) {
    if (json.empty() || (json[0] != '{' && json[0] != '[')) return Result::kNotJson;
    if (!tree.parse(json)) return Result::kNotJson;
    const JsonNode &root = tree.root();
    if (root.kind == JsonKind::kArray) return root.count == 0 ? Result::kUntyped : Result::kNotJson;
    SchemaInference inference = {this, keep_nulls};
    inference.start();
    const JsonText root_name = {static_cast<std::uint32_t>(tree.texts.size),
                                static_cast<std::uint32_t>(name.size())};
    tree.texts.append(name);
    schema_ = inference.infer_struct(root, {.name = root_name, .named = !name.empty()});
    return inference.failed ? Result::kNotJson : Result::kExpanded;
}

std::uint64_t JsonExpansion::fingerprint(std::uint32_t at) const {
    const InferredSchema &of = schema(at);
    std::uint64_t hash = mix(static_cast<std::uint64_t>(of.kind), of.optional);
    if (of.kind == SchemaKind::kArray) return mix(hash, fingerprint(of.items));
    for (std::uint32_t it = of.first; it != 0; it = field(it).next)
        hash = mix(mix_text(hash, tree.view(field(it).name)), fingerprint(field(it).schema));
    return mix(hash, of.count);
}

ExpandedMember JsonExpansion::find_member(std::string_view name) const {
    for (std::uint32_t it = schema(schema_).first; it != 0; it = field(it).next)
        if (tree.view(field(it).name) == name)
            return {field(it).schema, tree.find(tree.root(), name)};
    return {};
}

void JsonExpansion::write_schema(ByteSink *sink, ExpandedMember of, std::string_view field) const {
    write_node(sink, of.schema, field);
}

void JsonExpansion::write_node(ByteSink *sink, std::uint32_t at, std::string_view name) const {
    const InferredSchema &of = schema(at);
    begin_schema(sink, type_word(of.kind));
    if (of.kind == SchemaKind::kArray) {
        begin_schema_items(sink);
        write_node(sink, of.items, {});
    } else if (of.kind == SchemaKind::kStruct) {
        begin_schema_fields(sink);
        for (std::uint32_t it = of.first; it != 0; it = field(it).next) {
            if (it != of.first) write_json_comma(sink);
            write_node(sink, field(it).schema, tree.view(field(it).name));
        }
        end_json_array(sink);
    }
    end_schema(sink, {.name = of.has_name ? tree.view(of.name) : std::string_view()}, of.optional,
               {}, name);
}

bool JsonExpansion::write_value(ByteSink *sink, ExpandedMember of) const {
    const std::size_t begin = sink->size;
    if (write(sink, begin, tree.node(of.node), of.schema)) return true;
    sink->size = begin;
    return false;
}

bool JsonExpansion::write(ByteSink *sink, std::size_t begin, const JsonNode &node,
                          std::uint32_t at) const {
    const InferredSchema &of = schema(at);
    if (sink->size - begin > kMaxExpandedBytes) return false;
    switch (node.kind) {
        case JsonKind::kNull:
            write_json_null(sink);
            return of.optional;
        case JsonKind::kBool:
            write_json_bool(sink, node.truth);
            return of.kind == SchemaKind::kBool;
        case JsonKind::kInt32:
            write_json_int(sink, node.integer);
            return of.kind == SchemaKind::kInt32;
        case JsonKind::kInt64:
            write_json_int(sink, node.integer);
            return of.kind == SchemaKind::kInt64;
        case JsonKind::kDouble:
            write_json_double(sink, node.number);
            return of.kind == SchemaKind::kDouble;
        case JsonKind::kString:
            write_json_string(sink, tree.view(node.text));
            return of.kind == SchemaKind::kString;
        case JsonKind::kArray:
            return of.kind == SchemaKind::kArray && write_array(sink, begin, node, of.items);
        case JsonKind::kObject:
            return of.kind == SchemaKind::kStruct && write_struct(sink, begin, node, at);
        case JsonKind::kBigInteger:
            return false;
    }
    return false;
}

bool JsonExpansion::write_array(ByteSink *sink, std::size_t begin, const JsonNode &node,
                                std::uint32_t items) const {
    begin_json_array(sink);
    for (std::uint32_t at = node.first; at != 0; at = tree.node(at).next) {
        if (at != node.first) write_json_comma(sink);
        if (!write(sink, begin, tree.node(at), items)) return false;
    }
    end_json_array(sink);
    return true;
}

// In the order of the schema; the members mostly have the same.
bool JsonExpansion::write_struct(ByteSink *sink, std::size_t begin, const JsonNode &node,
                                 std::uint32_t of) const {
    std::uint32_t expected = node.first;
    begin_json_object(sink);
    for (std::uint32_t at = schema(of).first; at != 0; at = field(at).next) {
        const std::string_view name = tree.view(field(at).name);
        if (at != schema(of).first) write_json_comma(sink);
        write_json_name(sink, name);
        std::uint32_t member = expected;
        if (member == 0 || tree.view(tree.node(member).name) != name)
            member = tree.find(node, name);
        if (member == 0) {
            write_json_null(sink);
            continue;
        }
        if (!write(sink, begin, tree.node(member), field(at).schema)) return false;
        expected = tree.node(member).next;
    }
    end_json_object(sink);
    return true;
}

}  // namespace outflow::core
