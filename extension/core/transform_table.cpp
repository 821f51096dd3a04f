#include "transform_table.h"

namespace outflow::core {
namespace {

using enum OptionType;
using enum OptionOwner;
using enum OptionStatus;

constexpr OptionSpec kCommon[] = {
    {"predicate", kText, "", "", kPlugin, kSupported,
     "Alias of a predicate: the transform is only for topics that match."},
    {"negate", kBoolean, "false", "", kPlugin, kSupported, "Only for topics that do not match."},
};

constexpr OptionSpec kUnwrap[] = {
    {"delete.tombstone.handling.mode", kWord, "tombstone",
     "drop|tombstone|rewrite|rewrite-with-tombstone|delete-to-tombstone", kPlugin, kSupported,
     "What becomes of a delete and of the tombstone behind it."},
    {"route.by.field", kText, "", "", kPlugin, kSupported,
     "Column whose text is the topic of its row."},
    {"add.fields", kText, "", "", kPlugin, kSupported,
     "Fields of the envelope behind the columns: op,source.ts_ms,lsn:NAME,before.column."},
    {"add.fields.prefix", kText, "__", "", kPlugin, kSupported, "What their names begin with."},
    {"add.headers", kText, "", "", kPlugin, kSupported, "The same as headers."},
    {"add.headers.prefix", kText, "__", "", kPlugin, kSupported, "What their names begin with."},
    {"drop.fields.header.name", kText, "", "", kPlugin, kSupported,
     "A header with a list of columns to leave out. Nothing here writes one, so every column "
     "stays."},
    {"drop.fields.from.key", kBoolean, "false", "", kPlugin, kNoEffect,
     "An effect only with a header that drop.fields.header.name names."},
    {"drop.fields.keep.schema.compatible", kBoolean, "true", "", kPlugin, kNoEffect,
     "An effect only with a header that drop.fields.header.name names."},
    {"replace.null.with.default", kBoolean, "true", "", kPlugin, kSupported,
     "The rewrite modes print the default of a null column, even where the converter keeps "
     "nulls."},
};

constexpr OptionSpec kOutbox[] = {
    {"table.field.event.id", kText, "id", "", kPlugin, kSupported, "Column of the event's id."},
    {"table.field.event.key", kText, "aggregateid", "", kPlugin, kSupported,
     "Column that becomes the key."},
    {"table.field.event.type", kText, "type", "", kPlugin, kSupported, "Column of its type."},
    {"table.field.event.payload", kText, "payload", "", kPlugin, kSupported,
     "Column that becomes the value."},
    {"table.field.event.timestamp", kText, "", "", kPlugin, kSupported,
     "Column that becomes the record's timestamp."},
    {"table.field.event.schema.version", kText, "", "", kPlugin, kSupported,
     "Column of the schema's version."},
    {"table.fields.additional.placement", kText, "", "", kPlugin, kSupported,
     "Further columns: column:header|envelope|partition[:alias]."},
    {"table.field.additional.missing", kWord, "error", "error|ignore", kPlugin, kSupported,
     "Whether such a column that is missing stops the stream."},
    {"table.op.invalid.behavior", kWord, "warn", "warn|error|fatal", kPlugin, kSupported,
     "What becomes of an update."},
    {"table.expand.json.payload", kBoolean, "false", "", kPlugin, kSupported,
     "JSON payloads become objects."},
    {"table.json.payload.null.behavior", kWord, "ignore", "ignore|optional_bytes", kPlugin,
     kSupported, "What becomes of nulls in such an object."},
    {"route.by.field", kText, "aggregatetype", "", kPlugin, kSupported,
     "Column that the topic is made of."},
    {"route.topic.regex", kText, "(?<routedByValue>.*)", "", kPlugin, kSupported,
     "Pattern for its value."},
    {"route.topic.replacement", kText, "outbox.event.${routedByValue}", "", kPlugin, kSupported,
     "The topic."},
    {"route.tombstone.on.empty.payload", kBoolean, "false", "", kPlugin, kSupported,
     "An empty payload becomes a tombstone."},
    {"tracing.span.context.field", kText, "tracingspancontext", "", kPlugin, kNoEffect,
     "Spans are not opened; place the column as a header."},
    {"tracing.operation.name", kText, "debezium-read", "", kPlugin, kNoEffect,
     "Spans are not opened."},
    {"tracing.with.context.field.only", kBoolean, "false", "", kPlugin, kNoEffect,
     "Spans are not opened."},
};

constexpr OptionSpec kLogical[] = {
    {"topic.regex", kText, "", "", kPlugin, kSupported, "Pattern for the whole topic."},
    {"topic.replacement", kText, "", "", kPlugin, kSupported,
     "The new topic; $1 and ${name} are groups."},
    {"key.enforce.uniqueness", kBoolean, "true", "", kPlugin, kSupported,
     "The key gets a field that names the table."},
    {"key.field.name", kText, "__dbz__physicalTableIdentifier", "", kPlugin, kSupported,
     "Name of that field."},
    {"key.field.regex", kText, "", "", kPlugin, kSupported,
     "Pattern for the old topic; without one it is the field's value."},
    {"key.field.replacement", kText, "", "", kPlugin, kSupported,
     "The field's value, where the pattern matches."},
    {"schema.name.adjustment.mode", kWord, "none", "none|avro|avro_unicode", kPlugin, kSupported,
     "How the new schema names are made valid for other formats."},
    {"logical.table.cache.size", kInteger, "16", "1..", kPlugin, kNoEffect,
     "Topics are worked out once a table."},
};

constexpr OptionSpec kRegex[] = {
    {"regex", kText, "", "", kPlugin, kSupported, "Pattern for the whole topic."},
    {"replacement", kText, "", "", kPlugin, kSupported,
     "The new topic; $1 and ${name} are groups."},
};

constexpr OptionSpec kDecode[] = {
    {"field.name.adjustment.mode", kWord, "none", "none", kPlugin, kSupported,
     "What becomes of the names in a message's content.", "avro|avro_unicode",
     "names in messages stay as they are in this release"},
};

constexpr TransformType kTypes[] = {
    {"unwrap", "io.debezium.transforms.ExtractNewRecordState", kUnwrap, ""},
    {"outbox", "io.debezium.transforms.outbox.EventRouter", kOutbox, ""},
    {"decode", "io.debezium.connector.postgresql.transforms.DecodeLogicalDecodingMessageContent",
     kDecode, ""},
    {"logical", "io.debezium.transforms.ByLogicalTableRouter", kLogical,
     "topic.regex|topic.replacement"},
    {"regex", "org.apache.kafka.connect.transforms.RegexRouter", kRegex, "regex|replacement"},
};

}  // namespace

std::span<const TransformType> transform_types() { return kTypes; }

std::span<const OptionSpec> common_transform_properties() { return kCommon; }

const TransformType *find_transform_class(std::string_view java_class) {
    for (const TransformType &type : kTypes) {
        if (type.java_class == java_class) return &type;
    }
    return nullptr;
}

const TransformType *find_transform_word(std::string_view word) {
    for (const TransformType &type : kTypes) {
        if (!word.starts_with(type.word)) continue;
        const std::string_view number = {word.data() + type.word.size(),
                                         word.size() - type.word.size()};
        if (number.empty() || (number[0] == '.' && number.size() > 1)) return &type;
    }
    return nullptr;
}

const OptionSpec *find_transform_property(const TransformType &type, std::string_view name) {
    for (const std::span<const OptionSpec> rows :
         {type.properties, std::span<const OptionSpec>(kCommon)}) {
        for (const OptionSpec &spec : rows) {
            if (spec.name == name) return &spec;
        }
    }
    return nullptr;
}

std::string_view nearest_transform_property(const TransformType &type, std::string_view name) {
    return nearest_name(name, type.properties);
}

}  // namespace outflow::core
