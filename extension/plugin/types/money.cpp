// money under decimal.handling.mode and money.fraction.digits. The value is an integer whose
// decimals are those of lc_monetary.
#include "core/json_writer.h"
#include "core/numeric_text.h"
#include "pg/numeric_view.h"
#include "plugin/types/decimal.h"

namespace outflow::plugin {
namespace {

constexpr int kMostDigits = 10;  // as in the server's cash.c
constexpr int kGroups = 10;      // of four decimal digits: all of an int64, shifted by up to three

int server_digits() {
    const int digits = PGLC_localeconv()->frac_digits;
    return digits < 0 || digits > kMostDigits ? 2 : digits;
}

// `groups` is filled from its end.
core::NumericView view_money(std::int64_t money, int digits, std::int16_t (&groups)[kGroups]) {
    const int fraction_groups = (digits + 3) / 4;
    auto magnitude = static_cast<unsigned __int128>(
        money < 0 ? 0 - static_cast<std::uint64_t>(money) : static_cast<std::uint64_t>(money));
    for (int at = digits; at < fraction_groups * 4; ++at) magnitude *= 10;
    int first = kGroups;
    for (; magnitude > 0; magnitude /= 10000)
        groups[--first] = static_cast<std::int16_t>(magnitude % 10000);
    const int count = kGroups - first;
    return {.negative = money < 0,
            .weight = static_cast<std::int16_t>(count - fraction_groups - 1),
            .dscale = static_cast<std::uint16_t>(digits),
            .digits = groups + first,
            .ndigits = count};
}

void encode_decimal(core::ByteSink *sink, Datum value, const Codec &codec) {
    std::int16_t groups[kGroups];
    const core::NumericView view = view_money(DatumGetInt64(value), codec.precision, groups);
    core::write_json_decimal(sink, view, codec.scale, pg::numeric_scratch(view, codec.scale));
}
void encode_decimal_number(core::ByteSink *sink, Datum value, const Codec &codec) {
    std::int16_t groups[kGroups];
    const core::NumericView view = view_money(DatumGetInt64(value), codec.precision, groups);
    core::write_big_decimal_text(sink, view, codec.scale);
}
void encode_double(core::ByteSink *sink, Datum value, const Codec &codec) {
    std::int16_t groups[kGroups];
    const core::NumericView view = view_money(DatumGetInt64(value), codec.precision, groups);
    core::write_json_numeric_double(sink, view, nullptr);
}
void encode_string(core::ByteSink *sink, Datum value, const Codec &codec) {
    std::int16_t groups[kGroups];
    const core::NumericView view = view_money(DatumGetInt64(value), codec.precision, groups);
    core::write_json_numeric_string(sink, view, core::kOwnScale);
}

}  // namespace

void make_money_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    if (request.in_array) return;
    codec->precision = static_cast<std::int16_t>(server_digits());
    codec->scale = static_cast<std::int16_t>(options.money_digits);
    if (!make_plain_decimal(codec, options, encode_double, encode_string))
        make_decimal(codec, encode_decimal, encode_decimal_number, 0, request.decimal_numbers);
}

}  // namespace outflow::plugin
