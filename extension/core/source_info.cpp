#include "source_info.h"

#include <charconv>

#include "json_writer.h"

namespace outflow::core {
namespace {

struct Decimal {
    char text[20];
    std::size_t size;

    explicit Decimal(std::uint64_t value)
        : size(static_cast<std::size_t>(std::to_chars(text, text + sizeof text, value).ptr -
                                        text)) {}
    std::string_view view() const { return {text, size}; }
};

// `sequence` is a JSON array inside a string; the row's own LSN is its second element.
constexpr std::string_view kSequenceEnd = R"(\"]")";

void begin_sequence(ByteSink *sink, Lsn last_commit) {
    sink->append(R"("[)");
    if (last_commit.valid()) {
        sink->append(R"(\")");
        sink->append(Decimal(last_commit.value).view());
        sink->append(R"(\",\")");
    } else {
        sink->append(R"(null,\")");
    }
}

}  // namespace

void SourceParts::write_snapshot_marker(std::string_view word) {
    head.append(R"(,"snapshot":)");
    marker = head.size + 1;
    if (word.empty())
        write_json_null(&head);
    else
        write_json_plain_string(&head, word);
}

void SourceParts::render(const SourceInfo &rendered) {
    info = rendered;
    info.origin = {};
    head.clear();
    head.append(R"("source":{"version":)");
    write_json_string(&head, info.version);
    head.append(R"(,"connector":)");
    write_json_plain_string(&head, kSourceConnectorWord);
    head.append(R"(,"name":)");
    write_json_string(&head, info.name);
    head.append(R"(,"ts_ms":)");
    write_json_int(&head, info.time_ms());
    write_snapshot_marker(info.snapshot);
    head.append(R"(,"db":)");
    write_json_string(&head, info.database);
    head.append(R"(,"sequence":)");
    begin_sequence(&head, info.last_commit);

    times.clear();
    times.append(kSequenceEnd);
    times.append(R"(,"ts_us":)");
    write_json_int(&times, info.time_us);
    times.append(R"(,"ts_ns":)");
    write_json_int(&times, info.time_us * 1000);
    times.append(',');

    xid.clear();
    xid.append(R"("txId":)");
    if (info.has_xid)
        write_json_uint(&xid, info.xid);
    else
        write_json_null(&xid);
    xid.append(R"(,"lsn":)");

    origin.clear();
    origin.append(R"(,"xmin":)");
    if (info.has_xmin)
        write_json_uint(&origin, info.xmin);
    else
        write_json_null(&origin);
    origin.append(R"(,"origin":)");
    origin_name_begin_ = origin.size;
    if (info.has_origin)
        write_json_string(&origin, rendered.origin);
    else
        write_json_null(&origin);
    origin_name_end_ = origin.size;
    origin.append(R"(,"origin_lsn":)");
    if (info.has_origin)
        write_json_uint(&origin, info.origin_lsn);
    else
        write_json_null(&origin);
    origin.append('}');
}

std::string_view SourceParts::origin_name() const {
    return origin.view().substr(origin_name_begin_, origin_name_end_ - origin_name_begin_);
}

void write_source_table(ByteSink *sink, std::string_view schema, std::string_view table) {
    sink->append(R"("schema":)");
    write_json_string(sink, schema);
    sink->append(R"(,"table":)");
    write_json_string(sink, table);
    sink->append(',');
}

std::size_t write_source(ByteSink *sink, const SourceParts &parts, std::string_view table_fragment,
                         std::uint64_t lsn) {
    const Decimal lsn_text(lsn);
    const std::size_t marker_at = sink->size + parts.marker;
    sink->append(parts.head.view());
    sink->append(lsn_text.view());
    sink->append(parts.times.view());
    sink->append(table_fragment);
    sink->append(parts.xid.view());
    sink->append(lsn_text.view());
    sink->append(parts.origin.view());
    return marker_at;
}

void write_sequence(ByteSink *sink, const SourceParts &parts, std::uint64_t lsn) {
    begin_sequence(sink, parts.info.last_commit);
    sink->append(Decimal(lsn).view());
    sink->append(kSequenceEnd);
}

}  // namespace outflow::core
