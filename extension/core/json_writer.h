// The only producer of JSON text in the product: every function appends one complete JSON token
// (or, where it says so, a part of one) to the sink, as Jackson and Kafka Connect's JsonConverter
// print it. Compact, UTF-8, no state: the caller puts the tokens in order. Numeric and time values
// have their own writers (numeric_text.h, time_text.h, interval_text.h), which end in these.
//
// Nothing here reads outside its arguments, and no input gives invalid JSON: bytes that are not
// UTF-8 become U+FFFD, as many as Java's decoder makes of them.
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

// A quoted string. Escapes are Jackson's: \" \\ \b \t \n \f \r, \u00XX below 0x20, two \uXXXX
// surrogates above U+FFFF, hexadecimal digits in upper case; everything else raw.
void write_json_string(ByteSink *sink, std::string_view utf8);
// The same without the quotes, for a string that is written in pieces. A piece must not end inside
// a character.
void write_json_string_body(ByteSink *sink, std::string_view utf8);
// A quoted string of text that needs no escape: printable ASCII without `"` and `\`.
void write_json_plain_string(ByteSink *sink, std::string_view plain);

void write_json_bool(ByteSink *sink, bool value);
void write_json_null(ByteSink *sink);
void write_json_int(ByteSink *sink, std::int64_t value);
void write_json_uint(ByteSink *sink, std::uint64_t value);

// Java's text (float_text.h); NaN and the infinities quoted.
void write_json_double(ByteSink *sink, double value);
void write_json_float(ByteSink *sink, float value);

// Quoted text of bytes: base64 (standard or URL alphabet, both padded), lower-case hexadecimal.
void write_json_base64(ByteSink *sink, std::string_view bytes);
void write_json_base64_url(ByteSink *sink, std::string_view bytes);
void write_json_hex(ByteSink *sink, std::string_view bytes);
void write_json_uuid(ByteSink *sink, const unsigned char (&uuid)[16]);

// Punctuation. Between the quotes only text that needs no escape may be appended by other means.
inline void begin_json_string(ByteSink *sink) { sink->append('"'); }
inline void end_json_string(ByteSink *sink) { sink->append('"'); }
inline void begin_json_object(ByteSink *sink) { sink->append('{'); }
inline void end_json_object(ByteSink *sink) { sink->append('}'); }
inline void begin_json_array(ByteSink *sink) { sink->append('['); }
inline void end_json_array(ByteSink *sink) { sink->append(']'); }
inline void write_json_comma(ByteSink *sink) { sink->append(','); }
void write_json_name(ByteSink *sink, std::string_view name);  // "name": with escapes

}  // namespace outflow::core
