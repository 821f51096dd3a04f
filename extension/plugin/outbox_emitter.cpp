#include "outbox_emitter.h"

#include "core/chunk_reader.h"
#include "core/outbox_message.h"
#include "names.h"
#include "outbox_plan.h"
#include "outbox_shape.h"
#include "pg/context_sink.h"
#include "shape.h"
#include "topic.h"

namespace outflow::plugin {
namespace {

// The columns of the standard outbox table, in its order.
enum Column : int { kId, kAggregateType, kAggregateId, kType, kPayload, kColumns };

int plan_index(core::OutboxPayload kind) {
    switch (kind) {
        case core::OutboxPayload::kJson:
            return 0;
        case core::OutboxPayload::kText:
            return 1;
        case core::OutboxPayload::kBytes:
            return 2;
    }
    return 0;
}

// jsonb is written as its text, which json prints as it is; both have one schema.
constexpr Oid kPayloadTypes[] = {JSONOID, TEXTOID, BYTEAOID};

void make_column(RelationPlan *plan, int index, std::string_view name, Oid type,
                 const Options &options) {
    ColumnPlan *column = &plan->columns[index];
    *column = ColumnPlan();
    column->attribute = index;
    column->not_null = index != kPayload;
    column->by_reference = type != UUIDOID;  // its bytes are no varlena header
    column->length = type == UUIDOID ? UUID_LEN : -1;
    column->name = column->field = name;
    make_codec(&column->codec, {.type = type}, options);
}

// Under which name the aggregate's type stands beside the other columns: routing may be by one of
// those.
std::string_view aggregate_type_column(const OutboxOptions &outbox) {
    for (const std::string_view other : {outbox.id, outbox.key, outbox.type, outbox.payload})
        if (outbox.route_by == other) return "aggregatetype";
    return outbox.route_by;
}

// The session's outbox transform, or one with the defaults, for a table that has no further
// columns.
Transform *own_transform(const Options &options) {
    auto *transform = static_cast<Transform *>(palloc0(sizeof(Transform)));
    *transform = Transform();
    transform->type = core::find_transform_word("outbox");
    transform->outbox = read_outbox_options({transform->type, transform->type->word, nullptr, 0});
    for (const Transform &given : options.transforms) {
        if (given.outbox == nullptr) continue;
        *transform = given;
        break;
    }
    auto *outbox = static_cast<OutboxOptions *>(palloc(sizeof(OutboxOptions)));
    *outbox = *transform->outbox;
    outbox->ignore_missing = true;
    outbox->timestamp = outbox->version = {};
    transform->outbox = outbox;
    return transform;
}

const Transform *given_transform(const Options &options) {
    for (const Transform &given : options.transforms)
        if (given.outbox != nullptr) return &given;
    return nullptr;
}

RelationPlan *make_plan(core::OutboxPayload kind, const Options &options) {
    auto *plan = static_cast<RelationPlan *>(palloc0(sizeof(RelationPlan)));
    *plan = RelationPlan();
    plan->context = CurrentMemoryContext;
    plan->relation = core::kOutboxRelation;
    plan->captured = true;
    plan->schema = "outflow";
    plan->table = "outbox";
    plan->topic = topic_of(options, plan->schema, plan->table);
    plan->schema_stem = schema_stem(options, plan->topic);
    plan->shape = &kOutboxShape;
    plan->shaped_by = own_transform(options);
    plan->columns = static_cast<ColumnPlan *>(palloc0(sizeof(ColumnPlan) * kColumns));
    plan->column_count = kColumns;
    const OutboxOptions &outbox = *plan->shaped_by->outbox;
    make_column(plan, kId, outbox.id, UUIDOID, options);
    make_column(plan, kAggregateType, aggregate_type_column(outbox), VARCHAROID, options);
    make_column(plan, kAggregateId, outbox.key, VARCHAROID, options);
    make_column(plan, kType, outbox.type, VARCHAROID, options);
    make_column(plan, kPayload, outbox.payload, kPayloadTypes[plan_index(kind)], options);
    plan->outbox = make_outbox_plan(*plan, options);
    plan->outbox->routed_behind = given_transform(options);
    return plan;
}

// Valid text of the database, so that no conversion of it fails.
bool is_text(std::string_view bytes) {
    return bytes.size() <= INT_MAX && pg_verify_mbstr(GetDatabaseEncoding(), bytes.data(),
                                                      static_cast<int>(bytes.size()), true);
}

bool are_texts(const core::OutboxMessage &message) {
    for (const std::string_view text : {message.aggregate_type, message.aggregate_id, message.type})
        if (!is_text(text)) return false;
    core::EventHeaderReader reader(message.headers);
    core::EventHeader header;
    while (reader.next(&header))
        if (!is_text(header.name) || !is_text(header.value)) return false;
    return message.kind == core::OutboxPayload::kBytes || is_text(message.payload);
}

Datum varlena_of(std::string_view bytes) {
    auto *value = static_cast<struct varlena *>(palloc(VARHDRSZ + bytes.size()));
    SET_VARSIZE(value, VARHDRSZ + bytes.size());
    if (!bytes.empty()) std::memcpy(VARDATA(value), bytes.data(), bytes.size());
    return PointerGetDatum(value);
}

}  // namespace

bool read_outbox_event(OutboxEmitter *emitter, const Options &options, MemoryContext context,
                       std::string_view content, core::OutboxMessage *message) {
    if (!core::read_outbox_message(content, message) || !are_texts(*message)) return false;
    RelationPlan *&plan = emitter->plans[plan_index(message->kind)];
    if (plan == nullptr) {
        const MemoryContext caller = MemoryContextSwitchTo(context);
        plan = make_plan(message->kind, options);
        MemoryContextSwitchTo(caller);
    }
    if (plan->outbox->problem != nullptr) return true;  // of the configuration; told when written
    const std::string_view topic = find_outbox_topic(*plan, message->aggregate_type);
    return topic.size() <= kMaxTopicBytes && core::is_topic_text(topic);
}

void write_outbox_event(RecordSink *out, const OutboxEmitter &emitter, const ChangeFrame &frame,
                        const core::OutboxMessage &message) {
    const RelationPlan &plan = *emitter.plans[plan_index(message.kind)];
    Datum values[kColumns];
    bool nulls[kColumns] = {};
    values[kId] = PointerGetDatum(message.id.data());
    values[kAggregateType] = varlena_of(message.aggregate_type);
    values[kAggregateId] = varlena_of(message.aggregate_id);
    values[kType] = varlena_of(message.type);
    values[kPayload] = message.has_payload ? varlena_of(message.payload) : Datum{0};
    nulls[kPayload] = !message.has_payload;
    write_event_record(out, plan, frame, {values, nulls}, core::Operation::kCreate,
                       {.more = message.headers});
}

}  // namespace outflow::plugin
