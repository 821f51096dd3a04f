// Positions in the write-ahead log. Each kind is a type of its own, because kinds must never be
// compared with each other: a commit's end, the next BEGIN and the next change are often the same
// number (shared facts: PostgreSQL manual, "Logical Decoding Output Plugin Callbacks").
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace outflow::core {

// Any WAL position. 0 means "none".
struct Lsn {
    std::uint64_t value = 0;
    constexpr bool valid() const { return value != 0; }
    friend constexpr auto operator<=>(Lsn, Lsn) = default;
};

// Start of a commit record: the identity of a transaction; rises strictly in delivery order.
struct CommitLsn {
    std::uint64_t value = 0;
    constexpr bool valid() const { return value != 0; }
    friend constexpr auto operator<=>(CommitLsn, CommitLsn) = default;
};

// First byte after a commit record, or a progress position: what may be confirmed to the slot and
// what START_REPLICATION is given.
struct EndLsn {
    std::uint64_t value = 0;
    constexpr bool valid() const { return value != 0; }
    friend constexpr auto operator<=>(EndLsn, EndLsn) = default;
};

constexpr int kLsnTextSize = 17;  // "FFFFFFFF/FFFFFFFF"

// Writes PostgreSQL's text form ("16/B374D848") without a terminator; returns its length.
int format_lsn(std::uint64_t lsn, char (&text)[kLsnTextSize]);

// Parses the text form; false for anything else (signs, blanks, more than 8 digits a half).
bool parse_lsn(std::string_view text, std::uint64_t *lsn);

}  // namespace outflow::core
