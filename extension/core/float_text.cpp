#include "float_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "decimal_digits.h"

namespace outflow::core {
namespace {

// The significant digits of a positive finite value: digits[0].digits[1]… * 10^exponent.
struct Significand {
    char digits[24];
    int count = 0;
    int exponent = 0;
};

// Takes apart what to_chars wrote: `d[.ddd]e±xx`.
void split(const char *at, const char *end, Significand *out) {
    out->count = 0;
    for (; *at != 'e'; ++at) {
        if (*at != '.') out->digits[out->count++] = *at;
    }
    const bool negative = at[1] == '-';
    int exponent = 0;
    for (at += 2; at != end; ++at) exponent = 10 * exponent + (*at - '0');
    out->exponent = negative ? -exponent : exponent;
}

// By the C library, because std::from_chars of libstdc++ 12 brings the C++ run time into the
// plugin. Without a decimal point in it the text means the same in every locale.
template <typename Float>
Float read_back(const Significand &value) {
    char text[kFloatTextSize];
    std::memcpy(text, value.digits, static_cast<std::size_t>(value.count));
    char *out = text + value.count;
    *out++ = 'e';
    *write_int(value.exponent - (value.count - 1), out) = '\0';
    if constexpr (sizeof(Float) == sizeof(float)) return std::strtof(text, nullptr);
    return static_cast<Float>(std::strtod(text, nullptr));
}

template <typename Float>
Significand shortest_digits(Float value) {
    char text[kFloatTextSize];
    Significand shortest;
    char *end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
    split(text, end, &shortest);
    // Java takes the nearest of the candidates with one or two digits where one would be enough.
    // The two differ only among the smallest subnormals: 4.9E-324, not 5.0E-324.
    if (shortest.count == 1 && value < std::numeric_limits<Float>::min()) [[unlikely]] {
        end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 1).ptr;
        Significand two_digits;
        split(text, end, &two_digits);
        if (read_back<Float>(two_digits) == value) shortest = two_digits;
    }
    return shortest;
}

char *append(const char *digits, int count, char *out) {
    std::memcpy(out, digits, static_cast<std::size_t>(count));
    return out + count;
}

// `d.dddE-n`.
char *lay_out_scientific(const Significand &value, char *out) {
    *out++ = value.digits[0];
    *out++ = '.';
    out = value.count > 1 ? append(value.digits + 1, value.count - 1, out) : append("0", 1, out);
    *out++ = 'E';
    return write_int(value.exponent, out);
}

// Without exponent, for exponents from -7 to 6; `1.0` becomes `1`.
char *lay_out_plain(const Significand &value, char *out) {
    if (value.exponent < 0) {
        out = append("0.000000", 1 - value.exponent, out);
        return append(value.digits, value.count, out);
    }
    const int whole = value.exponent + 1;
    if (value.count <= whole) {
        out = append(value.digits, value.count, out);
        return append("000000", whole - value.count, out);
    }
    out = append(value.digits, whole, out);
    *out++ = '.';
    return append(value.digits + whole, value.count - whole, out);
}

template <typename Float>
std::size_t format(Float value, char *text) {
    char *out = text;
    if (std::isnan(value)) return append("NaN", 3, out) - text;
    if (std::signbit(value)) {
        *out++ = '-';
        value = -value;
    }
    if (std::isinf(value)) return append("Infinity", 8, out) - text;
    if (value < Float{1e7}) {
        const auto whole = static_cast<std::uint32_t>(value);
        if (static_cast<Float>(whole) == value)
            return append(".0", 2, write_uint(whole, out)) - text;
    }
    const Significand shortest = shortest_digits(value);
    const bool plain = shortest.exponent >= -3 && shortest.exponent < 7;
    return (plain ? lay_out_plain(shortest, out) : lay_out_scientific(shortest, out)) - text;
}

}  // namespace

std::size_t format_double(double value, char (&text)[kFloatTextSize]) {
    return format(value, text);
}
std::size_t format_float(float value, char (&text)[kFloatTextSize]) { return format(value, text); }

std::size_t format_double_nanos(double value, char (&text)[kFloatTextSize]) {
    char *out = text;
    if (value == 0) return append("0", 1, out) - text;
    if (value < 0) {
        *out++ = '-';
        value = -value;
    }
    Significand shortest = shortest_digits(value);
    const int kept = shortest.exponent + 1 + 9;
    if (shortest.count > kept) shortest.count = kept;
    while (shortest.count > 1 && shortest.digits[shortest.count - 1] == '0') --shortest.count;
    return lay_out_plain(shortest, out) - text;
}

}  // namespace outflow::core
