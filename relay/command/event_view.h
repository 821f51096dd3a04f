// How `outflow tail` shows a record to a person: one line, what changed first.
//
// 10:42:07.118 u shop.public.orders  {"id":42}  status: "new" → "paid"   txId 7301  lsn 0/1A2B3C8
// Pure functions of the record; reads events with and without schemas.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace outflow::relay {

struct ShownRecord {
    std::string_view topic;
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;
    std::int64_t timestamp_ms = -1;  // when Kafka took it
};

struct EventFilter {
    std::string operations;          // letters of `op` that are shown; empty: all
    std::optional<std::string> key;  // the key's JSON, or the value of its only column
};

bool passes(const EventFilter &filter, const ShownRecord &record);

// Without a newline. Escape sequences for a terminal when `color`.
std::string format_record(const ShownRecord &record, bool color);

}  // namespace outflow::relay
