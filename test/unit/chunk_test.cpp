// The chunk format's writer and reader against each other, golden bytes, and hostile bytes.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <iterator>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/chunk_reader.h"
#include "core/chunk_writer.h"
#include "core/string_sink.h"

namespace outflow::core {
namespace {

constexpr Operation kOperations[] = {Operation::kCreate, Operation::kUpdate,   Operation::kDelete,
                                     Operation::kRead,   Operation::kTruncate, Operation::kMessage};

constexpr std::string_view kTopics[] = {"", "shop.orders", "outbox.event.order"};

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        char pair[3];
        std::snprintf(pair, sizeof pair, "%02x", static_cast<unsigned char>(byte));
        text += pair;
    }
    return text;
}

std::string random_bytes(std::mt19937_64 &random, std::size_t most) {
    std::string bytes(random() % (most + 1), '\0');
    for (char &byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

struct Event {
    EventStart start;
    std::string key;
    std::string value;
    std::vector<std::pair<std::string, std::string>> headers;
    std::uint32_t marker_offset = 0;
    std::optional<EventRouting> routing;
};

Event random_event(std::mt19937_64 &random) {
    Event event;
    event.start.relation = static_cast<std::uint32_t>(random());
    event.start.operation = kOperations[random() % std::size(kOperations)];
    event.start.flags = static_cast<std::uint16_t>(random());
    event.start.ordinal = random();
    event.start.lsn = random();
    event.key = random_bytes(random, 40);
    event.value = random_bytes(random, 2000);
    for (std::uint64_t count = random() % 4; count > 0; --count)
        event.headers.emplace_back(random_bytes(random, 20), random_bytes(random, 50));
    if (event.value.size() > 4)
        event.marker_offset = static_cast<std::uint32_t>(random() % (event.value.size() - 3));
    if (random() % 2 == 0)
        event.routing = {static_cast<std::int32_t>(random()), static_cast<std::int64_t>(random()),
                         kTopics[random() % std::size(kTopics)]};
    return event;
}

void write_event(ChunkWriter *writer, const Event &event) {
    ByteSink *sink = writer->sink();
    writer->begin_event(event.start);
    sink->append(event.key);
    writer->end_key();
    const std::size_t value_begin = sink->size;
    sink->append(event.value);
    writer->end_value();
    for (const auto &[name, value] : event.headers) writer->event_header(name, value);
    if (event.routing) writer->event_routing(*event.routing);
    writer->end_event(event.marker_offset ? value_begin + event.marker_offset : 0);
}

void expect_event(const EventRecord &read, const Event &event) {
    EXPECT_EQ(read.relation, event.start.relation);
    EXPECT_EQ(read.operation, event.start.operation);
    EXPECT_EQ(read.flags, event.start.flags);
    EXPECT_EQ(read.has_key(), (event.start.flags & kEventHasKey) != 0);
    EXPECT_EQ(read.has_value(), (event.start.flags & kEventHasValue) != 0);
    EXPECT_EQ(read.more_of_ordinal(), (event.start.flags & kEventMoreOfOrdinal) != 0);
    EXPECT_EQ(read.non_transactional(), (event.start.flags & kEventNonTransactional) != 0);
    EXPECT_EQ(read.ordinal, event.start.ordinal);
    EXPECT_EQ(read.lsn, event.start.lsn);
    EXPECT_EQ(read.key, event.key);
    EXPECT_EQ(read.value, event.value);
    EXPECT_EQ(read.marker_offset, event.marker_offset);
    EventHeaderReader headers(read.headers);
    EventHeader header;
    for (const auto &[expected_name, expected_value] : event.headers) {
        ASSERT_TRUE(headers.next(&header));
        EXPECT_EQ(header.name, expected_name);
        EXPECT_EQ(header.value, expected_value);
        EXPECT_FALSE(header.behind_context);
        EXPECT_FALSE(header.is_null);
    }
    EXPECT_FALSE(headers.next(&header));
    EXPECT_FALSE(headers.malformed());
    const EventRouting routing = event.routing.value_or(EventRouting());
    EXPECT_EQ(read.has_routing, event.routing.has_value());
    EXPECT_EQ(read.routing.partition, routing.partition);
    EXPECT_EQ(read.routing.timestamp_ms, routing.timestamp_ms);
    EXPECT_EQ(read.routing.topic, routing.topic);
}

// A chunk with one record of each kind.
std::string sample_chunk(bool idle = true) {
    StringSink sink;
    ChunkWriter writer(&sink);
    writer.begin_chunk();
    writer.relation({0x4001, "public", "tx", "shop.public.tx"});
    writer.begin(CommitLsn{0x0102030405060708}, 785, -2);
    Event event;
    event.start = {0x4001, Operation::kCreate, kEventHasKey | kEventHasValue, 1, 0x11};
    event.key = "{\"id\":1}";
    event.value = "{\"snapshot\":\"true\"}";
    event.headers = {{"h", "1"}};
    event.marker_offset = 13;
    event.routing = {2, 1000, "t"};
    write_event(&writer, event);
    writer.commit(CommitLsn{0x0102030405060708}, EndLsn{9}, Lsn{10}, 11, 12);
    writer.progress(EndLsn{13}, Lsn{14});
    writer.end_chunk(idle);
    return sink.str();
}

// Reads all of it as the relay does; counts the bytes it was shown, so that none is left unread.
std::size_t read_everything(std::string_view chunk, ChunkError *error) {
    ChunkReader reader(chunk);
    ChunkRecord record;
    std::size_t sum = 0;
    const auto touch = [&sum](std::string_view bytes) {
        for (const char byte : bytes) sum += static_cast<unsigned char>(byte) + 1U;
    };
    while (reader.next(&record)) {
        if (record.type == RecordType::kRelation) {
            touch(record.relation.schema);
            touch(record.relation.table);
        }
        if (record.type != RecordType::kEvent) continue;
        touch(record.event.key);
        touch(record.event.value);
        if (record.event.marker_offset != 0)
            touch(record.event.value.substr(record.event.marker_offset, 4));
        EventHeaderReader headers(record.event.headers);
        EventHeader header;
        while (headers.next(&header)) {
            touch(header.name);
            touch(header.value);
        }
    }
    *error = reader.error();
    EXPECT_FALSE(describe(*error).empty());
    EXPECT_FALSE(reader.next(&record)) << "an ended or broken chunk gives no more records";
    return sum;
}

ChunkError error_of(std::string_view chunk) {
    // Exactly as large as it says, so that a sanitizer sees a read outside.
    const std::unique_ptr<char[]> exact(new char[chunk.size()]);
    if (!chunk.empty()) std::memcpy(exact.get(), chunk.data(), chunk.size());
    ChunkError error = ChunkError::kNone;
    read_everything({exact.get(), chunk.size()}, &error);
    return error;
}

TEST(Chunk, HasTheseBytes) {
    // clang-format off
    EXPECT_EQ(hex(sample_chunk()),
              // magic, version, flags, reserved, record_count, body_bytes
              "4f464c57" "02" "01" "0000" "05000000" "f2000000"
              // relation: type, detail, flags, body_bytes; id, schema, table, topic bytes, reserved
              "52" "00" "0000" "22000000"
              "01400000" "0600" "0200" "0e00" "0000"
              "7075626c6963" "7478" "73686f702e7075626c69632e7478"
              // begin: commit_lsn, xid, reserved, commit_time_us
              "42" "00" "0000" "18000000"
              "0807060504030201" "11030000" "00000000" "feffffffffffffff"
              // event: relation, marker_offset, ordinal, lsn, key, value, header, routing
              "45" "63" "0300" "58000000"
              "01400000" "0d000000" "0100000000000000" "1100000000000000"
              "08000000" "13000000" "08000000" "0d000000"
              "7b226964223a317d"
              "7b22736e617073686f74223a2274727565227d"
              "0100" "01000000" "68" "31"
              // routing: partition, timestamp_ms, topic
              "02000000" "e803000000000000" "74"
              // commit: commit_lsn, end_lsn, sequence_lsn, last_ordinal, event_count
              "43" "00" "0000" "28000000"
              "0807060504030201" "0900000000000000" "0a00000000000000"
              "0b00000000000000" "0c00000000000000"
              // progress: lsn, sequence_lsn
              "50" "00" "0000" "10000000"
              "0d00000000000000" "0e00000000000000");
    // clang-format on
}

TEST(Chunk, ReadsBackEveryRecord) {
    const std::string chunk = sample_chunk();
    ChunkReader reader(chunk);
    EXPECT_TRUE(reader.idle());
    ChunkRecord record;

    ASSERT_TRUE(reader.next(&record));
    ASSERT_EQ(record.type, RecordType::kRelation);
    EXPECT_EQ(record.relation.id, 0x4001U);
    EXPECT_EQ(record.relation.schema, "public");
    EXPECT_EQ(record.relation.table, "tx");
    EXPECT_EQ(record.relation.topic, "shop.public.tx");

    ASSERT_TRUE(reader.next(&record));
    ASSERT_EQ(record.type, RecordType::kBegin);
    EXPECT_EQ(record.begin.commit, CommitLsn{0x0102030405060708});
    EXPECT_EQ(record.begin.xid, 785U);
    EXPECT_EQ(record.begin.commit_time_us, -2);

    ASSERT_TRUE(reader.next(&record));
    ASSERT_EQ(record.type, RecordType::kEvent);
    EXPECT_EQ(record.event.value.substr(record.event.marker_offset, 4), "true");

    ASSERT_TRUE(reader.next(&record));
    ASSERT_EQ(record.type, RecordType::kCommit);
    EXPECT_EQ(record.commit.commit, CommitLsn{0x0102030405060708});
    EXPECT_EQ(record.commit.end, EndLsn{9});
    EXPECT_EQ(record.commit.sequence, Lsn{10});
    EXPECT_EQ(record.commit.last_ordinal, 11U);
    EXPECT_EQ(record.commit.event_count, 12U);

    ASSERT_TRUE(reader.next(&record));
    ASSERT_EQ(record.type, RecordType::kProgress);
    EXPECT_EQ(record.progress.position, EndLsn{13});
    EXPECT_EQ(record.progress.sequence, Lsn{14});

    EXPECT_FALSE(reader.next(&record));
    EXPECT_EQ(reader.error(), ChunkError::kNone);
}

TEST(Chunk, RandomEventsSurviveTheRoundTrip) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 300; ++round) {
        std::vector<Event> events;
        StringSink sink;
        ChunkWriter writer(&sink);
        writer.begin_chunk();
        EXPECT_TRUE(writer.empty());
        for (std::uint64_t count = random() % 20; count > 0; --count) {
            if (random() % 5 == 0) {  // begun and dropped again
                const std::size_t before = sink.size;
                writer.begin_event({1, Operation::kCreate, 0, 1, 1});
                sink.append("half a key");
                writer.cancel_event();
                ASSERT_EQ(sink.size, before);
            }
            events.push_back(random_event(random));
            write_event(&writer, events.back());
        }
        EXPECT_EQ(writer.record_count(), events.size());
        writer.end_chunk(false);
        ChunkReader reader(sink.view());
        EXPECT_FALSE(reader.idle());
        ChunkRecord record;
        for (const Event &event : events) {
            ASSERT_TRUE(reader.next(&record)) << describe(reader.error());
            ASSERT_EQ(record.type, RecordType::kEvent);
            expect_event(record.event, event);
        }
        EXPECT_FALSE(reader.next(&record));
        EXPECT_EQ(reader.error(), ChunkError::kNone);
    }
}

