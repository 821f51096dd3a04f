#include "core/outbox_message.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "core/chunk_writer.h"
#include "core/string_sink.h"

namespace outflow::core {
namespace {

std::string content(std::string_view aggregate_type = "order") {
    StringSink headers;
    ChunkWriter writer(&headers);
    writer.event_header({.name = "trace", .value = "1", .behind_context = true});
    writer.event_header({.name = "none", .behind_context = true, .is_null = true});
    StringSink sink;
    write_outbox_message(&sink, {.kind = OutboxPayload::kText,
                                 .has_payload = true,
                                 .id = "0123456789abcdef",
                                 .aggregate_type = aggregate_type,
                                 .aggregate_id = "42",
                                 .type = "created",
                                 .headers = headers.view(),
                                 .payload = "hello"});
    return sink.str();
}

TEST(OutboxMessage, ReadsWhatWasWritten) {
    const std::string bytes = content();
    OutboxMessage message;
    ASSERT_TRUE(read_outbox_message(bytes, &message));
    EXPECT_EQ(message.kind, OutboxPayload::kText);
    EXPECT_TRUE(message.has_payload);
    EXPECT_EQ(message.id, "0123456789abcdef");
    EXPECT_EQ(message.aggregate_type, "order");
    EXPECT_EQ(message.aggregate_id, "42");
    EXPECT_EQ(message.type, "created");
    EXPECT_EQ(message.payload, "hello");
    EXPECT_FALSE(message.headers.empty());
}

TEST(OutboxMessage, IsNotReadFromOtherBytes) {
    OutboxMessage message;
    const auto reads = [&](std::string_view bytes) { return read_outbox_message(bytes, &message); };
    EXPECT_FALSE(reads(""));
    EXPECT_FALSE(reads("hello"));
    EXPECT_FALSE(reads(std::string(100, '\0')));
    EXPECT_FALSE(reads(content("or der")));
    EXPECT_FALSE(reads(content("")));
    EXPECT_FALSE(reads(content("..")));
    EXPECT_FALSE(reads(content(std::string(2000, 'a'))));
    for (const std::size_t at : {0, 1, 2, 3, 21, 26, 31}) {
        std::string damaged = content();
        damaged[at] = '\x7f';
        EXPECT_FALSE(reads(damaged)) << at;
    }
    const std::string whole = content();
    for (std::size_t size = 0; size < whole.size() - 5; ++size)
        EXPECT_FALSE(reads(std::string_view(whole).substr(0, size))) << size;
}

// Under -fsanitize=address,undefined this says that the reader is total.
TEST(OutboxMessage, HostileBytesAreNeverReadOutside) {
    std::mt19937_64 random(1);
    const std::string whole = content();
    OutboxMessage message;
    std::size_t sum = 0;
    for (int round = 0; round < 100'000; ++round) {
        std::string damaged = whole.substr(0, random() % (whole.size() + 1));
        for (int change = 0; change < 3 && !damaged.empty(); ++change)
            damaged[random() % damaged.size()] = static_cast<char>(random());
        if (!read_outbox_message(damaged, &message)) continue;
        for (const std::string_view part : {message.id, message.aggregate_type, message.type,
                                            message.aggregate_id, message.headers, message.payload})
            for (const char byte : part) sum += static_cast<unsigned char>(byte);
    }
    EXPECT_GT(sum, 0U);
}

}  // namespace
}  // namespace outflow::core
