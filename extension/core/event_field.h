// The scalar fields of Debezium's envelope one by one, for transforms that take them out of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "envelope_writer.h"
#include "operation.h"
#include "schema_writer.h"
#include "source_info.h"
#include "transaction_writer.h"

namespace outflow::core {

enum class EventField : std::uint8_t {
    kOperation,
    kTimeMs,
    kTimeUs,
    kTimeNs,
    kSourceVersion,
    kSourceConnector,
    kSourceName,
    kSourceTimeMs,
    kSourceSnapshot,
    kSourceDatabase,
    kSourceSequence,
    kSourceTimeUs,
    kSourceTimeNs,
    kSourceSchema,
    kSourceTable,
    kSourceXid,
    kSourceLsn,
    kSourceXmin,
    kSourceOrigin,
    kSourceOriginLsn,
    kTransactionId,
    kTransactionOrder,
    kTransactionTableOrder,
};

struct EventFieldSpec {
    EventField field;
    std::string_view parent;  // the struct that it is in: "source"; empty: the envelope itself
    std::string_view name;
    SchemaNode schema;
};

// nullptr when the parent has no such field.
const EventFieldSpec *find_event_field(std::string_view parent, std::string_view name);

// What one event says.
struct EventFacts {
    Operation operation = Operation::kCreate;
    const EnvelopeClock *clock = nullptr;
    const SourceParts *source = nullptr;
    std::string_view schema;  // of the table
    std::string_view table;
    std::uint64_t lsn = 0;
    const TransactionPlace *transaction = nullptr;  // provide.transaction.metadata
};

// Appends the field's value as JSON; `null` for none, and where the envelope prints the default of
// its schema instead of a null.
void write_event_field(ByteSink *sink, EventField field, const EventFacts &facts);

}  // namespace outflow::core