TEST(Chunk, AWriterServesOneChunkAfterTheOther) {
    StringSink sink;
    ChunkWriter writer(&sink);
    for (int round = 0; round < 3; ++round) {
        sink.clear();
        writer.begin_chunk();
        writer.progress(EndLsn{1}, Lsn{2});
        writer.end_chunk(false);
        EXPECT_EQ(error_of(sink.view()), ChunkError::kNone);
        EXPECT_EQ(writer.record_count(), 1U);
    }
}

TEST(Chunk, AnEmptyChunkIsValid) {
    StringSink sink;
    ChunkWriter writer(&sink);
    writer.begin_chunk();
    writer.end_chunk(true);
    EXPECT_EQ(sink.size, kChunkHeaderBytes);
    EXPECT_EQ(error_of(sink.view()), ChunkError::kNone);
}

TEST(Chunk, ASnapshotRowIsOneEventAlone) {
    std::mt19937_64 random(2);
    const Event event = random_event(random);
    StringSink sink;
    ChunkWriter writer(&sink);
    write_event(&writer, event);
    EventRecord read;
    ASSERT_EQ(read_event(sink.view(), &read), ChunkError::kNone);
    expect_event(read, event);
    EXPECT_EQ(read_event(sink.str() + "x", &read), ChunkError::kBadRecord);
    EXPECT_EQ(read_event(sink.view().substr(0, sink.size - 1), &read),
              ChunkError::kTruncatedRecord);
    EXPECT_EQ(read_event("", &read), ChunkError::kTruncatedRecord);
    sink.clear();
    writer.progress(EndLsn{1}, Lsn{2});
    EXPECT_EQ(read_event(sink.view(), &read), ChunkError::kBadRecord);
}

