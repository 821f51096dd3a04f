// Writes the records of chunk_format.h into a ByteSink; its twin is chunk_reader.h.
//
// An event is written in place: begin_event, then the key, the value and the headers straight into
// the sink (with end_key, end_value between them), then its routing, then end_event. Nothing is
// copied twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "byte_sink.h"
#include "chunk_records.h"

namespace outflow::core {

struct EventStart {
    std::uint32_t relation = kMessageRelation;
    Operation operation = Operation::kCreate;
    std::uint16_t flags = 0;
    std::uint64_t ordinal = 0;
    std::uint64_t lsn = 0;
};

class ChunkWriter {
 public:
    explicit ChunkWriter(ByteSink *sink) : sink_(sink) {}

    // Reserves the chunk header; the sink must be empty.
    void begin_chunk();
    // Fills in the header. `idle`: the server is about to wait.
    void end_chunk(bool idle);

    void relation(const RelationRecord &relation);
    void begin(CommitLsn commit, std::uint32_t xid, std::int64_t commit_time_us);
    void commit(CommitLsn commit, EndLsn end, Lsn sequence, std::uint64_t last_ordinal,
                std::uint64_t event_count);
    void progress(EndLsn position, Lsn sequence);

    void begin_event(const EventStart &start);
    void end_key() { key_end_ = sink_->size; }
    void end_value() { value_end_ = sink_->size; }
    // `marker_at`: absolute offset in the sink of the snapshot marker, 0 without one.
    void end_event(std::size_t marker_at = 0);
    // Drops the event that was begun and not ended.
    void cancel_event() { sink_->size = record_begin_; }

    // The value of the event that ended last; valid until the sink changes.
    std::string_view last_value() const { return {sink_->data + key_end_, value_end_ - key_end_}; }

    void event_header(std::string_view name, std::string_view value);
    // Those behind the context headers come last.
    void event_header(const EventHeader &header);
    // Behind all headers.
    void event_routing(const EventRouting &routing);

    std::uint32_t record_count() const { return record_count_; }
    bool empty() const { return record_count_ == 0; }
    ByteSink *sink() const { return sink_; }

 private:
    char *record(RecordType type, std::size_t body_bytes);

    ByteSink *sink_;
    std::uint32_t record_count_ = 0;
    std::size_t record_begin_ = 0;
    std::size_t key_begin_ = 0;
    std::size_t key_end_ = 0;
    std::size_t value_end_ = 0;
    std::size_t routing_begin_ = 0;  // 0: the event has none
};

}  // namespace outflow::core
