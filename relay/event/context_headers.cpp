#include "event/context_headers.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <random>

namespace outflow::relay {

ContextHeaders make_context_headers(const std::string &topic_prefix, const std::string &run_id) {
    return {{"__debezium.context.connectorLogicalName", topic_prefix},
            {"__debezium.context.taskId", "0"},
            {"__debezium.context.connectorName", "postgresql"},
            {"__debezium.context.runId", run_id}};
}

std::string make_run_id() {
    const std::uint64_t now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                                     std::chrono::system_clock::now().time_since_epoch())
                                     .count();
    std::random_device device;
    const auto random64 = [&] { return std::uint64_t{device()} << 32 | device(); };
    const std::uint64_t first = random64();
    const std::uint64_t second = random64();
    return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", now_ms >> 16 & 0xFFFFFFFF,
                       now_ms & 0xFFFF, first & 0xFFF, 0x8000 | (second >> 48 & 0x3FFF),
                       second & 0xFFFFFFFFFFFF);
}

}  // namespace outflow::relay
