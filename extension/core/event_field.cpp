#include "event_field.h"

#include "json_writer.h"

namespace outflow::core {
namespace {

using enum EventField;

constexpr SchemaNode kString = {.type = "string"};
constexpr SchemaNode kInt64 = {.type = "int64"};
constexpr SchemaNode kSnapshotMarker = {
    .type = "string",
    .name = "io.debezium.data.Enum",
    .version = 1,
    .parameters = R"({"allowed":"true,first,first_in_data_collection,last_in_data_collection,)"
                  R"(last,false,incremental"})"};

constexpr EventFieldSpec kFields[] = {
    {kOperation, "", "op", kString},
    {kTimeMs, "", "ts_ms", kInt64},
    {kTimeUs, "", "ts_us", kInt64},
    {kTimeNs, "", "ts_ns", kInt64},
    {kSourceVersion, "source", "version", kString},
    {kSourceConnector, "source", "connector", kString},
    {kSourceName, "source", "name", kString},
    {kSourceTimeMs, "source", "ts_ms", kInt64},
    {kSourceSnapshot, "source", "snapshot", kSnapshotMarker},
    {kSourceDatabase, "source", "db", kString},
    {kSourceSequence, "source", "sequence", kString},
    {kSourceTimeUs, "source", "ts_us", kInt64},
    {kSourceTimeNs, "source", "ts_ns", kInt64},
    {kSourceSchema, "source", "schema", kString},
    {kSourceTable, "source", "table", kString},
    {kSourceXid, "source", "txId", kInt64},
    {kSourceLsn, "source", "lsn", kInt64},
    {kSourceXmin, "source", "xmin", kInt64},
    {kSourceOrigin, "source", "origin", kString},
    {kSourceOriginLsn, "source", "origin_lsn", kInt64},
    {kTransactionId, "transaction", "id", kString},
    {kTransactionOrder, "transaction", "total_order", kInt64},
    {kTransactionTableOrder, "transaction", "data_collection_order", kInt64},
};

void write_operation(ByteSink *sink, Operation operation) {
    const char letter = static_cast<char>(operation);
    write_json_plain_string(sink, {&letter, 1});
}

// Of a streamed event the marker is not set.
void write_marker(ByteSink *sink, std::string_view word) {
    if (word.empty() || word == "false")
        write_json_null(sink);
    else
        write_json_plain_string(sink, word);
}

void write_transaction_field(ByteSink *sink, EventField field, const TransactionPlace *place) {
    if (place == nullptr) return write_json_null(sink);
    if (field == kTransactionId) return write_transaction_id(sink, place->id);
    write_json_uint(sink,
                    field == kTransactionOrder ? place->total_order : place->collection_order);
}

}  // namespace

const EventFieldSpec *find_event_field(std::string_view parent, std::string_view name) {
    for (const EventFieldSpec &spec : kFields) {
        if (spec.parent == parent && spec.name == name) return &spec;
    }
    return nullptr;
}

void write_event_field(ByteSink *sink, EventField field, const EventFacts &facts) {
    const SourceInfo &source = facts.source->info;
    switch (field) {
        case kOperation:
            return write_operation(sink, facts.operation);
        case kTimeMs:
            return write_json_int(sink, facts.clock->time_ms());
        case kTimeUs:
            return write_json_int(sink, facts.clock->time_ns / 1'000);
        case kTimeNs:
            return write_json_int(sink, facts.clock->time_ns);
        case kSourceVersion:
            return write_json_string(sink, source.version);
        case kSourceConnector:
            return write_json_plain_string(sink, kSourceConnectorWord);
        case kSourceName:
            return write_json_string(sink, source.name);
        case kSourceTimeMs:
            return write_json_int(sink, source.time_ms());
        case kSourceSnapshot:
            return write_marker(sink, source.snapshot);
        case kSourceDatabase:
            return write_json_string(sink, source.database);
        case kSourceSequence:
            return write_sequence(sink, *facts.source, facts.lsn);
        case kSourceTimeUs:
            return write_json_int(sink, source.time_us);
        case kSourceTimeNs:
            return write_json_int(sink, source.time_us * 1000);
        case kSourceSchema:
            return write_json_string(sink, facts.schema);
        case kSourceTable:
            return write_json_string(sink, facts.table);
        case kSourceXid:
            return source.has_xid ? write_json_uint(sink, source.xid) : write_json_null(sink);
        case kSourceLsn:
            return write_json_uint(sink, facts.lsn);
        case kSourceOrigin:
            return sink->append(facts.source->origin_name());
        case kSourceOriginLsn:
            return source.has_origin ? write_json_uint(sink, source.origin_lsn)
                                     : write_json_null(sink);
        case kSourceXmin:
            return source.has_xmin ? write_json_uint(sink, source.xmin) : write_json_null(sink);
        case kTransactionId:
        case kTransactionOrder:
        case kTransactionTableOrder:
            return write_transaction_field(sink, field, facts.transaction);
    }
}

}  // namespace outflow::core
