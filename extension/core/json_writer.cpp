#include "json_writer.h"

#include <bit>
#include <cmath>

#include "base64.h"
#include "decimal_digits.h"
#include "float_text.h"
#include "hex_text.h"
#include "little_endian.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace outflow::core {
namespace {

// A block of text that is copied whole while it is searched for bytes that JSON cannot hold as
// they are, or that have to be looked at: below 0x20, `"`, `\`, and everything that is not ASCII.
constexpr std::size_t kBlock = 16;

#if defined(__SSE2__)

// Stores the block at `out`; returns a mask with bit i set when byte i needs attention.
inline std::uint32_t copy_block(const char *at, char *out) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(out), block);
    const __m128i low = _mm_cmplt_epi8(block, _mm_set1_epi8(0x20));  // signed: also >= 0x80
    const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    return static_cast<std::uint32_t>(
        _mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, backslash))));
}

#else

constexpr std::uint64_t repeat(std::uint64_t byte) { return byte * 0x0101010101010101U; }

// One bit for each byte that needs attention. Sums of seven-bit bytes do not carry into the next.
inline std::uint32_t attention(std::uint64_t word) {
    constexpr std::uint64_t kHigh = repeat(0x80);
    const std::uint64_t ascii = word & ~kHigh;
    const std::uint64_t not_control = ascii + repeat(0x80 - 0x20);
    const std::uint64_t not_quote = (ascii ^ repeat('"')) + repeat(0x7F);
    const std::uint64_t not_backslash = (ascii ^ repeat('\\')) + repeat(0x7F);
    const std::uint64_t bits = (word | ~(not_control & not_quote & not_backslash)) & kHigh;
    return static_cast<std::uint32_t>((bits >> 7) * 0x0102040810204080U >> 56);
}

inline std::uint32_t copy_block(const char *at, char *out) {
    std::memcpy(out, at, kBlock);
    return attention(load<std::uint64_t>(at)) | attention(load<std::uint64_t>(at + 8)) << 8;
}

#endif

// The last 1 to 15 bytes, padded, without reading outside them.
inline void load_tail(const char *at, std::size_t bytes, char (&block)[kBlock]) {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    if (bytes >= 8) {
        low = load<std::uint64_t>(at);
        if (bytes > 8) high = load<std::uint64_t>(at + bytes - 8) >> (8 * (16 - bytes));
    } else if (bytes >= 4) {
        low = load<std::uint32_t>(at) | std::uint64_t{load<std::uint32_t>(at + bytes - 4)}
                                            << (8 * (bytes - 4));
    } else {
        const auto byte = [at](std::size_t index) {
            return std::uint64_t{static_cast<unsigned char>(at[index])} << (8 * index);
        };
        low = byte(0) | byte(bytes / 2) | byte(bytes - 1);
    }
    store(block, low);
    store(block + 8, high);
}

// Length of the well-formed sequence that begins at `at` with a byte >= 0x80, or 0; then *bad is
// the number of bytes that one U+FFFD stands for: the "maximal subpart" of Unicode 3.9, but all of
// an encoded surrogate, as Java's decoder counts.
inline std::size_t sequence_length(const unsigned char *at, std::size_t left, std::size_t *bad) {
    const unsigned char lead = at[0];
    const auto continues = [at, left](std::size_t index, unsigned low = 0x80,
                                      unsigned high = 0xBF) {
        return index < left && at[index] >= low && at[index] <= high;
    };
    *bad = 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (!continues(1, lead == 0xE0 ? 0xA0 : 0x80)) return 0;
        *bad = continues(2) ? 3 : 2;
        const bool surrogate = lead == 0xED && at[1] >= 0xA0;
        return *bad == 3 && !surrogate ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (!continues(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF)) return 0;
        *bad = 2;
        if (!continues(2)) return 0;
        *bad = 3;
        return continues(3) ? 4 : 0;
    }
    return 0;
}

constexpr char kUpperHex[] = "0123456789ABCDEF";

inline char *write_unicode_escape(std::uint32_t unit, char *out) {
    out[0] = '\\';
    out[1] = 'u';
    out[2] = kUpperHex[unit >> 12];
    out[3] = kUpperHex[unit >> 8 & 0xF];
    out[4] = kUpperHex[unit >> 4 & 0xF];
    out[5] = kUpperHex[unit & 0xF];
    return out + 6;
}

