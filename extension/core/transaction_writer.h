// Transaction metadata (`provide.transaction.metadata`): the `transaction` block of an event, and
// the key and value of the records that mark a transaction's BEGIN and END. Field order and
// schemas: Debezium 3.6.1 (io.debezium.connector.common.TransactionMetadataKey and -Value,
// event.block).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "byte_sink.h"
#include "envelope_writer.h"

namespace outflow::core {

// `<xid>:<LSN>`. The LSN is that of the record that carries the id, so the id changes from record
// to record of one transaction.
struct TransactionId {
    std::uint32_t xid = 0;
    std::uint64_t lsn = 0;
};

// Where an event stands in its transaction: counted from 1, all together and in its table.
struct TransactionPlace {
    TransactionId id;
    std::uint64_t total_order = 0;
    std::uint64_t collection_order = 0;
};

// How many events of a table (`schema.table`) the transaction has.
struct CollectionCount {
    std::string_view name;
    std::uint64_t event_count = 0;
};

// `,"transaction":{"id":…,"total_order":…,"data_collection_order":…}`: stands where
// kNoTransaction stands without metadata.
void write_transaction_block(ByteSink *sink, const TransactionPlace &place);

// The id by itself, as JSON.
void write_transaction_id(ByteSink *sink, const TransactionId &id);

void write_transaction_key(ByteSink *sink, const TransactionId &id, const ValueFrame &frame);
void write_transaction_begin(ByteSink *sink, const TransactionId &id, std::int64_t commit_time_us,
                             const ValueFrame &frame);
// `order` lists the positions of the collections as they are printed.
void write_transaction_end(ByteSink *sink, const TransactionId &id, std::int64_t commit_time_us,
                           std::uint64_t event_count, const CollectionCount *collections,
                           const std::uint32_t *order, std::size_t count, const ValueFrame &frame);

extern const std::string_view kTransactionKeySchema;
extern const std::string_view kTransactionValueSchema;

}  // namespace outflow::core