TEST(Chunk, EachDamageHasItsName) {
    const std::string good = sample_chunk();
    const auto damaged = [&good](std::size_t at, char byte) {
        std::string chunk = good;
        chunk[at] = byte;
        return error_of(chunk);
    };
    constexpr std::size_t kRelationAt = kChunkHeaderBytes;
    constexpr std::size_t kBeginAt = kRelationAt + kRecordHeaderBytes + 34;
    constexpr std::size_t kEventAt = kBeginAt + kRecordHeaderBytes + kBeginBodyBytes;
    EXPECT_EQ(error_of(good), ChunkError::kNone);
    EXPECT_EQ(error_of(""), ChunkError::kTooShort);
    EXPECT_EQ(error_of(good.substr(0, kChunkHeaderBytes - 1)), ChunkError::kTooShort);
    EXPECT_EQ(damaged(0, 'o'), ChunkError::kBadMagic);
    EXPECT_EQ(damaged(4, 1), ChunkError::kBadVersion);
    EXPECT_EQ(damaged(12, 0), ChunkError::kBadLength);
    EXPECT_EQ(error_of(good + "x"), ChunkError::kBadLength);
    EXPECT_EQ(damaged(8, 4), ChunkError::kBadCount);
    EXPECT_EQ(damaged(8, 6), ChunkError::kBadCount);
    EXPECT_EQ(damaged(kRelationAt, 'X'), ChunkError::kUnknownRecord);
    EXPECT_EQ(damaged(kRelationAt + 7, 1), ChunkError::kTruncatedRecord);
    EXPECT_EQ(damaged(kRelationAt + kRecordHeaderBytes + 4, 7), ChunkError::kBadRecord);
    EXPECT_EQ(damaged(kRelationAt + kRecordHeaderBytes + 5, 1), ChunkError::kBadRecord);
    EXPECT_EQ(damaged(kEventAt + 1, 'x'), ChunkError::kBadRecord);                      // operation
    EXPECT_EQ(damaged(kEventAt + kRecordHeaderBytes + 24, 9), ChunkError::kBadRecord);  // key
    EXPECT_EQ(damaged(kEventAt + kRecordHeaderBytes + 35, 1), ChunkError::kBadRecord);  // headers
    EXPECT_EQ(damaged(kEventAt + kRecordHeaderBytes + 36, 11), ChunkError::kBadRecord);  // routing
    EXPECT_EQ(damaged(kEventAt + kRecordHeaderBytes + 4, 15), ChunkError::kNone);
    EXPECT_EQ(damaged(kEventAt + kRecordHeaderBytes + 4, 16), ChunkError::kBadRecord);  // marker
}

