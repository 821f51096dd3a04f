// PostgreSQL's numeric as text, as Connect's Decimal and as a double, from its base-10000 digits.
// The plugin takes the digits out of the Datum; no server header is needed here.
//
// Two's-complement forms up to 38 digits need 128-bit integers only. Longer ones are computed in
// `scratch`, which the caller allocates: quadratic in the digits, 0.1 s for the largest numeric.
#pragma once

#include <cstddef>
#include <cstdint>

#include "byte_sink.h"

namespace outflow::core {

// The value is the sum of digits[i] * 10000^(weight - i). Zero groups at either end may have been
// stripped or not; zero may have no digits.
struct NumericView {
    enum class Kind : std::uint8_t { kFinite, kNaN, kPositiveInfinity, kNegativeInfinity };
    Kind kind = Kind::kFinite;
    bool negative = false;
    std::int16_t weight = 0;   // of the first digit, as the power of 10000
    std::uint16_t dscale = 0;  // decimals that the server prints
    const std::int16_t *digits = nullptr;
    int ndigits = 0;
};

// Stands for the value's own number of decimals: what its text shows (dscale) in
// write_json_numeric_string, what it needs (no trailing zeros) in numeric_scratch_bytes.
constexpr int kOwnScale = -1;

// What the writers below need as `scratch` for this value: 0 for up to 38 digits, then nullptr will
// do. kOwnScale for write_json_variable_scale_decimal and write_json_numeric_double.
std::size_t numeric_scratch_bytes(const NumericView &value, int scale);

// Connect's Decimal: quoted base64 of the shortest big-endian two's complement of
// value * 10^scale. Decimals beyond `scale`, which a column of that scale cannot hold, round half
// up. `null` for NaN and the infinities.
void write_json_decimal(ByteSink *sink, const NumericView &value, int scale, char *scratch);

// io.debezium.data.VariableScaleDecimal, {"scale":n,"value":"…"}: trailing zeros stripped, but the
// scale never negative. `null` for NaN and the infinities.
void write_json_variable_scale_decimal(ByteSink *sink, const NumericView &value, char *scratch);

// Quoted plain text with `scale` decimals (kOwnScale: as the server prints it); "NAN",
// "POSITIVE_INFINITY", "NEGATIVE_INFINITY".
void write_json_numeric_string(ByteSink *sink, const NumericView &value, int scale);

// BigDecimal.toString of the value with `scale` decimals: `10.50`, `1E-7`. Not JSON; nothing for
// NaN and the infinities.
void write_big_decimal_text(ByteSink *sink, const NumericView &value, int scale);

// The nearest double, in Java's text; NaN and the infinities quoted.
void write_json_numeric_double(ByteSink *sink, const NumericView &value, char *scratch);

// The server's own text (numeric_out): `10.50`, `NaN`, `-Infinity`. Not JSON. Returns its length.
std::size_t write_numeric_text(ByteSink *sink, const NumericView &value);

}  // namespace outflow::core
