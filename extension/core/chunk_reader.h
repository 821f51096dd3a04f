// Reads what chunk_writer.h wrote. Total over any bytes: a malformed chunk gives an error with a
// name, never a read outside the buffer, never an allocation. Returned views point into the chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "chunk_records.h"

namespace outflow::core {

enum class ChunkError : std::uint8_t {
    kNone,
    kTooShort,  // smaller than a chunk header
    kBadMagic,
    kBadVersion,       // written by another version of the plugin
    kBadLength,        // body_bytes and the message's size disagree
    kTruncatedRecord,  // a record reaches beyond the chunk
    kUnknownRecord,
    kBadRecord,  // lengths inside a record disagree, or an unknown operation
    kBadCount,   // record_count and the records disagree
};
std::string_view describe(ChunkError error);

// One record; only the member that `type` names is meaningful.
struct ChunkRecord {
    RecordType type = RecordType::kProgress;
    RelationRecord relation;
    BeginRecord begin;
    CommitRecord commit;
    ProgressRecord progress;
    EventRecord event;
};

class ChunkReader {
 public:
    // Checks the header only; records are checked one by one as they are read.
    explicit ChunkReader(std::string_view chunk);

    // False at the end or on an error; error() tells which.
    bool next(ChunkRecord *record);
    ChunkError error() const { return error_; }
    bool idle() const { return idle_; }

 private:
    std::string_view rest_;
    std::uint32_t records_left_ = 0;
    bool idle_ = false;
    ChunkError error_ = ChunkError::kNone;
};

// Reads one event record that stands alone (a snapshot row).
ChunkError read_event(std::string_view bytes, EventRecord *event);

// Walks the header bytes of an event.
class EventHeaderReader {
 public:
    explicit EventHeaderReader(std::string_view headers) : rest_(headers) {}
    // False at the end, or where the rest is malformed (then malformed() is true).
    bool next(EventHeader *header);
    bool malformed() const { return malformed_; }

 private:
    std::string_view rest_;
    bool malformed_ = false;
};

}  // namespace outflow::core
