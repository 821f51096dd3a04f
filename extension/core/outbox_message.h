// An event that outflow.outbox_emit wrote as a logical message: the content of the message, in the
// encoding of its database. Written and read here, side by side; the reader is total over any
// bytes, because whoever may write logical messages may write them under this prefix.
//
// Layout: version u8, payload kind u8 (a letter), has_payload u8, reserved u8, id[16],
// aggregate_type_bytes u16, aggregate_id_bytes u16, type_bytes u16, reserved u16, header_bytes u32,
// aggregate_type, aggregate_id, type, headers (as in chunk_format.h, all behind the context's),
// payload. Little-endian.
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

constexpr std::string_view kOutboxPrefix = "outflow.outbox";
constexpr std::size_t kMaxOutboxTextBytes = 1020;  // varchar(255) in any encoding

enum class OutboxPayload : char { kJson = 'j', kText = 't', kBytes = 'b' };

struct OutboxMessage {
    OutboxPayload kind = OutboxPayload::kJson;
    bool has_payload = false;
    std::string_view id;  // 16 bytes
    std::string_view aggregate_type;
    std::string_view aggregate_id;
    std::string_view type;
    std::string_view headers;
    std::string_view payload;
};

void write_outbox_message(ByteSink *sink, const OutboxMessage &message);
// False for anything that write_outbox_message does not write.
bool read_outbox_message(std::string_view content, OutboxMessage *message);

// What Kafka allows in the name of a topic.
bool is_topic_text(std::string_view text);

}  // namespace outflow::core
