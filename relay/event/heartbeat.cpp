#include "event/heartbeat.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "core/heartbeat_writer.h"
#include "core/string_sink.h"

namespace outflow::relay {

Event Heartbeat::make(std::int64_t wall_clock_ms, ByteBudget *budget, ChunkHandle *chunk) const {
    core::StringSink text;
    core::write_heartbeat_key(&text, options_.server_name, options_.key_schema);
    const std::size_t key_bytes = text.size;
    core::write_heartbeat_value(&text, wall_clock_ms, options_.value_schema);
    char *memory = static_cast<char *>(std::malloc(text.size));
    if (memory == nullptr) throw std::bad_alloc();
    std::memcpy(memory, text.data, text.size);
    const std::string_view bytes(memory, text.size);
    *chunk = ChunkHandle(Chunk::make(memory, &std::free, bytes, bytes.size(), budget));

    Event ev;
    ev.record.flags = core::kEventHasKey | core::kEventHasValue;
    ev.record.key = bytes.substr(0, key_bytes);
    ev.record.value = bytes.substr(key_bytes);
    ev.record.has_routing = true;
    ev.record.routing.partition = 0;  // the reference's choice, whatever the key hashes to
    ev.chunk = chunk->get();
    return ev;
}

std::string heartbeat_topic(const std::string &name, const std::string &heartbeat_prefix,
                            const std::string &delimiter, const std::string &topic_prefix) {
    return name.empty() ? heartbeat_prefix + delimiter + topic_prefix : name;
}

}  // namespace outflow::relay