inline char *write_surrogates(const unsigned char *at, char *out) {
    const std::uint32_t point =
        (at[0] & 0x07U) << 18 | (at[1] & 0x3FU) << 12 | (at[2] & 0x3FU) << 6 | (at[3] & 0x3FU);
    const std::uint32_t offset = point - 0x10000;
    return write_unicode_escape(0xDC00 + (offset & 0x3FF),
                                write_unicode_escape(0xD800 + (offset >> 10), out));
}

// One ASCII character that needs an escape.
inline char *write_escape(unsigned char byte, char *out) {
    // The second letter of a two-character escape, else 0.
    constexpr char kLetters[] = "\0\0\0\0\0\0\0\0btn\0fr\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    static_assert(sizeof kLetters == 0x20 + 1);
    const char letter = byte < 0x20 ? kLetters[byte] : static_cast<char>(byte);
    if (letter == 0) return write_unicode_escape(byte, out);
    out[0] = '\\';
    out[1] = letter;
    return out + 2;
}

// One or more characters that are not ASCII, up to the first that is or until `room` is used up (a
// character takes at most 12 bytes).
inline char *write_non_ascii(const char **text, const char *end, char *out, const char *room_end) {
    const auto *at = reinterpret_cast<const unsigned char *>(*text);
    const auto *last = reinterpret_cast<const unsigned char *>(end);
    while (at < last && *at >= 0x80 && out + 12 <= room_end) {
        std::size_t bad = 0;
        const std::size_t length = sequence_length(at, static_cast<std::size_t>(last - at), &bad);
        if (length == 2) {
            std::memcpy(out, at, 2);
            out += 2;
        } else if (length == 3) {
            std::memcpy(out, at, 3);
            out += 3;
        } else if (length == 4) {
            out = write_surrogates(at, out);
        } else {
            std::memcpy(out, "\xEF\xBF\xBD", 3);
            out += 3;
        }
        at += length ? length : bad;
    }
    *text = reinterpret_cast<const char *>(at);
    return out;
}

// Escapes what `mask` names in a block that was copied to `out`, up to the first character that is
// not ASCII. Copies the rest of the block anew behind each escape, so 32 bytes must be readable.
// Returns the end; *at moves to what comes next.
inline char *escape_block(const char **at, std::uint32_t mask, char *out) {
    const char *const block = *at;
    std::size_t done = 0;
    for (; mask != 0; mask &= mask - 1) {
        const auto index = static_cast<std::size_t>(std::countr_zero(mask));
        out += index - done;
        const auto byte = static_cast<unsigned char>(block[index]);
        *at = block + index;
        if (byte >= 0x80) return out;
        out = write_escape(byte, out);
        done = index + 1;
        std::memcpy(out, block + done, kBlock);
    }
    *at = block + kBlock;
    return out + (kBlock - done);
}

// Behind the end of what was written there must always be room for the rest of the input as it is,
// for a block of nothing but six-byte escapes, and for the block that is copied ahead.
constexpr std::size_t kMargin = 6 * kBlock + kBlock;
// What is asked for when that does not hold: the more input, the more escapes are to be expected.
inline std::size_t room_for(std::size_t left) {
    return left + kMargin + (left < 4096 ? left / 8 : 512);
}

// `out` is where the sink ends (its size is behind); returns the same after the text.
char *write_text(ByteSink *sink, char *out, std::string_view utf8) {
    const char *at = utf8.data();
    const char *const end = at + utf8.size();
    const char *room_end = sink->data + sink->capacity;
    while (at != end) {
        const auto left = static_cast<std::size_t>(end - at);
        if (left >= 2 * kBlock) {
            const std::uint32_t mask = copy_block(at, out);
            if (mask == 0) {
                at += kBlock;
                out += kBlock;
                continue;
            }
            out = escape_block(&at, mask, out);
        } else {
            // The last one or two blocks: one escape at a time.
            char tail[kBlock];
            const std::size_t size = left < kBlock ? left : kBlock;
            if (size < kBlock) load_tail(at, size, tail);
            const std::uint32_t mask =
                copy_block(size < kBlock ? tail : at, out) & ((1U << size) - 1);
            const std::size_t clean =
                mask == 0 ? size : static_cast<std::size_t>(std::countr_zero(mask));
            at += clean;
            out += clean;
            if (mask == 0) continue;
            if (static_cast<unsigned char>(*at) < 0x80)
                out = write_escape(static_cast<unsigned char>(*at++), out);
        }
        if (at != end && static_cast<unsigned char>(*at) >= 0x80)
            out = write_non_ascii(&at, end, out, room_end - kBlock);
        const auto rest = static_cast<std::size_t>(end - at);
        if (static_cast<std::size_t>(room_end - out) < rest + kMargin) [[unlikely]] {
            sink->size = static_cast<std::size_t>(out - sink->data);
            out = sink->reserve(room_for(rest));
            room_end = sink->data + sink->capacity;
        }
    }
    return out;
}

