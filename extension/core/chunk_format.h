// The binary format between plugin and relay (`format=chunks`): constants only, shared by
// chunk_writer.h and chunk_reader.h. extension/README.md describes it in words; a change of
// anything here changes kChunkVersion, that page and the golden chunks in the same commit.
//
// A chunk is one CopyData message: a header and records, without gaps. All integers are
// little-endian and unaligned. A snapshot row (outflow.snapshot) is one event record without a
// chunk header around it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace outflow::core {

constexpr char kChunkMagic[4] = {'O', 'F', 'L', 'W'};
constexpr std::uint8_t kChunkVersion = 2;

// Chunk header: magic[4] version u8, flags u8, reserved u16, record_count u32, body_bytes u32.
constexpr std::size_t kChunkHeaderBytes = 16;
constexpr std::uint8_t kChunkIdle = 1;  // sent because the server is about to wait for new WAL

// A chunk leaves when its body reaches this size; one event alone may be larger.
constexpr std::size_t kChunkTargetBytes = 64 * 1024;

// Every record: type u8, detail u8, flags u16, body_bytes u32 (behind these eight bytes), body.
constexpr std::size_t kRecordHeaderBytes = 8;

enum class RecordType : std::uint8_t {
    // detail 0. Body: relation u32, schema_bytes u16, table_bytes u16, topic_bytes u16, reserved
    // u16, schema, table, topic. Comes before the first event of a relation and replaces an earlier
    // record of the same id. What is no table (below) has neither schema nor table.
    kRelation = 'R',
    // Body: commit_lsn u64, xid u32, reserved u32, commit_time_us i64 (Unix epoch).
    // Sent only before the first event of a transaction; a transaction without events sends none.
    kBegin = 'B',
    // detail = Operation letter, flags = EventFlag bits. Body: kEventFixedBytes, then key bytes,
    // value bytes, header bytes. Every event record is exactly one Kafka record.
    kEvent = 'E',
    // Body: commit_lsn u64, end_lsn u64, sequence_lsn u64, last_ordinal u64, event_count u64.
    kCommit = 'C',
    // All WAL before lsn is decoded and everything captured in it was sent before this record.
    // Body: lsn u64, sequence_lsn u64.
    kProgress = 'P',
};

// Event body before the variable part: relation u32, marker_offset u32, ordinal u64, lsn u64,
// key_bytes u32, value_bytes u32, header_bytes u32, routing_bytes u32. Behind the header bytes an
// event may have routing: partition i32 (-1: the producer's choice), timestamp_ms i64 (-1: when it
// is sent), topic (empty: the relation's).
//
// marker_offset: offset in the value of
// the four bytes `true` of a snapshot row's `"snapshot":"true"`, 0 elsewhere. ordinal: number of
// the callback inside its transaction, from 1, counted before any filter. lsn: `source.lsn`.
constexpr std::size_t kEventFixedBytes = 40;
constexpr std::size_t kRoutingFixedBytes = 12;

// Relations that are no table of the database, whose own OIDs begin at 16384.
constexpr std::uint32_t kMessageRelation = 0;      // logical messages
constexpr std::uint32_t kOutboxRelation = 1;       // outflow.outbox_emit: each names its topic
constexpr std::uint32_t kTransactionRelation = 2;  // provide.transaction.metadata: BEGIN and END

enum EventFlag : std::uint16_t {
    kEventHasKey = 1,            // else the Kafka key is null bytes
    kEventHasValue = 2,          // else the Kafka value is null bytes: a tombstone
    kEventMoreOfOrdinal = 4,     // another record of the same ordinal follows: do not split here
    kEventNonTransactional = 8,  // a message outside any transaction; deduplicate it by its lsn
};

// Header bytes of an event: repeated name_bytes u16, value_bytes u32, name, value. The highest bit
// of name_bytes puts a header behind the connector's own context headers, where transforms add
// theirs; those without it come first and stand before them. value_bytes kNullHeader: a null value.
constexpr std::size_t kEventHeaderFixedBytes = 6;
constexpr std::uint16_t kHeaderBehindContext = 0x8000;
constexpr std::uint32_t kNullHeader = 0xFFFFFFFF;

constexpr std::size_t kBeginBodyBytes = 24;
constexpr std::size_t kCommitBodyBytes = 40;
constexpr std::size_t kProgressBodyBytes = 16;
constexpr std::size_t kRelationFixedBytes = 12;
constexpr std::size_t kMaxIdentifierBytes = 255;    // schema and table names (NAMEDATALEN is 64)
constexpr std::size_t kMaxRecordTopicBytes = 1024;  // Kafka allows 249 characters

}  // namespace outflow::core
