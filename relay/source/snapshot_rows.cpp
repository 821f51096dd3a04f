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

// In this order: the last of all, the first of all, the last of its table, the first of its table
// (debezium-wire-format §24). `first` belongs to the first table in order only.
std::string_view marker(bool first_of_all, bool first_of_table, bool ends_table,
                        bool ends_snapshot) {
    if (ends_snapshot) return "last";
    if (first_of_all) return "first";
    if (ends_table) return "last_in_data_collection";
    if (first_of_table) return "first_in_data_collection";
    return {};
}

}  // namespace

SnapshotRows::SnapshotRows(Receiver *receiver) : receiver_(receiver), writer_(&sink_) {}

bool SnapshotRows::malformed(std::string problem) {
    problem_ = std::move(problem);
    return false;
}

bool SnapshotRows::on_copy_data(Table *table, std::string_view message) {
    // The first row comes in the same message as the header.
    if (!table->header_seen_) {
        if (message.size() < kCopyHeaderBytes || !message.starts_with(kCopySignature))
            return malformed("not a binary COPY");
        const std::size_t extension = big_endian32(message.data() + 15);
        if (extension > message.size() - kCopyHeaderBytes) return malformed("bad COPY header");
        message.remove_prefix(kCopyHeaderBytes + extension);
        table->header_seen_ = true;
    }
    while (!message.empty()) {
        if (message.size() < 2) return malformed("cut COPY row");
        const std::int16_t columns = big_endian16(message.data());
        message.remove_prefix(2);
        if (columns == -1) {
            table->trailer_seen_ = true;
            return message.empty() || malformed("bytes behind the COPY trailer");
        }
        if (columns != 1 || message.size() < 4) return malformed("unexpected COPY row");
        const std::uint32_t length = big_endian32(message.data());
        message.remove_prefix(4);
        if (length > message.size()) return malformed("cut COPY row");  // null (-1) as well
        if (!on_row(table, message.substr(0, length))) return false;
        message.remove_prefix(length);
    }
    return true;
}

bool SnapshotRows::on_row(Table *table, std::string_view record) {
    core::EventRecord event;
    const core::ChunkError error = core::read_event(record, &event);
    if (error != core::ChunkError::kNone) return malformed(std::string(core::describe(error)));
    if (event.operation != core::Operation::kRead) return malformed("a snapshot row is not a read");
    if (table->number_ > newest_) {
        newest_ = table->number_;
        release_last();
    }
    if (!table->held_.empty()) emit_held(table, false, false);
    table->held_.assign(record);
    table->held_is_first_ = table->rows_ == 0;
    ++table->rows_;
    return true;
}

bool SnapshotRows::end_table(Table *table) {
    if (!table->trailer_seen_) return malformed("the COPY ended early");
    table->ended_ = true;
    if (table->held_.empty()) return true;
    // If no later table has rows it is the last of all, so it stays held.
    if (table->number_ == newest_)
        last_ = table;
    else
        emit_held(table, true, false);
    return true;
}

void SnapshotRows::release_last() {
    if (last_ != nullptr) emit_held(last_, true, false);
    last_ = nullptr;
}

void SnapshotRows::end_snapshot() {
    if (last_ != nullptr) emit_held(last_, true, true);
    last_ = nullptr;
    send_chunk();
}

void SnapshotRows::emit_held(Table *table, bool ends_table, bool ends_snapshot) {
    core::EventRecord event;
    core::read_event(table->held_, &event);  // was good when it came
    const bool first = table->held_is_first_;
    const std::string_view word =
        event.marker_offset == 0
            ? std::string_view()
            : marker(first && table->says_first_, first, ends_table, ends_snapshot);
    announce(table);
    writer_.begin_event(
        {table->number_, core::Operation::kRead, event.flags, event.ordinal, event.lsn});
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
    table->held_.clear();
    if (sink_.size >= core::kChunkTargetBytes) send_chunk();
}

// Each chunk names the tables that it has rows of.
void SnapshotRows::announce(Table *table) {
    if (writer_.empty()) {
        sink_.clear();
        writer_.begin_chunk();
        ++chunk_number_;
    }
    if (table->announced_in_ == chunk_number_) return;
    table->announced_in_ = chunk_number_;
    writer_.relation({.id = table->number_,
                      .schema = table->name_.schema,
                      .table = table->name_.table,
                      .topic = table->name_.topic});
}

void SnapshotRows::send_chunk() {
    if (writer_.empty()) return;
    writer_.end_chunk(false);
    receiver_->on_snapshot_chunk(sink_.view());
    writer_ = core::ChunkWriter(&sink_);
    sink_.clear();
}

}  // namespace outflow::relay
