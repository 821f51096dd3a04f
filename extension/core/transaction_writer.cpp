#include "transaction_writer.h"

#include "json_writer.h"
#include "source_info.h"

namespace outflow::core {
namespace {

void write_id(ByteSink *sink, const TransactionId &id) {
    sink->append(R"("id":)");
    write_transaction_id(sink, id);
}

void begin_value(ByteSink *sink, std::string_view status, const TransactionId &id,
                 const ValueFrame &frame) {
    sink->append(frame.prefix);
    sink->append(R"({"status":)");
    write_json_string(sink, status);
    sink->append(',');
    write_id(sink, id);
}

void end_value(ByteSink *sink, std::int64_t commit_time_us, const ValueFrame &frame) {
    sink->append(R"(,"ts_ms":)");
    write_json_int(sink, floor_milliseconds(commit_time_us));
    sink->append('}');
    sink->append(frame.suffix);
}

}  // namespace

const std::string_view kTransactionKeySchema =
    R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"id"}],)"
    R"("optional":false,"name":"io.debezium.connector.common.TransactionMetadataKey","version":1})";

const std::string_view kTransactionValueSchema =
    R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"status"},)"
    R"({"type":"string","optional":false,"field":"id"},)"
    R"({"type":"int64","optional":true,"field":"event_count"},)"
    R"({"type":"array","items":{"type":"struct","fields":[)"
    R"({"type":"string","optional":false,"field":"data_collection"},)"
    R"({"type":"int64","optional":false,"field":"event_count"}],)"
    R"("optional":true,"name":"event.collection","version":1},)"
    R"("optional":true,"field":"data_collections"},)"
    R"({"type":"int64","optional":false,"field":"ts_ms"}],"optional":false,)"
    R"("name":"io.debezium.connector.common.TransactionMetadataValue","version":1})";

void write_transaction_block(ByteSink *sink, const TransactionPlace &place) {
    sink->append(R"(,"transaction":{)");
    write_id(sink, place.id);
    sink->append(R"(,"total_order":)");
    write_json_uint(sink, place.total_order);
    sink->append(R"(,"data_collection_order":)");
    write_json_uint(sink, place.collection_order);
    sink->append('}');
}

void write_transaction_id(ByteSink *sink, const TransactionId &id) {
    sink->append('"');
    write_json_uint(sink, id.xid);
    sink->append(':');
    write_json_uint(sink, id.lsn);
    sink->append('"');
}

void write_transaction_key(ByteSink *sink, const TransactionId &id, const ValueFrame &frame) {
    sink->append(frame.prefix);
    sink->append('{');
    write_id(sink, id);
    sink->append('}');
    sink->append(frame.suffix);
}

void write_transaction_begin(ByteSink *sink, const TransactionId &id, std::int64_t commit_time_us,
                             const ValueFrame &frame) {
    begin_value(sink, "BEGIN", id, frame);
    sink->append(R"(,"event_count":null,"data_collections":null)");
    end_value(sink, commit_time_us, frame);
}

void write_transaction_end(ByteSink *sink, const TransactionId &id, std::int64_t commit_time_us,
                           std::uint64_t event_count, const CollectionCount *collections,
                           const std::uint32_t *order, std::size_t count, const ValueFrame &frame) {
    begin_value(sink, "END", id, frame);
    sink->append(R"(,"event_count":)");
    write_json_uint(sink, event_count);
    sink->append(R"(,"data_collections":[)");
    for (std::size_t at = 0; at < count; ++at) {
        const CollectionCount &collection = collections[order[at]];
        sink->append(at > 0 ? R"(,{"data_collection":)" : R"({"data_collection":)");
        write_json_string(sink, collection.name);
        sink->append(R"(,"event_count":)");
        write_json_uint(sink, collection.event_count);
        sink->append('}');
    }
    sink->append(']');
    end_value(sink, commit_time_us, frame);
}

}  // namespace outflow::core
