// Strict grammars of the literals in column defaults, so that no input function is given what it
// would refuse: its error would end the stream.
#pragma once

#include <cstdint>
#include <string_view>

namespace outflow::plugin {

constexpr bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
// Without blanks and control characters around.
std::string_view trim(std::string_view text);

bool is_integer(std::string_view text, std::int64_t low, std::int64_t high, std::int64_t *number);
bool is_decimal(std::string_view text);
// Float.parseFloat, of what the server writes: shortest digits, and words for what is no number.
bool is_float(std::string_view text);
bool is_uuid(std::string_view text);
bool is_date(std::string_view text);
bool is_time(std::string_view text);
// `2020-02-03 04:05:06.789`, with a zone like `+02` or `+05:30` when `zoned`.
bool is_timestamp(std::string_view text, bool zoned);
// The server's own text of an interval: `1 year 2 mons -3 days +04:05:06.78`.
bool is_interval(std::string_view text);

}  // namespace outflow::plugin
