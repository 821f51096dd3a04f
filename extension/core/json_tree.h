// JSON text as a tree, read as Jackson's ObjectMapper.readTree reads it: the first value of the
// text (what stands behind it is not looked at), of two members with one name the last, at the
// place of the first; integers by size, everything else numeric as a double.
//
// Total over any bytes and bounded: nesting, the length of a number and the number of values have
// limits, beyond which a text is not read. The memory is that of the sinks, reused by each parse.
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

constexpr int kMaxJsonDepth = 1000;                // Jackson's
constexpr std::size_t kMaxJsonNumberBytes = 1000;  // Jackson's
constexpr std::uint32_t kMaxJsonNodes = 1u << 20;

enum class JsonKind : std::uint8_t {
    kNull,
    kBool,
    kInt32,
    kInt64,
    kBigInteger,  // its digits are not kept
    kDouble,
    kString,
    kArray,
    kObject,
};

struct JsonText {
    std::uint32_t at = 0;
    std::uint32_t bytes = 0;
};

// Node 0 is the root, so that 0 stands for no child and no sibling.
struct JsonNode {
    JsonKind kind = JsonKind::kNull;
    bool truth = false;
    std::uint32_t next = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;  // children
    JsonText name;            // of a member
    JsonText text;            // of a string
    std::uint32_t index_at = 0;
    std::uint32_t index_size = 0;  // 0: few members, no index
    std::int64_t integer = 0;
    double number = 0;
};

struct JsonTree {
    ByteSink nodes;
    ByteSink texts;    // names and strings, without escapes
    ByteSink indexes;  // of the members of large objects

    // False for what is no JSON, or more of it than the limits allow.
    bool parse(std::string_view json);

    const JsonNode &root() const { return node(0); }
    const JsonNode &node(std::uint32_t at) const {
        return reinterpret_cast<const JsonNode *>(nodes.data)[at];
    }
    std::string_view view(JsonText text) const { return {texts.data + text.at, text.bytes}; }
    // The member of that name, or 0.
    std::uint32_t find(const JsonNode &object, std::string_view name) const;
};

}  // namespace outflow::core
