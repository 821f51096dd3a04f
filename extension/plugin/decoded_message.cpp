#include "decoded_message.h"

#include <charconv>

#include "core/header_text.h"
#include "core/json_expansion.h"
#include "core/json_writer.h"
#include "core/schema_writer.h"
#include "outbox_payload.h"
#include "plan_schema.h"
#include "topic.h"

namespace outflow::plugin {
namespace {

using core::ExpandedMember;
using core::JsonExpansion;
using core::SchemaKind;

int length(std::string_view text) { return static_cast<int>(text.size()); }

[[noreturn]] void refuse(const char *problem) {
    ereport(ERROR, errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
            errmsg("a logical message cannot be an outbox event: %s", problem),
            errhint("Name the prefixes of events in message.prefix.include.list; pass this message "
                    "by with pg_replication_slot_advance."));
}

// The outbox transform that decoded messages come to; nullptr when none is decoded.
const Transform *router_of_messages(const Options &options) {
    std::string_view topic = plain_message_topic(options);
    bool decoded = false;
    for (const Transform &transform : options.transforms) {
        if (!transform.applies_to(topic)) continue;
        if (transform.decodes) {
            decoded = true;
        } else if (!transform.is_shape()) {
            topic = routed_by(transform, topic);
        } else if (decoded && transform.outbox != nullptr) {
            return &transform;
        } else if (decoded) {
            break;
        }
    }
    if (decoded)
        ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                errmsg("transform DecodeLogicalDecodingMessageContent needs an EventRouter behind "
                       "it"),
                errhint("Both must apply to topic \"%.*s\", without a transform between them that "
                        "changes the record.",
                        length(topic), topic.data()));
    return nullptr;
}

// One message, taken apart.
struct Message {
    const RelationPlan &plan;
    const JsonExpansion &content;

    const OutboxOptions &options() const { return *plan.outbox->options; }
    const Options &session() const { return *plan.outbox->session; }

    ExpandedMember need(std::string_view name, const char *property) const {
        const ExpandedMember member = content.find_member(name);
        if (member.schema == 0)
            refuse(
                psprintf("its content has no \"%.*s\" (%s)", length(name), name.data(), property));
        return member;
    }
    ExpandedMember need_of(SchemaKind kind, std::string_view name, const char *property) const {
        const ExpandedMember member = need(name, property);
        if (content.kind(member) != kind)
            refuse(psprintf("\"%.*s\" (%s) of its content has another type", length(name),
                            name.data(), property));
        return member;
    }
    // A placed member; schema 0 for one that may be missing.
    ExpandedMember placed(const PlacedField &field) const {
        return options().ignore_missing ? content.find_member(field.column)
                                        : need(field.column, "table.fields.additional.placement");
    }
    std::string_view json(ExpandedMember member) const {
        core::ByteSink sink;
        pg::init_local_sink(&sink);
        if (!content.write_value(&sink, member))
            refuse("its content does not fit the schema inferred from it");
        return sink.view();
    }
    std::int64_t number(ExpandedMember member) const {
        std::int64_t value = 0;
        const std::string_view text = json(member);
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }
};

std::string_view plain_text(std::string_view json) {
    return json_text([&](core::ByteSink *sink) { core::append_plain_text(sink, json); });
}

// A value with its schema: a member of the content, or the document that a text in it was.
struct TypedValue {
    const JsonExpansion *source;
    ExpandedMember member;
    std::string_view json;
    bool is_untyped = false;  // has no schema in the reference

