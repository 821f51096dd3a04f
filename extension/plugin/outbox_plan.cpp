#include "outbox_plan.h"

#include "core/json_writer.h"
#include "pg/context_sink.h"
#include "plan_schema.h"

namespace outflow::plugin {
namespace {

int length(std::string_view text) { return static_cast<int>(text.size()); }

std::uint64_t hash_of(std::string_view text) {
    return hash_bytes(reinterpret_cast<const unsigned char *>(text.data()), length(text));
}

const ColumnPlan *find_column(const RelationPlan &plan, std::string_view name) {
    for (int at = 0; at < plan.column_count; ++at)
        if (plan.columns[at].field == name) return &plan.columns[at];
    return nullptr;
}

// The first problem is the one that is told.
void note_problem(OutboxPlan *outbox, const char *problem) {
    if (outbox->problem == nullptr) outbox->problem = problem;
}

const ColumnPlan *need_column(OutboxPlan *outbox, const RelationPlan &plan, std::string_view name,
                              const char *property) {
    const ColumnPlan *column = find_column(plan, name);
    if (column == nullptr)
        note_problem(outbox, psprintf("it has no column \"%.*s\" (%s)", length(name), name.data(),
                                      property));
    return column;
}

const ColumnPlan *need_column_of(OutboxPlan *outbox, const RelationPlan &plan,
                                 std::string_view name, const char *property,
                                 std::string_view type) {
    const ColumnPlan *column = need_column(outbox, plan, name, property);
    if (column == nullptr || column->codec.schema.type == type) return column;
    note_problem(outbox, psprintf("column \"%.*s\" (%s) is no %.*s", length(name), name.data(),
                                  property, length(type), type.data()));
    return nullptr;
}

void plan_timestamp(OutboxPlan *outbox, const RelationPlan &plan) {
    const std::string_view name = outbox->options->timestamp;
    if (name.empty()) return;
    const ColumnPlan *column = need_column(outbox, plan, name, "table.field.event.timestamp");
    if (column == nullptr) return;
    const std::string_view type = column->codec.schema.name;
    outbox->timestamp = column;
    if (type == "io.debezium.time.Timestamp")
        outbox->timestamp_per_ms = 1;
    else if (type == "io.debezium.time.MicroTimestamp")
        outbox->timestamp_per_ms = 1'000;
    else if (type == "io.debezium.time.NanoTimestamp")
        outbox->timestamp_per_ms = 1'000'000;
    else
        note_problem(outbox, psprintf("column \"%.*s\" (table.field.event.timestamp) is no "
                                      "timestamp without time zone that is printed as a number",
                                      length(name), name.data()));
}

std::string_view node_of(const ColumnPlan &column, std::string_view field) {
    return json_text([&](core::ByteSink *sink) { write_column_schema(sink, column, field); });
}

void plan_placed(OutboxPlan *outbox, const RelationPlan &plan) {
    const OutboxOptions &options = *outbox->options;
    const auto bytes = sizeof(PlacedColumn) * static_cast<std::size_t>(options.placed_count + 1);
    outbox->headers = static_cast<PlacedColumn *>(palloc0(bytes));
    outbox->members = static_cast<PlacedColumn *>(palloc0(bytes));
    for (int at = 0; at < options.placed_count; ++at) {
        const PlacedField &field = options.placed[at];
        const ColumnPlan *column = find_column(plan, field.column);
        if (column == nullptr) {
            if (!options.ignore_missing)
                need_column(outbox, plan, field.column, "table.fields.additional.placement");
            continue;
        }
        switch (field.placement) {
            case Placement::kHeader:
                outbox->headers[outbox->header_count++] = {column, field.alias, {}};
                break;
            case Placement::kEnvelope:
                outbox->members[outbox->member_count++] = {
                    column, field.alias, json_text([&](core::ByteSink *sink) {
                        core::write_member_name(sink, field.alias, false);
                    })};
                break;
            case Placement::kPartition:
                outbox->partition =
                    need_column_of(outbox, plan, field.column, "placed as partition", "int32");
                break;
        }
    }
    outbox->member_fields = json_text([&](core::ByteSink *sink) {
        for (int at = 0; at < outbox->member_count; ++at) {
            core::write_json_comma(sink);
            write_column_schema(sink, *outbox->members[at].column, outbox->members[at].alias);
        }
    });
}

// Java prints structs, lists and its own classes in ways of its own.
bool has_plain_text(const ColumnPlan &column) {
    const core::SchemaNode &schema = column.codec.schema;
    return schema.members.empty() && schema.type != "bytes" &&
           !schema.name.starts_with("org.apache.kafka.connect.data.");
}
bool is_bytes(const ColumnPlan &column) { return column.codec.schema.type == "bytes"; }
bool is_raw_bytes(const ColumnPlan &column) {
    return is_bytes(column) && column.codec.type == BYTEAOID;
}

void check_converter(OutboxPlan *outbox, ConverterClass converter, const ColumnPlan *column,
                     bool in_struct, const char *property) {
    if (column == nullptr || converter == ConverterClass::kJson) return;
    const bool fits = converter == ConverterClass::kString ? !in_struct && has_plain_text(*column)
                      : converter == ConverterClass::kBytes
                          ? !in_struct && is_raw_bytes(*column)
                          : in_struct || !is_bytes(*column) || is_raw_bytes(*column);
    if (!fits)
        note_problem(outbox, psprintf("%s cannot print column \"%.*s\"", property,
                                      length(column->name), column->name.data()));
}

// Columns are planned as the value's converter prints them.
void check_settings(OutboxPlan *outbox, const ColumnPlan *column, const Converter &converter,
                    const char *property) {
    if (column == nullptr ||
        converter.decimal_numbers == outbox->session->value_converter.decimal_numbers)
        return;
    if (column->codec.schema.name != "org.apache.kafka.connect.data.Decimal") return;
    note_problem(outbox, psprintf("%s.decimal.format must be that of value.converter, because of "
                                  "column \"%.*s\"",
                                  property, length(column->name), column->name.data()));
}

void plan_columns(OutboxPlan *outbox, const RelationPlan &plan) {
    const OutboxOptions &options = *outbox->options;
    outbox->payload = need_column(outbox, plan, options.payload, "table.field.event.payload");
    outbox->id = need_column(outbox, plan, options.id, "table.field.event.id");
    outbox->key = need_column(outbox, plan, options.key, "table.field.event.key");
    outbox->route = need_column_of(outbox, plan, options.route_by, "route.by.field", "string");
    plan_timestamp(outbox, plan);
    if (!options.version.empty() && options.has_envelope)
        outbox->version = need_column_of(outbox, plan, options.version,
                                         "table.field.event.schema.version", "int32");
    plan_placed(outbox, plan);
    check_settings(outbox, outbox->key, outbox->session->key_converter, "key.converter");
    if (outbox->session->json_headers)
        note_problem(outbox,
                     "its headers need header.converter="
                     "org.apache.kafka.connect.storage.SimpleHeaderConverter");
    check_converter(outbox, outbox->session->key_class, outbox->key, false, "key.converter");
    check_converter(outbox, outbox->session->value_class, outbox->payload,
                    options.has_envelope || options.expand, "value.converter");
}

void plan_schemas(OutboxPlan *outbox) {
    if (outbox->session->key_schemas) outbox->key_frame = payload_frame(node_of(*outbox->key, {}));
    if (!outbox->session->value_schemas) return;
    outbox->payload_node = node_of(*outbox->payload, {});
    outbox->payload_field = node_of(*outbox->payload, "payload");
    outbox->payload_fingerprint = hash_of(outbox->payload_field);
    outbox->payload_frame = payload_frame(outbox->payload_node);
}

// `prefix.schema.table.` + value + `.Value`; the value alone where the row has no schema's name.
std::string_view struct_name(const RelationPlan &plan, std::string_view value) {
    if (plan.schema_stem.empty()) return value;
    return json_text([&](core::ByteSink *sink) {
        for (const std::string_view part :
             {plan.schema_stem, std::string_view("."), value, std::string_view(".Value")})
            sink->append(part);
    });
}

}  // namespace

OutboxPlan *make_outbox_plan(const RelationPlan &plan, const Options &options) {
    auto *outbox = static_cast<OutboxPlan *>(palloc0(sizeof(OutboxPlan)));
    *outbox = OutboxPlan();
    outbox->context = CurrentMemoryContext;
    outbox->options = plan.shaped_by->outbox;
    outbox->session = &options;
    outbox->routed_behind = plan.shaped_by;
    plan_columns(outbox, plan);
    if (outbox->problem != nullptr) return outbox;
    plan_schemas(outbox);
    outbox->topics = static_cast<RoutedTopics *>(palloc0(sizeof(RoutedTopics)));
    return outbox;
}

std::string_view find_outbox_topic(const RelationPlan &plan, std::string_view value) {
    const OutboxPlan &outbox = *plan.outbox;
    RoutedTopics::Entry &entry =
        outbox.topics->entries[hash_of(value) & (RoutedTopics::kSlots - 1)];
    if (entry.topic.data() != nullptr && entry.value == value) [[likely]]
        return entry.topic;
    const NameRule &route = outbox.options->route;
    const std::string_view routed = route.matches(value) ? route.rewrite(value) : value;
    const std::string_view topic =
        routed_topic(outbox.session->transforms, routed, outbox.routed_behind);
    if (entry.topic.data() != nullptr) {
        pfree(const_cast<char *>(entry.value.data()));
        pfree(const_cast<char *>(entry.topic.data()));
    }
    entry = {pg::copy_bytes(outbox.context, value), pg::copy_bytes(outbox.context, topic)};
    return entry.topic;
}

std::string_view outbox_topic(const RelationPlan &plan, std::string_view value) {
    const std::string_view topic = find_outbox_topic(plan, value);
    if (!topic.empty() && topic.size() <= kMaxTopicBytes) return topic;
    const std::string_view column = plan.outbox->route->name;
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("an event of table \"%.*s.%.*s\" has no topic: the name would have %zu "
                   "bytes, not 1 to %zu",
                   length(plan.schema), plan.schema.data(), length(plan.table), plan.table.data(),
                   topic.size(), kMaxTopicBytes),
            errhint("The name is made of column \"%.*s\" by route.topic.regex and "
                    "route.topic.replacement.",
                    length(column), column.data()));
}

std::string_view envelope_name(const RelationPlan &plan, std::uint64_t key,
                               std::string_view value) {
    EnvelopeNames *names = plan.outbox->options->names;
    std::uint32_t slot = static_cast<std::uint32_t>(key) & (EnvelopeNames::kSlots - 1);
    for (; !names->entries[slot].name.empty(); slot = (slot + 1) & (EnvelopeNames::kSlots - 1))
        if (names->entries[slot].key == key) return names->entries[slot].name;
    // Documents of endless variety must not fill the memory; the reference forgets as well.
    if (2 * names->count >= EnvelopeNames::kSlots) {
        for (EnvelopeNames::Entry &entry : names->entries)
            if (!entry.name.empty()) pfree(const_cast<char *>(entry.name.data()));
        for (EnvelopeNames::Entry &entry : names->entries) entry = {};
        names->count = 0;
        return envelope_name(plan, key, value);
    }
    ++names->count;
    names->entries[slot] = {key, pg::copy_bytes(names->context, struct_name(plan, value))};
    return names->entries[slot].name;
}

}  // namespace outflow::plugin
