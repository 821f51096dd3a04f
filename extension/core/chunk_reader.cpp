#include "chunk_reader.h"

#include "little_endian.h"

namespace outflow::core {
namespace {

ChunkError read_relation(std::string_view body, RelationRecord *out) {
    if (body.size() < kRelationFixedBytes) return ChunkError::kBadRecord;
    const std::size_t schema_bytes = load<std::uint16_t>(body.data() + 4);
    const std::size_t table_bytes = load<std::uint16_t>(body.data() + 6);
    const std::size_t topic_bytes = load<std::uint16_t>(body.data() + 8);
    if (schema_bytes > kMaxIdentifierBytes || table_bytes > kMaxIdentifierBytes ||
        topic_bytes > kMaxRecordTopicBytes ||
        body.size() != kRelationFixedBytes + schema_bytes + table_bytes + topic_bytes)
        return ChunkError::kBadRecord;
    out->id = load<std::uint32_t>(body.data());
    out->schema = body.substr(kRelationFixedBytes, schema_bytes);
    out->table = body.substr(kRelationFixedBytes + schema_bytes, table_bytes);
    out->topic = body.substr(kRelationFixedBytes + schema_bytes + table_bytes);
    return ChunkError::kNone;
}

ChunkError read_begin(std::string_view body, BeginRecord *out) {
    if (body.size() != kBeginBodyBytes) return ChunkError::kBadRecord;
    out->commit = {load<std::uint64_t>(body.data())};
    out->xid = load<std::uint32_t>(body.data() + 8);
    out->commit_time_us = static_cast<std::int64_t>(load<std::uint64_t>(body.data() + 16));
    return ChunkError::kNone;
}

ChunkError read_commit(std::string_view body, CommitRecord *out) {
    if (body.size() != kCommitBodyBytes) return ChunkError::kBadRecord;
    out->commit = {load<std::uint64_t>(body.data())};
    out->end = {load<std::uint64_t>(body.data() + 8)};
    out->sequence = {load<std::uint64_t>(body.data() + 16)};
    out->last_ordinal = load<std::uint64_t>(body.data() + 24);
    out->event_count = load<std::uint64_t>(body.data() + 32);
    return ChunkError::kNone;
}

ChunkError read_progress(std::string_view body, ProgressRecord *out) {
    if (body.size() != kProgressBodyBytes) return ChunkError::kBadRecord;
    out->position = {load<std::uint64_t>(body.data())};
    out->sequence = {load<std::uint64_t>(body.data() + 8)};
    return ChunkError::kNone;
}

ChunkError read_routing(std::string_view routing, EventRecord *out) {
    out->has_routing = !routing.empty();
    out->routing = EventRouting();
    if (routing.empty()) return ChunkError::kNone;
    if (routing.size() < kRoutingFixedBytes ||
        routing.size() > kRoutingFixedBytes + kMaxRecordTopicBytes)
        return ChunkError::kBadRecord;
    out->routing.partition = static_cast<std::int32_t>(load<std::uint32_t>(routing.data()));
    out->routing.timestamp_ms = static_cast<std::int64_t>(load<std::uint64_t>(routing.data() + 4));
    out->routing.topic = routing.substr(kRoutingFixedBytes);
    return ChunkError::kNone;
}

ChunkError read_event_body(char operation, std::uint16_t flags, std::string_view body,
                           EventRecord *out) {
    if (body.size() < kEventFixedBytes || !is_operation(operation)) return ChunkError::kBadRecord;
    const char *at = body.data();
    const std::size_t key_bytes = load<std::uint32_t>(at + 24);
    const std::size_t value_bytes = load<std::uint32_t>(at + 28);
    const std::size_t header_bytes = load<std::uint32_t>(at + 32);
    const std::size_t routing_bytes = load<std::uint32_t>(at + 36);
    if (body.size() != kEventFixedBytes + key_bytes + value_bytes + header_bytes + routing_bytes)
        return ChunkError::kBadRecord;
    out->operation = static_cast<Operation>(operation);
    out->flags = flags;
    out->relation = load<std::uint32_t>(at);
    out->marker_offset = load<std::uint32_t>(at + 4);
    out->ordinal = load<std::uint64_t>(at + 8);
    out->lsn = load<std::uint64_t>(at + 16);
    out->key = body.substr(kEventFixedBytes, key_bytes);
    out->value = body.substr(kEventFixedBytes + key_bytes, value_bytes);
    out->headers = body.substr(kEventFixedBytes + key_bytes + value_bytes, header_bytes);
    const bool marker_fits =
        out->marker_offset == 0 || (value_bytes >= 4 && out->marker_offset <= value_bytes - 4);
    if (!marker_fits) return ChunkError::kBadRecord;
    return read_routing(body.substr(body.size() - routing_bytes), out);
}

// Splits one record off the front of `rest`.
ChunkError read_record(std::string_view *rest, ChunkRecord *out) {
    if (rest->size() < kRecordHeaderBytes) return ChunkError::kTruncatedRecord;
    const char *at = rest->data();
    const std::size_t body_bytes = load<std::uint32_t>(at + 4);
    if (body_bytes > rest->size() - kRecordHeaderBytes) return ChunkError::kTruncatedRecord;
    const std::string_view body = rest->substr(kRecordHeaderBytes, body_bytes);
    out->type = static_cast<RecordType>(at[0]);
    rest->remove_prefix(kRecordHeaderBytes + body_bytes);
    switch (out->type) {
        case RecordType::kEvent:
            return read_event_body(at[1], load<std::uint16_t>(at + 2), body, &out->event);
        case RecordType::kRelation:
            return read_relation(body, &out->relation);
        case RecordType::kBegin:
            return read_begin(body, &out->begin);
        case RecordType::kCommit:
            return read_commit(body, &out->commit);
        case RecordType::kProgress:
            return read_progress(body, &out->progress);
    }
    return ChunkError::kUnknownRecord;
}

}  // namespace

std::string_view describe(ChunkError error) {
    switch (error) {
        case ChunkError::kNone:
            return "no error";
        case ChunkError::kTooShort:
            return "shorter than a chunk header";
        case ChunkError::kBadMagic:
            return "not a chunk (magic bytes differ)";
        case ChunkError::kBadVersion:
            return "chunk version of another plugin release";
        case ChunkError::kBadLength:
            return "length in the chunk header differs from the message";
        case ChunkError::kTruncatedRecord:
            return "a record reaches beyond the chunk";
        case ChunkError::kUnknownRecord:
            return "unknown record type";
        case ChunkError::kBadRecord:
            return "lengths inside a record disagree";
        case ChunkError::kBadCount:
            return "record count in the chunk header differs from the records";
    }
    return "unknown error";
}

ChunkReader::ChunkReader(std::string_view chunk) {
    if (chunk.size() < kChunkHeaderBytes) {
        error_ = ChunkError::kTooShort;
        return;
    }
    if (std::memcmp(chunk.data(), kChunkMagic, sizeof kChunkMagic) != 0) {
        error_ = ChunkError::kBadMagic;
        return;
    }
    if (static_cast<std::uint8_t>(chunk[4]) != kChunkVersion) {
        error_ = ChunkError::kBadVersion;
        return;
    }
    if (load<std::uint32_t>(chunk.data() + 12) != chunk.size() - kChunkHeaderBytes) {
        error_ = ChunkError::kBadLength;
        return;
    }
    idle_ = static_cast<std::uint8_t>(chunk[5]) & kChunkIdle;
    records_left_ = load<std::uint32_t>(chunk.data() + 8);
    rest_ = chunk.substr(kChunkHeaderBytes);
}

bool ChunkReader::next(ChunkRecord *record) {
    if (error_ != ChunkError::kNone) return false;
    if (rest_.empty() || records_left_ == 0) {
        if (!rest_.empty() || records_left_ != 0) error_ = ChunkError::kBadCount;
        return false;
    }
    --records_left_;
    error_ = read_record(&rest_, record);
    return error_ == ChunkError::kNone;
}

ChunkError read_event(std::string_view bytes, EventRecord *event) {
    ChunkRecord record;
    const ChunkError error = read_record(&bytes, &record);
    if (error != ChunkError::kNone) return error;
    if (record.type != RecordType::kEvent || !bytes.empty()) return ChunkError::kBadRecord;
    *event = record.event;
    return ChunkError::kNone;
}

bool EventHeaderReader::next(EventHeader *header) {
    if (rest_.empty() || malformed_) return false;
    malformed_ = true;
    if (rest_.size() < kEventHeaderFixedBytes) return false;
    const auto name_field = load<std::uint16_t>(rest_.data());
    const auto value_field = load<std::uint32_t>(rest_.data() + 2);
    header->behind_context = name_field & kHeaderBehindContext;
    header->is_null = value_field == kNullHeader;
    const std::size_t name_bytes = name_field & ~kHeaderBehindContext;
    const std::size_t value_bytes = header->is_null ? 0 : value_field;
    const std::size_t available = rest_.size() - kEventHeaderFixedBytes;
    if (name_bytes > available || value_bytes > available - name_bytes) return false;
    header->name = rest_.substr(kEventHeaderFixedBytes, name_bytes);
    header->value = rest_.substr(kEventHeaderFixedBytes + name_bytes, value_bytes);
    rest_.remove_prefix(kEventHeaderFixedBytes + name_bytes + value_bytes);
    malformed_ = false;
    return true;
}

}  // namespace outflow::core