TEST(Chunk, AHeaderMayStandBehindTheContextAndBeNull) {
    StringSink sink;
    ChunkWriter writer(&sink);
    writer.begin_event({.operation = Operation::kCreate});
    writer.event_header("before", "1");
    writer.event_header({.name = "behind", .value = "2", .behind_context = true});
    writer.event_header({.name = "null", .behind_context = true, .is_null = true});
    writer.end_event();
    EventRecord event;
    ASSERT_EQ(read_event(sink.view(), &event), ChunkError::kNone);
    EventHeaderReader reader(event.headers);
    EventHeader header;
    ASSERT_TRUE(reader.next(&header));
    EXPECT_FALSE(header.behind_context);
    ASSERT_TRUE(reader.next(&header));
    EXPECT_EQ(header.name, "behind");
    EXPECT_EQ(header.value, "2");
    EXPECT_TRUE(header.behind_context);
    ASSERT_TRUE(reader.next(&header));
    EXPECT_EQ(header.name, "null");
    EXPECT_TRUE(header.is_null);
    EXPECT_FALSE(reader.next(&header));
    EXPECT_FALSE(reader.malformed());
}

TEST(Chunk, MalformedEventHeadersEndTheWalk) {
    EventHeader header;
    const auto malformed = [&](std::string_view bytes) {
        EventHeaderReader reader(bytes);
        while (reader.next(&header)) continue;
        return reader.malformed();
    };
    using namespace std::string_view_literals;
    EXPECT_FALSE(malformed(""));
    EXPECT_FALSE(malformed("\1\0\1\0\0\0nv"sv));
    EXPECT_TRUE(malformed("\1\0\1\0\0"sv));
    EXPECT_TRUE(malformed("\2\0\1\0\0\0nv"sv));
    EXPECT_TRUE(malformed("\1\0\xfe\xff\xff\xffnv"sv));
    EXPECT_TRUE(malformed("\xff\x7f\1\0\0\0nv"sv));
    EXPECT_TRUE(malformed("\1\0\1\0\0\0nvx"sv));
}

