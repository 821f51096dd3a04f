#include "outbox_message.h"

#include "chunk_reader.h"
#include "little_endian.h"

namespace outflow::core {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kFixedBytes = 32;

bool is_kind(char letter) { return letter == 'j' || letter == 't' || letter == 'b'; }

bool are_headers(std::string_view bytes) {
    EventHeaderReader reader(bytes);
    EventHeader header;
    while (reader.next(&header))
        if (!header.behind_context || header.name.empty()) return false;
    return !reader.malformed();
}

}  // namespace

void write_outbox_message(ByteSink *sink, const OutboxMessage &message) {
    char *at = sink->reserve(kFixedBytes);
    std::memset(at, 0, kFixedBytes);
    at[0] = static_cast<char>(kVersion);
    at[1] = static_cast<char>(message.kind);
    at[2] = static_cast<char>(message.has_payload);
    std::memcpy(at + 4, message.id.data(), kIdBytes);
    store(at + 20, static_cast<std::uint16_t>(message.aggregate_type.size()));
    store(at + 22, static_cast<std::uint16_t>(message.aggregate_id.size()));
    store(at + 24, static_cast<std::uint16_t>(message.type.size()));
    store(at + 28, static_cast<std::uint32_t>(message.headers.size()));
    sink->advance(kFixedBytes);
    for (const std::string_view part : {message.aggregate_type, message.aggregate_id, message.type,
                                        message.headers, message.payload})
        if (!part.empty()) sink->append(part);
}

bool read_outbox_message(std::string_view content, OutboxMessage *message) {
    if (content.size() < kFixedBytes) return false;
    const char *at = content.data();
    const bool known = at[0] == static_cast<char>(kVersion) && is_kind(at[1]) &&
                       (at[2] == 0 || at[2] == 1) && at[3] == 0 &&
                       load<std::uint16_t>(at + 26) == 0;
    if (!known) return false;
    message->kind = static_cast<OutboxPayload>(at[1]);
    message->has_payload = at[2] == 1;
    message->id = content.substr(4, kIdBytes);
    const std::size_t sizes[] = {load<std::uint16_t>(at + 20), load<std::uint16_t>(at + 22),
                                 load<std::uint16_t>(at + 24), load<std::uint32_t>(at + 28)};
    std::string_view *parts[] = {&message->aggregate_type, &message->aggregate_id, &message->type,
                                 &message->headers};
    std::string_view rest = content.substr(kFixedBytes);
    for (std::size_t part = 0; part < std::size(sizes); ++part) {
        if (sizes[part] > rest.size()) return false;
        *parts[part] = rest.substr(0, sizes[part]);
        rest.remove_prefix(sizes[part]);
    }
    message->payload = rest;
    for (std::size_t part = 0; part < 3; ++part)
        if (sizes[part] > kMaxOutboxTextBytes) return false;
    return is_topic_text(message->aggregate_type) && are_headers(message->headers) &&
           (message->has_payload || rest.empty());
}

bool is_topic_text(std::string_view text) {
    for (const char byte : text) {
        const char letter = static_cast<char>(byte | 0x20);
        const bool allowed = (byte >= '0' && byte <= '9') || (letter >= 'a' && letter <= 'z') ||
                             byte == '.' || byte == '_' || byte == '-';
        if (!allowed) return false;
    }
    return !text.empty() && text != "." && text != "..";
}

}  // namespace outflow::core
