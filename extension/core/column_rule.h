// The properties that transform columns, read from their names: column.mask.with.3.chars,
// column.mask.hash.v2.SHA-256.with.salt.S, … Their values are lists of patterns. The relay checks
// the names when it loads its configuration, the plugin compiles them.
#pragma once

#include <cstdint>
#include <string_view>

namespace outflow::core {

// In the order in which Debezium asks: the first rule that matches a column wins.
enum class ColumnRuleKind : std::uint8_t {
    kTruncate,
    kMask,
    kSourceType,            // column.propagate.source.type
    kSourceTypeOfDatatype,  // datatype.propagate.source.type: matched with schema.table.TYPE
    kHash,                  // of the serialised string
    kHashV2,                // of the plain text
};

enum class DigestAlgorithm : std::uint8_t { kMd5, kSha1, kSha224, kSha256, kSha384, kSha512 };

struct ColumnRuleName {
    ColumnRuleKind kind = ColumnRuleKind::kMask;
    std::int32_t length = 0;  // kTruncate, kMask: characters
    DigestAlgorithm algorithm = DigestAlgorithm::kSha256;
    std::string_view salt;  // kHash, kHashV2
};

// What is wrong with a property's name, as the end of a sentence; empty for a rule.
std::string_view parse_column_rule(std::string_view property, ColumnRuleName *rule);

// True for names that begin like a rule's: families of the option table, whose members
// START_REPLICATION would cut (they have a salt of any length).
bool is_column_rule_family(std::string_view property);

// Splits the next property off the value of `outflow.column.rules`: its name on a line, its value
// on the next. False at the end, and for a name without a value.
bool take_column_rule(std::string_view *rules, std::string_view *property, std::string_view *value);

}  // namespace outflow::core
