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

}  // namespace

void SourceParts::write_snapshot_marker(std::string_view word) {
    head.append(R"(,"snapshot":)");
    marker = head.size + 1;
    if (word.empty())
        write_json_null(&head);
    else
        write_json_plain_string(&head, word);
}

void SourceParts::render(const SourceInfo &info) {
    head.clear();
    head.append(R"("source":{"version":)");
    write_json_string(&head, info.version);
    head.append(R"(,"connector":"postgresql","name":)");
    write_json_string(&head, info.name);
    head.append(R"(,"ts_ms":)");
    // Java's floorDiv: commits before 1970 round down.
    const std::int64_t floor_ms = info.time_us / 1000 - (info.time_us % 1000 < 0 ? 1 : 0);
    write_json_int(&head, floor_ms);
    write_snapshot_marker(info.snapshot);
    head.append(R"(,"db":)");
    write_json_string(&head, info.database);
    // `sequence` is a JSON array inside a string.
    head.append(R"(,"sequence":"[)");
    if (info.last_commit.valid()) {
        head.append(R"(\")");
        head.append(Decimal(info.last_commit.value).view());
        head.append(R"(\",\")");
    } else {
        head.append(R"(null,\")");
    }

    times.clear();
    times.append(R"(\"]","ts_us":)");
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
    origin.append(R"(,"xmin":null,"origin":)");
    if (info.has_origin) {
        write_json_string(&origin, info.origin);
        origin.append(R"(,"origin_lsn":)");
        write_json_uint(&origin, info.origin_lsn);
    } else {
        origin.append(R"(null,"origin_lsn":null)");
    }
    origin.append('}');
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

}  // namespace outflow::core
