// SnapshotRows: rows of `COPY (SELECT outflow.snapshot(…)) TO STDOUT (FORMAT binary)` → chunks of
// the stream's own format, so that everything behind the channel sees one kind of input. Several
// tables may be read at once; a table's rows keep their order. It also stamps the markers: which
// row is the first or the last is known only here, so one row of each table is held back.
//
// Pure: no socket, no thread. The one place in the relay that touches a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/chunk_reader.h"
#include "core/chunk_writer.h"
#include "core/string_sink.h"
#include "route/topic_router.h"

namespace outflow::relay {

class SnapshotRows {
 public:
    // Receives a finished chunk's bytes, which are valid during the call.
    class Receiver {
     public:
        virtual ~Receiver() = default;
        virtual void on_snapshot_chunk(std::string_view chunk) = 0;
    };

    // One table's COPY. The caller keeps it until end_snapshot(), at the same place.
    class Table {
     public:
        // `number`: its place in snapshot order, from 1. `says_first`: its first row is `first`,
        // even if another table's rows come before.
        Table(std::uint32_t number, TableTopic name, bool says_first)
            : number_(number), name_(std::move(name)), says_first_(says_first) {}

        std::uint64_t rows() const { return rows_; }
        // Whether a row went out, or none will before another table's.
        bool first_row_is_out() const { return rows_ > 1 || ended_; }

     private:
        friend class SnapshotRows;
        std::uint32_t number_;
        TableTopic name_;
        bool says_first_;
        bool header_seen_ = false;
        bool trailer_seen_ = false;
        bool ended_ = false;
        std::uint64_t rows_ = 0;
        std::string held_;  // event record of the newest row; empty: none
        bool held_is_first_ = false;
        std::uint64_t announced_in_ = 0;  // the chunk that names the table already
    };

    explicit SnapshotRows(Receiver *receiver);

    // One CopyData message. False: malformed; problem() says how.
    bool on_copy_data(Table *table, std::string_view message);
    // False when the COPY ended before its trailer.
    bool end_table(Table *table);
    // Sends what is held: the last row of the last table that has rows.
    void end_snapshot();

    const std::string &problem() const { return problem_; }

 private:
    bool on_row(Table *table, std::string_view record);
    void emit_held(Table *table, bool ends_table, bool ends_snapshot);
    void release_last();
    void announce(Table *table);
    void send_chunk();
    bool malformed(std::string problem);

    Receiver *receiver_;
    core::StringSink sink_;
    core::ChunkWriter writer_;
    std::uint64_t chunk_number_ = 0;

    std::uint32_t newest_ = 0;  // the last table in order that has rows
    Table *last_ = nullptr;     // it, when it has ended: its last row may be the last of all
    std::string problem_;
};

}  // namespace outflow::relay
