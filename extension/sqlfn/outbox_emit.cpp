// outflow.outbox_emit(…) → uuid: writes an event as a transactional logical message. What could not
// be delivered is refused here, in the session that can still correct it.
#include "core/chunk_writer.h"
#include "core/outbox_message.h"
#include "pg/context_sink.h"
#include "pg/pg.h"

extern "C" {
PG_FUNCTION_INFO_V1(outflow_outbox_emit_jsonb);
PG_FUNCTION_INFO_V1(outflow_outbox_emit_text);
PG_FUNCTION_INFO_V1(outflow_outbox_emit_bytea);
}

namespace {

using namespace outflow;

constexpr int kMaxCharacters = 255;  // as in the columns of the standard table

std::string_view bytes_of(Datum value) {
    auto *packed =
        pg_detoast_datum_packed(reinterpret_cast<struct varlena *>(DatumGetPointer(value)));
    return {VARDATA_ANY(packed), static_cast<std::size_t>(VARSIZE_ANY_EXHDR(packed))};
}

std::string_view text_argument(FunctionCallInfo fcinfo, int number, const char *name) {
    if (PG_ARGISNULL(number))
        ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                errmsg("%s of an outbox event must not be null", name));
    const std::string_view text = bytes_of(PG_GETARG_DATUM(number));
    const int characters = pg_mbstrlen_with_len(text.data(), static_cast<int>(text.size()));
    if (characters > kMaxCharacters)
        ereport(ERROR, errcode(ERRCODE_STRING_DATA_RIGHT_TRUNCATION),
                errmsg("%s of an outbox event has %d characters, more than %d", name, characters,
                       kMaxCharacters));
    return text;
}

std::string_view aggregate_type_argument(FunctionCallInfo fcinfo) {
    const std::string_view text = text_argument(fcinfo, 0, "aggregate_type");
    if (!core::is_topic_text(text))
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("aggregate_type of an outbox event becomes part of a topic's name"),
                errhint("It may have ASCII letters, digits, dots, underscores and hyphens."));
    return text;
}

std::string_view value_text(const JsonbValue &value) {
    switch (value.type) {
        case jbvString:
            return {value.val.string.val, static_cast<std::size_t>(value.val.string.len)};
        case jbvNumeric:
            return DatumGetCString(
                DirectFunctionCall1(numeric_out, NumericGetDatum(value.val.numeric)));
        case jbvBool:
            return value.val.boolean ? "true" : "false";
        default:
            return JsonbToCString(nullptr, value.val.binary.data, value.val.binary.len);
    }
}

void check_header_name(std::string_view name) {
    if (name.empty() || name.size() > kMaxCharacters || name == "id" ||
        name.starts_with("__debezium."))
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("invalid header name \"%.*s\" of an outbox event",
                       static_cast<int>(name.size()), name.data()),
                errhint("A name has 1 to 255 bytes; \"id\" and names that begin with "
                        "\"__debezium.\" are taken."));
}

std::string_view header_bytes(core::ByteSink *sink, Jsonb *headers) {
    if (!JB_ROOT_IS_OBJECT(headers))
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("headers of an outbox event must be a JSON object"));
    core::ChunkWriter writer(sink);
    JsonbIterator *iterator = JsonbIteratorInit(&headers->root);
    JsonbValue value;
    JsonbIteratorToken token;
    std::string_view name;
    while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE) {
        if (token == WJB_KEY) {
            name = value_text(value);
            check_header_name(name);
        } else if (token == WJB_VALUE) {
            const bool is_null = value.type == jbvNull;
            writer.event_header({.name = name,
                                 .value = is_null ? std::string_view() : value_text(value),
                                 .behind_context = true,
                                 .is_null = is_null});
        }
    }
    return sink->view();
}

std::string_view payload_argument(FunctionCallInfo fcinfo, core::OutboxPayload kind) {
    if (kind != core::OutboxPayload::kJson) return bytes_of(PG_GETARG_DATUM(3));
    Jsonb *payload = PG_GETARG_JSONB_P(3);
    return JsonbToCString(nullptr, &payload->root, VARSIZE(payload));
}

pg_uuid_t *new_id() {
    auto *id = static_cast<pg_uuid_t *>(palloc(sizeof(pg_uuid_t)));
    if (!pg_strong_random(id->data, UUID_LEN))
        ereport(ERROR, errcode(ERRCODE_INTERNAL_ERROR), errmsg("could not generate random values"));
    id->data[6] = (id->data[6] & 0x0F) | 0x40;  // version 4, RFC 9562
    id->data[8] = (id->data[8] & 0x3F) | 0x80;
    return id;
}

void check_session() {
    PreventCommandIfReadOnly("outflow.outbox_emit()");
    PreventCommandDuringRecovery("outflow.outbox_emit()");
    if (wal_level < WAL_LEVEL_LOGICAL)
        ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                errmsg("an outbox event needs wal_level = logical"),
                errhint("ALTER SYSTEM SET wal_level = logical, then restart the server."));
}

Datum emit(FunctionCallInfo fcinfo, core::OutboxPayload kind) {
    check_session();
    core::OutboxMessage message;
    message.kind = kind;
    message.aggregate_type = aggregate_type_argument(fcinfo);
    message.aggregate_id = text_argument(fcinfo, 1, "aggregate_id");
    message.type = text_argument(fcinfo, 2, "type");
    message.has_payload = !PG_ARGISNULL(3);
    if (message.has_payload) message.payload = payload_argument(fcinfo, kind);
    core::ByteSink headers;
    pg::init_local_sink(&headers);
    if (!PG_ARGISNULL(4)) message.headers = header_bytes(&headers, PG_GETARG_JSONB_P(4));
    pg_uuid_t *id = new_id();
    message.id = {reinterpret_cast<const char *>(id->data), UUID_LEN};
    core::ByteSink content;
    pg::init_local_sink(&content);
    core::write_outbox_message(&content, message);
    pg::log_transactional_message(core::kOutboxPrefix.data(), content.data, content.size);
    PG_RETURN_UUID_P(id);
}

}  // namespace

Datum outflow_outbox_emit_jsonb(PG_FUNCTION_ARGS) {
    return emit(fcinfo, core::OutboxPayload::kJson);
}
Datum outflow_outbox_emit_text(PG_FUNCTION_ARGS) {
    return emit(fcinfo, core::OutboxPayload::kText);
}
Datum outflow_outbox_emit_bytea(PG_FUNCTION_ARGS) {
    return emit(fcinfo, core::OutboxPayload::kBytes);
}
