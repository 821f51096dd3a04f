// The options of one decoding session or one SQL call, parsed and checked against the option table.
// They live in the memory context that was current at parsing.
#pragma once

#include <cstdint>
#include <string_view>

#include "converter.h"
#include "core/lsn.h"
#include "core/name_adjustment.h"
#include "core/time_text.h"
#include "pg/pg.h"
#include "transforms.h"

namespace outflow::plugin {

enum class OutputFormat : std::uint8_t { kJson, kChunks };
enum class DecimalMode : std::uint8_t { kPrecise, kDouble, kString };
enum class IntervalMode : std::uint8_t { kNumeric, kString };
enum class HstoreMode : std::uint8_t { kJson, kMap };
enum class BinaryMode : std::uint8_t { kBytes, kBase64, kBase64UrlSafe, kHex };

// Names of options as given; a value may be NULL (START_REPLICATION allows a name alone).
struct OptionPair {
    const char *name;
    const char *value;
};

// How a JsonConverter prints what it is given, schemas aside.
struct Converter {
    bool decimal_numbers = false;  // decimal.format=NUMERIC
    bool keeps_nulls = false;      // replace.null.with.default=false

    bool operator==(const Converter &) const = default;
};

// topic.naming.strategy.
struct TopicStrategy {
    bool with_schema = true;
    bool unicode = false;
    bool by_pattern = false;  // topic.regex and topic.replacement apply
};

struct TopicRewrite;

// What a snapshot row says in `source`; set only for outflow.snapshot and outflow.preview.
struct SnapshotPoint {
    std::uint64_t lsn = 0;
    std::int64_t time_us = 0;
    std::uint64_t xid = 0;
    bool has_xid = false;
};

// A property that transforms columns, with the patterns of those that it concerns.
struct ColumnRuleOption {
    const char *property;
    std::string_view columns;
};

struct Options {
    OutputFormat format = OutputFormat::kJson;
    std::string_view topic_prefix = "outflow";
    std::string_view topic_delimiter = ".";
    TopicStrategy topic_strategy;
    std::string_view topic_transaction;
    std::string_view topic_regex, topic_replacement;
    std::string_view topic_key_regex, topic_key_replacement;
    std::string_view topic_key_field = "__dbz__physicalTableIdentifier";
    bool topic_key_unique = true;
    std::string_view topic_overrides;
    const TopicRewrite *topic_rewrite = nullptr;  // compiled, under a strategy by pattern
    core::NameAdjustment schema_names = core::NameAdjustment::kNone;
    core::NameAdjustment field_names = core::NameAdjustment::kNone;
    std::string_view source_version;
    std::string_view publication;
    std::string_view placeholder;
    std::string_view schema_include, schema_exclude;
    std::string_view table_include, table_exclude;
    std::string_view column_include, column_exclude;
    List *column_rules = nullptr;  // of ColumnRuleOption *, as given
    std::string_view message_key_columns;
    std::string_view message_prefix_include, message_prefix_exclude;
    bool skip_create = false;
    bool skip_update = false;
    bool skip_delete = false;
    bool skip_truncate = true;
    bool skip_unchanged = false;
    bool tombstones = true;
    DecimalMode decimal_mode = DecimalMode::kPrecise;
    core::TimePrecisionMode time_mode = core::TimePrecisionMode::kAdaptive;
    IntervalMode interval_mode = IntervalMode::kNumeric;
    BinaryMode binary_mode = BinaryMode::kBytes;
    HstoreMode hstore_mode = HstoreMode::kJson;
    int money_digits = 2;
    bool quirks = true;  // outflow.compat.quirks=reproduce
    bool unknown_types = false;
    bool transaction_metadata = false;
    std::int64_t xmin_interval_ms = 0;  // 0: `source.xmin` stays null
    // By hand the plugin prints bare payloads; the relay always sends what it decided.
    bool key_schemas = false;
    bool value_schemas = false;
    bool header_schemas = true;
    bool json_headers = false;  // header.converter: JsonConverter, not SimpleHeaderConverter
    Converter key_converter, value_converter, header_converter;
    ConverterClass key_class = ConverterClass::kJson;
    ConverterClass value_class = ConverterClass::kJson;
    // Of the converter behind BinaryDataConverter; empty: there is none.
    std::string_view key_delegate, value_delegate;
    bool key_delegate_schemas = true;
    bool value_delegate_schemas = true;
    Transforms transforms;
    core::Lsn sequence;
    SnapshotPoint snapshot;
};

// Raises an error that names the nearest option, or the allowed values.
void parse_options(Options *options, const OptionPair *pairs, int count);

// Raises an error for a value that is missing or not the row's.
void check_option(const OptionPair &pair, const core::OptionSpec &spec);

// The pairs of START_REPLICATION or of the slot functions (a List of DefElem).
void parse_option_list(Options *options, List *list);

// The pairs of a text[] argument: name, value, name, value …
void parse_option_array(Options *options, ArrayType *array);

}  // namespace outflow::plugin
