#include "event/context_headers.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <string_view>

#include "core/json_writer.h"
#include "core/schema_writer.h"
#include "core/string_sink.h"

namespace outflow::relay {

namespace {

std::string converted(std::string_view text, HeaderForm form) {
    if (form == HeaderForm::kPlain) return std::string(text);
    core::StringSink sink;
    if (form == HeaderForm::kJsonWithSchema) {
        core::StringSink schema;
        core::write_schema(&schema, {.type = "string"}, false, {}, {});
        core::begin_payload(&sink, schema.view());
    }
    core::write_json_string(&sink, text);
    if (form == HeaderForm::kJsonWithSchema) core::end_json_object(&sink);
    return sink.str();
}

}  // namespace

ContextHeaders make_context_headers(const std::string &topic_prefix, const std::string &run_id,
                                    HeaderForm form) {
    return {{"__debezium.context.connectorLogicalName", converted(topic_prefix, form)},
            {"__debezium.context.taskId", converted("0", form)},
            {"__debezium.context.connectorName", converted("postgresql", form)},
            {"__debezium.context.runId", converted(run_id, form)}};
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
