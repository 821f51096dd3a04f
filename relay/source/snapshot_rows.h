// SnapshotRows: rows of `COPY (SELECT outflow.snapshot(…)) TO STDOUT (FORMAT binary)` → chunks of
// the stream's own format, so that everything behind the channel sees one kind of input. It also
// stamps the markers: which row is the first or the last is known only here, so one row is held
// back.
//
// Pure: no socket, no thread. The one place in the relay that touches a value.
#pragma once

#include <cstdint>
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

    explicit SnapshotRows(Receiver *receiver);

    // Tables in snapshot order. `first_table`: the first in order, even if it turns out empty.
    void begin_table(const TableTopic &table, bool first_table);
    // One CopyData message. False: malformed; problem() says how.
    bool on_copy_data(std::string_view message);
    // False when the COPY ended before its trailer.
    bool end_table();
    // Sends what is held: the last row of the last table.
    void end_snapshot();

    std::uint64_t rows() const { return rows_; }  // of the present table
    const std::string &problem() const { return problem_; }

 private:
    bool on_row(std::string_view record);
    void emit_held(bool ends_table, bool ends_snapshot);
    std::string_view marker(bool ends_table, bool ends_snapshot) const;
    void open_chunk();
    void send_chunk();
    bool malformed(std::string problem);

    Receiver *receiver_;
    core::StringSink sink_;
    core::ChunkWriter writer_;

    std::uint32_t relation_ = 0;  // numbers the tables; announced again in each chunk
    TableTopic table_;
    bool first_table_ = false;
    bool header_seen_ = false;
    bool trailer_seen_ = false;
    std::uint64_t rows_ = 0;

    std::string held_;  // event record of the row held back; of an earlier table only when it was
                        // that table's last
    bool held_is_first_of_table_ = false;
    bool held_is_of_first_table_ = false;
    bool holding_ = false;
    bool held_ended_table_ = false;
    std::uint32_t held_relation_ = 0;
    TableTopic held_table_;
    std::uint32_t announced_ = 0;  // relation announced in the open chunk

    std::string problem_;
};

}  // namespace outflow::relay