// Writes `text` in quotes; `size` is a constant or small.
inline void write_quoted(ByteSink *sink, const char *text, std::size_t size) {
    char *out = sink->reserve(size + 2);
    out[0] = '"';
    std::memcpy(out + 1, text, size);
    out[size + 1] = '"';
    sink->advance(size + 2);
}

template <typename Encode>
inline void write_encoded(ByteSink *sink, std::size_t size, Encode encode) {
    char *out = sink->reserve(size + 2);
    out[0] = '"';
    encode(out + 1);
    out[size + 1] = '"';
    sink->advance(size + 2);
}

}  // namespace

void write_json_string(ByteSink *sink, std::string_view utf8) {
    char *out = sink->reserve(room_for(utf8.size()) + 2);
    *out++ = '"';
    out = write_text(sink, out, utf8);
    *out++ = '"';  // within the margin
    sink->size = static_cast<std::size_t>(out - sink->data);
}

void write_json_string_body(ByteSink *sink, std::string_view utf8) {
    char *out = write_text(sink, sink->reserve(room_for(utf8.size())), utf8);
    sink->size = static_cast<std::size_t>(out - sink->data);
}

void write_json_plain_string(ByteSink *sink, std::string_view plain) {
    write_quoted(sink, plain.data(), plain.size());
}

void write_json_bool(ByteSink *sink, bool value) {
    sink->append(value ? std::string_view("true") : std::string_view("false"));
}

void write_json_null(ByteSink *sink) { sink->append(std::string_view("null")); }

void write_json_int(ByteSink *sink, std::int64_t value) {
    char *out = sink->reserve(kMaxUintDigits + 1);
    sink->advance(static_cast<std::size_t>(write_int(value, out) - out));
}

void write_json_uint(ByteSink *sink, std::uint64_t value) {
    char *out = sink->reserve(kMaxUintDigits);
    sink->advance(static_cast<std::size_t>(write_uint(value, out) - out));
}

void write_json_double(ByteSink *sink, double value) {
    char text[kFloatTextSize];
    const std::string_view number(text, format_double(value, text));
    std::isfinite(value) ? sink->append(number) : write_json_plain_string(sink, number);
}

void write_json_float(ByteSink *sink, float value) {
    char text[kFloatTextSize];
    const std::string_view number(text, format_float(value, text));
    std::isfinite(value) ? sink->append(number) : write_json_plain_string(sink, number);
}

void write_json_base64(ByteSink *sink, std::string_view bytes) {
    write_encoded(sink, base64_size(bytes.size()),
                  [bytes](char *out) { encode_base64(bytes, out); });
}

void write_json_base64_url(ByteSink *sink, std::string_view bytes) {
    write_encoded(sink, base64_size(bytes.size()),
                  [bytes](char *out) { encode_base64_url(bytes, out); });
}

void write_json_hex(ByteSink *sink, std::string_view bytes) {
    write_encoded(sink, 2 * bytes.size(), [bytes](char *out) { encode_hex(bytes, out); });
}

void write_json_uuid(ByteSink *sink, const unsigned char (&uuid)[16]) {
    char text[kUuidTextSize];
    format_uuid(uuid, text);
    write_quoted(sink, text, kUuidTextSize);
}

void write_json_name(ByteSink *sink, std::string_view name) {
    write_json_string(sink, name);
    sink->append(':');
}

}  // namespace outflow::core
