// The Debezium envelope around the images of a row: `before`, `after`, `source`, `transaction`,
// `op` and the three clock fields, in that order, every field always printed.
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"
#include "operation.h"
#include "source_info.h"

namespace outflow::core {

// The last fields of the envelope, `,"ts_ms":…,"ts_us":…,"ts_ns":…}`, rendered once for each
// reading of the clock.
struct EnvelopeClock {
    ByteSink text;
    std::int64_t time_ns = 0;  // that reading

    std::int64_t time_ms() const { return time_ns / 1'000'000; }
    void render(std::int64_t unix_time_ns);
};

// A value in parts. With schemas on, `prefix` is `{"schema":…,"payload":` and `suffix` is `}`.
struct ValueFrame {
    std::string_view prefix;
    std::string_view suffix;
};

// Stands for the `transaction` block (transaction_writer.h) of an event that has none.
constexpr std::string_view kNoTransaction = R"(,"transaction":null)";

inline void begin_envelope(ByteSink *sink, const ValueFrame &frame) {
    sink->append(frame.prefix);
    sink->append(R"({"before":)");
}
inline void begin_after(ByteSink *sink) { sink->append(R"(,"after":)"); }

// Everything behind the images; `transaction` is kNoTransaction or a block. Returns the absolute
// offset of the snapshot word.
std::size_t end_envelope(ByteSink *sink, const SourceParts &source, std::string_view table_fragment,
                         std::uint64_t lsn, std::string_view transaction, Operation operation,
                         const EnvelopeClock &clock, const ValueFrame &frame);

// A logical message: `op`, `ts_ms`, `source`, `transaction`, `message{prefix, content}`.
// `content` is JSON already (binary.handling.mode decides how it is printed).
void write_message_key(ByteSink *sink, std::string_view prefix, bool with_schema);
void write_message_value(ByteSink *sink, const SourceParts &source, std::uint64_t lsn,
                         std::string_view transaction, std::int64_t now_ms, std::string_view prefix,
                         void (*write_content)(ByteSink *, std::string_view),
                         std::string_view content, const ValueFrame &frame);

// One member's name and colon, with the comma of all but the first.
void write_member_name(ByteSink *sink, std::string_view name, bool first);

}  // namespace outflow::core
