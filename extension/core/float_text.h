// Text of floating-point numbers as Double.toString and Float.toString print it from JDK 19 on:
// the shortest digits that read back to the same value, always a decimal point, plain form for
// 1e-3 <= |x| < 1e7, else `d.dddE-n`. No locale, no allocation.
#pragma once

#include <cstddef>

namespace outflow::core {

constexpr std::size_t kFloatTextSize = 32;  // the longest is "-1.7976931348623157E308"

// Writes without a terminator and returns the length. NaN, Infinity, -Infinity for those.
std::size_t format_double(double value, char (&text)[kFloatTextSize]);
std::size_t format_float(float value, char (&text)[kFloatTextSize]);

// The same digits without exponent, cut after nine decimals, without trailing zeros: `6.78`,
// `0.000001`, `-3`, `0`. For 0 and 1e-7 <= |value| < 1e7.
std::size_t format_double_nanos(double value, char (&text)[kFloatTextSize]);

}  // namespace outflow::core
