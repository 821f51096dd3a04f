#include "source/snapshot_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace outflow::relay {
namespace {

constexpr std::uint64_t kWhole = 100;

std::string counted(std::uint64_t count, const char *noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

SnapshotProgress::SnapshotProgress(std::vector<Table> tables) : estimate_(0) {
    for (Table &table : tables) {
        if (estimate_ && table.estimate)
            *estimate_ += *table.estimate;
        else
            estimate_.reset();
        entries_.push_back({std::move(table)});
    }
}

void SnapshotProgress::begin(std::size_t table) { entries_[table].stage = Stage::kReading; }

void SnapshotProgress::advance(std::size_t table, std::uint64_t rows) {
    rows_ += rows - entries_[table].rows;
    entries_[table].rows = rows;
}

void SnapshotProgress::end(std::size_t table) {
    entries_[table].stage = Stage::kEnded;
    ++ended_;
}

std::string SnapshotProgress::plan() const {
    if (entries_.empty()) return "no table";
    std::string text = counted(entries_.size(), "table");
    if (estimate_) text += fmt::format(", about {}", counted(*estimate_, "row"));
    return text;
}

std::string SnapshotProgress::state() const {
    std::string text = fmt::format("{} of {}, {}", ended_, counted(entries_.size(), "table"),
                                   counted(rows_, "row"));
    // Statistics may lag behind: more than all of it is never claimed.
    if (estimate_ && *estimate_ > 0)
        text += fmt::format(" ({} % of about {})", std::min(kWhole, rows_ * kWhole / *estimate_),
                            *estimate_);
    const char *separator = "; ";
    for (const Entry &entry : entries_) {
        if (entry.stage != Stage::kReading) continue;
        text +=
            fmt::format("{}{} {}", std::exchange(separator, ", "), entry.table.name, entry.rows);
        if (entry.table.estimate) text += fmt::format(" of about {}", *entry.table.estimate);
    }
    return text;
}

std::string SnapshotProgress::table_end(std::size_t table) const {
    const Entry &entry = entries_[table];
    return fmt::format("{}: {} ({} of {})", entry.table.name, counted(entry.rows, "row"), ended_,
                       counted(entries_.size(), "table"));
}

std::string SnapshotProgress::result() const {
    if (entries_.empty()) return "nothing: there is no table";
    if (rows_ == 0 && entries_.size() == 1) return "nothing: the table is empty";
    if (rows_ == 0) return fmt::format("nothing: all {} tables are empty", entries_.size());
    return fmt::format("{} of {}", counted(rows_, "row"), counted(entries_.size(), "table"));
}

}  // namespace outflow::relay