    SchemaKind kind() const { return source->kind(member); }
    std::string_view schema(std::string_view field) const {
        if (is_untyped) return "null";
        return json_text([&](core::ByteSink *sink) { source->write_schema(sink, member, field); });
    }
};

TypedValue value_of(const Message &message, ExpandedMember member) {
    return {&message.content, member, message.json(member)};
}

TypedValue payload_of(const Message &message) {
    const OutboxOptions &options = message.options();
    const TypedValue payload =
        value_of(message, message.need(options.payload, "table.field.event.payload"));
    if (!options.expand || payload.kind() != SchemaKind::kString) return payload;
    JsonExpansion *document = make_expansion();
    const auto result =
        document->read(plain_text(payload.json), options.payload, options.keep_nulls);
    TypedValue kept = payload;
    kept.is_untyped = result == JsonExpansion::Result::kUntyped;
    core::ByteSink sink;
    pg::init_local_sink(&sink);
    if (result != JsonExpansion::Result::kExpanded ||
        !document->write_value(&sink, document->whole()))
        return kept;
    return {document, document->whole(), sink.view()};
}

bool is_empty(const TypedValue &payload) {
    return payload.kind() == SchemaKind::kString && core::is_blank_json_string(payload.json);
}

void write_converted(core::ByteSink *sink, ConverterClass converter, const TypedValue &value,
                     bool schemas) {
    if (converter == ConverterClass::kString) {
        if (value.kind() == SchemaKind::kArray || value.kind() == SchemaKind::kStruct)
            refuse("StringConverter cannot print it");
        core::append_plain_text(sink, value.json);
        return;
    }
    if (converter == ConverterClass::kBytes) refuse("ByteArrayConverter cannot print it");
    const core::ValueFrame frame = schemas ? payload_frame(value.schema({})) : core::ValueFrame();
    sink->append(frame.prefix);
    sink->append(value.json);
    sink->append(frame.suffix);
}

template <typename Visit>
void for_each_placed(const Message &message, Placement placement, Visit visit) {
    const OutboxOptions &options = message.options();
    for (int at = 0; at < options.placed_count; ++at) {
        if (options.placed[at].placement != placement) continue;
        const ExpandedMember member = message.placed(options.placed[at]);
        if (member.schema != 0) visit(options.placed[at], value_of(message, member));
    }
}

std::string_view struct_schema(const Message &message, const TypedValue &payload,
                               std::string_view route_value) {
    const OutboxOptions &options = message.options();
    std::uint64_t key = payload.source->fingerprint(payload.member);
    core::SchemaNode node;
    if (!options.version.empty()) {
        node.version = static_cast<int>(message.number(message.need_of(
            SchemaKind::kInt32, options.version, "table.field.event.schema.version")));
        key = static_cast<std::uint32_t>(node.version);
    }
    node.name = envelope_name(message.plan, key, route_value);
    return json_text([&](core::ByteSink *sink) {
        core::begin_schema(sink, "struct");
        core::begin_schema_fields(sink);
        sink->append(payload.schema("payload"));
        for_each_placed(message, Placement::kEnvelope,
                        [&](const PlacedField &field, const TypedValue &value) {
                            core::write_json_comma(sink);
                            sink->append(value.schema(field.alias));
                        });
        core::end_json_array(sink);
        core::end_schema(sink, node, false, {}, {});
    });
}

void write_struct(core::ByteSink *sink, const Message &message, const TypedValue &payload,
                  std::string_view route_value) {
    if (message.session().value_class == ConverterClass::kString ||
        message.session().value_class == ConverterClass::kBytes)
        refuse("its converter cannot print a struct");
    const core::ValueFrame frame = message.session().value_schemas
                                       ? payload_frame(struct_schema(message, payload, route_value))
                                       : core::ValueFrame();
    sink->append(frame.prefix);
    core::write_member_name(sink, "payload", true);
    sink->append(payload.json);
    for_each_placed(message, Placement::kEnvelope,
                    [&](const PlacedField &field, const TypedValue &value) {
                        core::write_member_name(sink, field.alias, false);
                        sink->append(value.json);
                    });
    core::end_json_object(sink);
    sink->append(frame.suffix);
}

void write_headers(RecordSink *out, const Message &message) {
    const auto write = [&](std::string_view name, std::string_view json) {
        out->writer->event_header(
            {.name = name, .value = plain_text(json), .behind_context = true});
    };
    write("id", message.json(message.need(message.options().id, "table.field.event.id")));
    for_each_placed(
        message, Placement::kHeader,
        [&](const PlacedField &field, const TypedValue &value) { write(field.alias, value.json); });
}

core::EventRouting routing_of(const Message &message, std::string_view route_value,
                              std::int64_t now_ms) {
    core::EventRouting routing;
    routing.timestamp_ms = now_ms;
    routing.topic = find_outbox_topic(message.plan, route_value);
    if (routing.topic.empty() || routing.topic.size() > kMaxTopicBytes)
        refuse("the name of its topic is empty or too long");
    for_each_placed(message, Placement::kPartition,
                    [&](const PlacedField &, const TypedValue &value) {
                        if (value.kind() != SchemaKind::kInt32)
                            refuse("what is placed as partition is no int32");
                        routing.partition = static_cast<std::int32_t>(message.number(value.member));
                    });
    return routing;
}

void check_content(const RelationPlan &plan, std::string_view content, JsonExpansion *into) {
    if (content.size() > INT_MAX ||
        !pg_verify_mbstr(PG_UTF8, content.data(), length(content), true))
        refuse("its content is no text in UTF-8");
    if (into->read(content, {}, false) != JsonExpansion::Result::kExpanded)
        refuse("its content is no JSON object");
    // A content knows no timestamps, only numbers.
    if (!plan.outbox->options->timestamp.empty())
        refuse("its content cannot have a timestamp (table.field.event.timestamp)");
}

}  // namespace

