// SnapshotProgress: how far a snapshot is, in words, for each table and in total. The expected rows
// are the server's statistics (reltuples), so they are "about". Pure: no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outflow::relay {

class SnapshotProgress {
 public:
    struct Table {
        std::string name;                       // schema.table
        std::optional<std::uint64_t> estimate;  // none: never analysed, or a select of its own
    };

    explicit SnapshotProgress(std::vector<Table> tables);

    void begin(std::size_t table);
    void advance(std::size_t table, std::uint64_t rows);  // in all
    void end(std::size_t table);

    std::uint64_t rows() const { return rows_; }
    std::size_t ended() const { return ended_; }

    // "3 tables, about 1200 rows"; "no table".
    std::string plan() const;
    // "1 of 3 tables, 300 rows (25 % of about 1200); public.a 100 of about 400, public.b 7".
    std::string state() const;
    // "public.a: 400 rows (2 of 3 tables)".
    std::string table_end(std::size_t table) const;
    // "400 rows of 3 tables"; "nothing: all 3 tables are empty"; "nothing: there is no table".
    std::string result() const;

 private:
    enum class Stage : std::uint8_t { kWaiting, kReading, kEnded };
    struct Entry {
        Table table;
        Stage stage = Stage::kWaiting;
        std::uint64_t rows = 0;
    };

    std::vector<Entry> entries_;
    std::optional<std::uint64_t> estimate_;  // of all; none when one of them is not known
    std::uint64_t rows_ = 0;
    std::size_t ended_ = 0;
};

}  // namespace outflow::relay
