// The `source` block of an event. What stays the same through a transaction is rendered once; a
// row adds its table and its LSN between the parts. Field order and texts: Debezium 3.6.1's
// PostgreSQL connector (schema io.debezium.connector.postgresql.Source, version 1).
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"
#include "lsn.h"

namespace outflow::core {

// Java's floorDiv: times before 1970 round down.
constexpr std::int64_t floor_milliseconds(std::int64_t time_us) {
    return time_us / 1000 - (time_us % 1000 < 0 ? 1 : 0);
}

// What the block says about one transaction, one snapshot or one message.
struct SourceInfo {
    std::string_view version;  // `source.version`
    std::string_view name;     // topic.prefix
    std::string_view database;
    std::string_view snapshot = "false";  // empty: null
    std::int64_t time_us = 0;             // commit time, Unix epoch
    Lsn last_commit;                      // first element of `sequence`; none prints null
    bool has_xid = true;                  // false: a message outside any transaction
    std::uint64_t xid = 0;
    bool has_xmin = false;  // xmin.fetch.interval.ms
    std::uint32_t xmin = 0;
    bool has_origin = false;
    std::string_view origin;  // replication origin name
    std::uint64_t origin_lsn = 0;

    std::int64_t time_ms() const { return floor_milliseconds(time_us); }
};

constexpr std::string_view kSourceConnectorWord = "postgresql";

// The rendered constant parts. The sinks belong to the caller's memory.
struct SourceParts {
    ByteSink head;           // from `"source":{` to the second element of `sequence`
    ByteSink times;          // from the end of `sequence` to `"ts_ns":…,`
    ByteSink xid;            // `"txId":…,"lsn":`
    ByteSink origin;         // from `,"xmin"` to the closing brace
    std::size_t marker = 0;  // offset in `head` of the snapshot word
    // What was rendered, for those who print a field by itself. Its views live as long as the
    // session, but for the origin's name, which is not here.
    SourceInfo info;

    void render(const SourceInfo &info);
    // The origin's name as JSON.
    std::string_view origin_name() const;

 private:
    void write_snapshot_marker(std::string_view word);

    std::size_t origin_name_begin_ = 0;  // offsets in `origin`
    std::size_t origin_name_end_ = 0;
};

// `"schema":"public","table":"t",` of a relation.
void write_source_table(ByteSink *sink, std::string_view schema, std::string_view table);

// Appends `"source":{…}`. Returns the absolute offset of the snapshot word in the sink.
std::size_t write_source(ByteSink *sink, const SourceParts &parts, std::string_view table_fragment,
                         std::uint64_t lsn);

// Appends the text of `sequence` by itself.
void write_sequence(ByteSink *sink, const SourceParts &parts, std::uint64_t lsn);

}  // namespace outflow::core