RelationPlan *make_message_plan(const Options &options) {
    const Transform *router = router_of_messages(options);
    if (router == nullptr) return nullptr;
    (void)message_topic(options);  // refuses routers that messages cannot pass
    if (options.binary_mode != BinaryMode::kBytes)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("transform DecodeLogicalDecodingMessageContent needs "
                       "binary.handling.mode=bytes"));
    if (options.json_headers)
        ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                errmsg("the headers of decoded messages need header.converter="
                       "org.apache.kafka.connect.storage.SimpleHeaderConverter"));
    auto *plan = static_cast<RelationPlan *>(palloc0(sizeof(RelationPlan)));
    *plan = RelationPlan();
    plan->context = CurrentMemoryContext;
    plan->relation = core::kMessageRelation;
    plan->shaped_by = router;
    plan->outbox = static_cast<OutboxPlan *>(palloc0(sizeof(OutboxPlan)));
    *plan->outbox = OutboxPlan();
    plan->outbox->context = CurrentMemoryContext;
    plan->outbox->options = router->outbox;
    plan->outbox->session = &options;
    plan->outbox->routed_behind = router;
    plan->outbox->topics = static_cast<RoutedTopics *>(palloc0(sizeof(RoutedTopics)));
    return plan;
}

void write_decoded_message(RecordSink *out, const RelationPlan &plan, const core::EventStart &start,
                           std::int64_t now_ms, std::string_view content) {
    JsonExpansion *expansion = make_expansion();
    check_content(plan, content, expansion);
    const Message message = {plan, *expansion};
    const OutboxOptions &options = message.options();
    const Options &session = message.session();
    const std::string_view route_value = plain_text(
        message.json(message.need_of(SchemaKind::kString, options.route_by, "route.by.field")));
    const TypedValue key = value_of(message, message.need(options.key, "table.field.event.key"));
    const TypedValue payload = payload_of(message);

    core::EventStart event = start;
    event.relation = core::kMessageRelation;
    event.operation = core::Operation::kCreate;
    event.flags |= core::kEventHasKey;
    const bool has_value = !(options.tombstones && is_empty(payload));
    if (has_value) event.flags |= core::kEventHasValue;
    core::ByteSink *sink = out->writer->sink();
    out->writer->begin_event(event);
    write_converted(sink, session.key_class, key, session.key_schemas);
    out->writer->end_key();
    if (has_value && options.has_envelope)
        write_struct(sink, message, payload, route_value);
    else if (has_value)
        write_converted(sink, session.value_class, payload, session.value_schemas);
    out->writer->end_value();
    write_headers(out, message);
    out->writer->event_routing(routing_of(message, route_value, now_ms));
    out->end_event();
}

}  // namespace outflow::plugin