// Under -fsanitize=address,undefined this says that the reader is total.
TEST(Chunk, HostileBytesAreNeverReadOutside) {
    std::mt19937_64 random(3);
    std::vector<std::string> seeds = {sample_chunk(true), sample_chunk(false)};
    for (int count = 0; count < 8; ++count) {
        StringSink sink;
        ChunkWriter writer(&sink);
        writer.begin_chunk();
        for (int events = 0; events < 3; ++events) {
            Event event = random_event(random);
            event.value.resize(event.value.size() % 100);
            event.marker_offset = 0;
            write_event(&writer, event);
        }
        writer.end_chunk(false);
        seeds.push_back(sink.str());
    }
    constexpr char kEdges[] = {'\0', '\1', '\x7f', '\x80', '\xff', 'E', 'R', 'c'};
    int broken = 0;
    for (int round = 0; round < 100000; ++round) {
        std::string chunk = seeds[random() % seeds.size()];
        switch (random() % 8) {
            case 0:
                chunk.resize(random() % (chunk.size() + 1));
                break;
            case 1:
                chunk.append(random_bytes(random, 30));
                break;
            case 2:
                chunk = random_bytes(random, 200);
                break;
            case 3:
                chunk.erase(random() % chunk.size(), 1 + random() % 16);
                break;
            default:
                break;
        }
        for (std::uint64_t count = random() % 4; count > 0 && !chunk.empty(); --count) {
            chunk[random() % chunk.size()] =
                random() % 2 == 0 ? static_cast<char>(random()) : kEdges[random() % sizeof kEdges];
        }
        // Most damage would stop at the header's length; let it pass there.
        if (random() % 4 != 0 && chunk.size() >= kChunkHeaderBytes) {
            const auto body = static_cast<std::uint32_t>(chunk.size() - kChunkHeaderBytes);
            std::memcpy(chunk.data(), kChunkMagic, sizeof kChunkMagic);
            chunk[4] = static_cast<char>(kChunkVersion);
            for (int byte = 0; byte < 4; ++byte)
                chunk[static_cast<std::size_t>(12 + byte)] = static_cast<char>(body >> (8 * byte));
        }
        broken += error_of(chunk) != ChunkError::kNone;
        const std::unique_ptr<char[]> exact(new char[chunk.size()]);
        if (!chunk.empty()) std::memcpy(exact.get(), chunk.data(), chunk.size());
        EventRecord event;
        (void)read_event({exact.get(), chunk.size()}, &event);
    }
    EXPECT_GT(broken, 30000);
    EXPECT_LT(broken, 100000);
}

}  // namespace
}  // namespace outflow::core
