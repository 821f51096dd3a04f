#include "source/snapshot_rows.h"

#include <utility>

#include "core/little_endian.h"

namespace outflow::relay {
namespace {

constexpr std::string_view kCopySignature("PGCOPY\n\377\r\n\0", 11);
constexpr std::size_t kCopyHeaderBytes = 19;  // signature, flags, length of the extension
constexpr std::size_t kMarkerBytes = 4;       // `true`

std::uint32_t big_endian32(const char *at) {
    const auto byte = [at](int index) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(at[index]));
    };
    return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

std::int16_t big_endian16(const char *at) {
    return static_cast<std::int16_t>(static_cast<unsigned char>(at[0]) << 8 |
                                     static_cast<unsigned char>(at[1]));
}

}  // namespace

SnapshotRows::SnapshotRows(Receiver *receiver) : receiver_(receiver), writer_(&sink_) {}

bool SnapshotRows::malformed(std::string problem) {
    problem_ = std::move(problem);
    return false;
}

void SnapshotRows::begin_table(const TableTopic &table, bool first_table) {
    ++relation_;
    table_ = table;
    first_table_ = first_table;
    header_seen_ = false;
    trailer_seen_ = false;
    rows_ = 0;
}

bool SnapshotRows::on_copy_data(std::string_view message) {
    // The first row comes in the same message as the header.
    if (!header_seen_) {
        if (message.size() < kCopyHeaderBytes || !message.starts_with(kCopySignature))
            return malformed("not a binary COPY");
        const std::size_t extension = big_endian32(message.data() + 15);
        if (extension > message.size() - kCopyHeaderBytes) return malformed("bad COPY header");
        message.remove_prefix(kCopyHeaderBytes + extension);
        header_seen_ = true;
    }
    while (!message.empty()) {
        if (message.size() < 2) return malformed("cut COPY row");
        const std::int16_t columns = big_endian16(message.data());
        message.remove_prefix(2);
        if (columns == -1) {
            trailer_seen_ = true;
            return message.empty() || malformed("bytes behind the COPY trailer");
        }
        if (columns != 1 || message.size() < 4) return malformed("unexpected COPY row");
        const std::uint32_t length = big_endian32(message.data());
        message.remove_prefix(4);
        if (length > message.size()) return malformed("cut COPY row");  // null (-1) as well
        if (!on_row(message.substr(0, length))) return false;
        message.remove_prefix(length);
    }
    return true;
}

bool SnapshotRows::on_row(std::string_view record) {
    core::EventRecord event;
    const core::ChunkError error = core::read_event(record, &event);
    if (error != core::ChunkError::kNone) return malformed(std::string(core::describe(error)));
    if (event.operation != core::Operation::kRead) return malformed("a snapshot row is not a read");
    if (holding_) emit_held(held_ended_table_, false);
    held_.assign(record);
    holding_ = true;
    held_ended_table_ = false;
    held_is_first_of_table_ = rows_ == 0;
    held_is_of_first_table_ = first_table_;
    if (held_relation_ != relation_) {
        held_relation_ = relation_;
        held_table_ = table_;
    }
    ++rows_;
    return true;
}

bool SnapshotRows::end_table() {
    if (!trailer_seen_) return malformed("the COPY ended early");
    // The row stays held: if no later table has rows it is the last of all.
    if (holding_ && held_relation_ == relation_) held_ended_table_ = true;
    return true;
}

void SnapshotRows::end_snapshot() {
    if (holding_) emit_held(true, true);
    send_chunk();
}

// In this order: the last of all, the first of all, the last of its table, the first of its table
// (debezium-wire-format §24). `first` belongs to the first table in order only.
std::string_view SnapshotRows::marker(bool ends_table, bool ends_snapshot) const {
    if (ends_snapshot) return "last";
    if (held_is_first_of_table_ && held_is_of_first_table_) return "first";
    if (ends_table) return "last_in_data_collection";
    if (held_is_first_of_table_) return "first_in_data_collection";
    return {};
}

void SnapshotRows::emit_held(bool ends_table, bool ends_snapshot) {
    holding_ = false;
    core::EventRecord event;
    core::read_event(held_, &event);  // was good when it came
    const std::string_view word =
        event.marker_offset == 0 ? std::string_view() : marker(ends_table, ends_snapshot);
    if (writer_.empty()) open_chunk();
    if (announced_ != held_relation_) {
        writer_.relation({.id = held_relation_,
                          .schema = held_table_.schema,
                          .table = held_table_.table,
                          .topic = held_table_.topic});
        announced_ = held_relation_;
    }
    writer_.begin_event(
        {held_relation_, core::Operation::kRead, event.flags, event.ordinal, event.lsn});
    sink_.append(event.key);
    writer_.end_key();
    if (word.empty()) {
        sink_.append(event.value);
    } else {
        sink_.append(event.value.substr(0, event.marker_offset));
        sink_.append(word);
        sink_.append(event.value.substr(event.marker_offset + kMarkerBytes));
    }
    writer_.end_value();
    sink_.append(event.headers);
    if (event.has_routing) writer_.event_routing(event.routing);
    writer_.end_event();
    if (sink_.size >= core::kChunkTargetBytes) send_chunk();
}

void SnapshotRows::open_chunk() {
    sink_.clear();
    writer_.begin_chunk();
    announced_ = 0;
}

void SnapshotRows::send_chunk() {
    if (writer_.empty()) return;
    writer_.end_chunk(false);
    receiver_->on_snapshot_chunk(sink_.view());
    writer_ = core::ChunkWriter(&sink_);
    sink_.clear();
}

}  // namespace outflow::relay
