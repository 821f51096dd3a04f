#include "envelope_writer.h"

#include "json_writer.h"
#include "schema_writer.h"

namespace outflow::core {

void EnvelopeClock::render(std::int64_t unix_time_ns) {
    time_ns = unix_time_ns;
    text.clear();
    text.append(R"(","ts_ms":)");
    write_json_int(&text, time_ms());
    text.append(R"(,"ts_us":)");
    write_json_int(&text, unix_time_ns / 1'000);
    text.append(R"(,"ts_ns":)");
    write_json_int(&text, unix_time_ns);
    text.append('}');
}

std::size_t end_envelope(ByteSink *sink, const SourceParts &source, std::string_view table_fragment,
                         std::uint64_t lsn, std::string_view transaction, Operation operation,
                         const EnvelopeClock &clock, const ValueFrame &frame) {
    sink->append(',');
    const std::size_t marker_at = write_source(sink, source, table_fragment, lsn);
    sink->append(transaction);
    sink->append(R"(,"op":")");
    sink->append(static_cast<char>(operation));
    sink->append(clock.text.view());
    sink->append(frame.suffix);
    return marker_at;
}

void write_message_key(ByteSink *sink, std::string_view prefix, bool with_schema) {
    if (with_schema) {
        begin_payload(sink, kMessageKeySchema);
    }
    write_member_name(sink, "prefix", true);
    write_json_string(sink, prefix);
    sink->append(with_schema ? "}}" : "}");
}

void write_message_value(ByteSink *sink, const SourceParts &source, std::uint64_t lsn,
                         std::string_view transaction, std::int64_t now_ms, std::string_view prefix,
                         void (*write_content)(ByteSink *, std::string_view),
                         std::string_view content, const ValueFrame &frame) {
    sink->append(frame.prefix);
    sink->append(R"({"op":"m","ts_ms":)");
    write_json_int(sink, now_ms);
    sink->append(',');
    write_source(sink, source, R"("schema":"","table":"",)", lsn);
    sink->append(transaction);
    sink->append(R"(,"message":{"prefix":)");
    write_json_string(sink, prefix);
    sink->append(R"(,"content":)");
    write_content(sink, content);
    sink->append("}}");
    sink->append(frame.suffix);
}

void write_member_name(ByteSink *sink, std::string_view name, bool first) {
    sink->append(first ? '{' : ',');
    write_json_string(sink, name);
    sink->append(':');
}

}  // namespace outflow::core
