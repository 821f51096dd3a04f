// Decimal digits of integers, two at a time. For the core's own writers.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace outflow::core {

inline constexpr char kDigitPairs[201] =
    "0001020304050607080910111213141516171819"
    "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859"
    "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

inline constexpr std::size_t kMaxUintDigits = 20;

// `value` < 100.
inline char *write_two_digits(std::uint32_t value, char *out) {
    std::memcpy(out, kDigitPairs + 2 * value, 2);
    return out + 2;
}

// `value` < 10000.
inline char *write_four_digits(std::uint32_t value, char *out) {
    return write_two_digits(value % 100, write_two_digits(value / 100, out));
}

inline int count_digits(std::uint64_t value) {
    constexpr std::uint64_t kPowers[] = {0,
                                         10,
                                         100,
                                         1000,
                                         10000,
                                         100000,
                                         1000000,
                                         10000000,
                                         100000000,
                                         1000000000,
                                         10000000000,
                                         100000000000,
                                         1000000000000,
                                         10000000000000,
                                         100000000000000,
                                         1000000000000000,
                                         10000000000000000,
                                         100000000000000000,
                                         1000000000000000000,
                                         10000000000000000000U};
    const int estimate = (64 - std::countl_zero(value | 1)) * 1233 >> 12;  // log10(2) * 2^12
    return estimate + (value >= kPowers[estimate]);
}

// No leading zeros; at most kMaxUintDigits.
inline char *write_uint(std::uint64_t value, char *out) {
    char *const end = out + (value < 10 ? 1 : count_digits(value));
    char *at = end;
    while (value >= 100) {
        at -= 2;
        std::memcpy(at, kDigitPairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        std::memcpy(at - 2, kDigitPairs + 2 * value, 2);
    } else {
        at[-1] = static_cast<char>('0' + value);
    }
    return end;
}

inline char *write_int(std::int64_t value, char *out) {
    auto magnitude = static_cast<std::uint64_t>(value);
    if (value < 0) {
        *out++ = '-';
        magnitude = 0 - magnitude;
    }
    return write_uint(magnitude, out);
}

}  // namespace outflow::core
