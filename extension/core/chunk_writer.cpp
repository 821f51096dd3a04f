#include "chunk_writer.h"

#include "little_endian.h"

namespace outflow::core {

void ChunkWriter::begin_chunk() {
    record_count_ = 0;
    char *header = sink_->reserve(kChunkHeaderBytes);
    std::memcpy(header, kChunkMagic, sizeof kChunkMagic);
    header[4] = static_cast<char>(kChunkVersion);
    std::memset(header + 5, 0, kChunkHeaderBytes - 5);
    sink_->advance(kChunkHeaderBytes);
}

void ChunkWriter::end_chunk(bool idle) {
    sink_->data[5] = static_cast<char>(idle ? kChunkIdle : 0);
    store<std::uint32_t>(sink_->data + 8, record_count_);
    store<std::uint32_t>(sink_->data + 12,
                         static_cast<std::uint32_t>(sink_->size - kChunkHeaderBytes));
}

// Writes the record header and returns where the body goes; the sink has advanced over both.
char *ChunkWriter::record(RecordType type, std::size_t body_bytes) {
    char *at = sink_->reserve(kRecordHeaderBytes + body_bytes);
    std::memset(at, 0, kRecordHeaderBytes);
    at[0] = static_cast<char>(type);
    store<std::uint32_t>(at + 4, static_cast<std::uint32_t>(body_bytes));
    sink_->advance(kRecordHeaderBytes + body_bytes);
    ++record_count_;
    return at + kRecordHeaderBytes;
}

void ChunkWriter::relation(const RelationRecord &relation) {
    const std::size_t text_bytes =
        relation.schema.size() + relation.table.size() + relation.topic.size();
    char *body = record(RecordType::kRelation, kRelationFixedBytes + text_bytes);
    store<std::uint32_t>(body, relation.id);
    store<std::uint16_t>(body + 4, static_cast<std::uint16_t>(relation.schema.size()));
    store<std::uint16_t>(body + 6, static_cast<std::uint16_t>(relation.table.size()));
    store<std::uint16_t>(body + 8, static_cast<std::uint16_t>(relation.topic.size()));
    store<std::uint16_t>(body + 10, 0);
    char *text = body + kRelationFixedBytes;
    for (const std::string_view part : {relation.schema, relation.table, relation.topic}) {
        std::memcpy(text, part.data(), part.size());
        text += part.size();
    }
}

void ChunkWriter::begin(CommitLsn commit, std::uint32_t xid, std::int64_t commit_time_us) {
    char *body = record(RecordType::kBegin, kBeginBodyBytes);
    store(body, commit.value);
    store(body + 8, xid);
    store<std::uint32_t>(body + 12, 0);
    store(body + 16, static_cast<std::uint64_t>(commit_time_us));
}

void ChunkWriter::commit(CommitLsn commit, EndLsn end, Lsn sequence, std::uint64_t last_ordinal,
                         std::uint64_t event_count) {
    char *body = record(RecordType::kCommit, kCommitBodyBytes);
    store(body, commit.value);
    store(body + 8, end.value);
    store(body + 16, sequence.value);
    store(body + 24, last_ordinal);
    store(body + 32, event_count);
}

void ChunkWriter::progress(EndLsn position, Lsn sequence) {
    char *body = record(RecordType::kProgress, kProgressBodyBytes);
    store(body, position.value);
    store(body + 8, sequence.value);
}

void ChunkWriter::begin_event(const EventStart &start) {
    record_begin_ = sink_->size;
    char *at = sink_->reserve(kRecordHeaderBytes + kEventFixedBytes);
    at[0] = static_cast<char>(RecordType::kEvent);
    at[1] = static_cast<char>(start.operation);
    store(at + 2, start.flags);
    char *body = at + kRecordHeaderBytes;
    store(body, start.relation);
    store(body + 8, start.ordinal);
    store(body + 16, start.lsn);
    sink_->advance(kRecordHeaderBytes + kEventFixedBytes);
    key_begin_ = key_end_ = value_end_ = sink_->size;
    routing_begin_ = 0;
}

void ChunkWriter::end_event(std::size_t marker_at) {
    char *at = sink_->data + record_begin_;
    char *body = at + kRecordHeaderBytes;
    const std::size_t body_bytes = sink_->size - record_begin_ - kRecordHeaderBytes;
    const std::size_t headers_end = routing_begin_ ? routing_begin_ : sink_->size;
    store<std::uint32_t>(at + 4, static_cast<std::uint32_t>(body_bytes));
    store<std::uint32_t>(body + 4,
                         marker_at ? static_cast<std::uint32_t>(marker_at - key_end_) : 0);
    store<std::uint32_t>(body + 24, static_cast<std::uint32_t>(key_end_ - key_begin_));
    store<std::uint32_t>(body + 28, static_cast<std::uint32_t>(value_end_ - key_end_));
    store<std::uint32_t>(body + 32, static_cast<std::uint32_t>(headers_end - value_end_));
    store<std::uint32_t>(body + 36, static_cast<std::uint32_t>(sink_->size - headers_end));
    ++record_count_;
}

void ChunkWriter::event_header(std::string_view name, std::string_view value) {
    event_header(EventHeader{.name = name, .value = value});
}

void ChunkWriter::event_header(const EventHeader &header) {
    const std::string_view value = header.is_null ? std::string_view() : header.value;
    const std::size_t bytes = kEventHeaderFixedBytes + header.name.size() + value.size();
    char *at = sink_->reserve(bytes);
    const auto place = header.behind_context ? kHeaderBehindContext : std::uint16_t{0};
    store<std::uint16_t>(at, static_cast<std::uint16_t>(header.name.size() | place));
    store<std::uint32_t>(at + 2,
                         header.is_null ? kNullHeader : static_cast<std::uint32_t>(value.size()));
    at += kEventHeaderFixedBytes;
    std::memcpy(at, header.name.data(), header.name.size());
    if (!value.empty()) std::memcpy(at + header.name.size(), value.data(), value.size());
    sink_->advance(bytes);
}

void ChunkWriter::event_routing(const EventRouting &routing) {
    routing_begin_ = sink_->size;
    char *at = sink_->reserve(kRoutingFixedBytes + routing.topic.size());
    store(at, static_cast<std::uint32_t>(routing.partition));
    store(at + 4, static_cast<std::uint64_t>(routing.timestamp_ms));
    std::memcpy(at + kRoutingFixedBytes, routing.topic.data(), routing.topic.size());
    sink_->advance(kRoutingFixedBytes + routing.topic.size());
}

}  // namespace outflow::core
