#include "numeric_text.h"

#include <bit>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "decimal_digits.h"
#include "json_writer.h"
#include "little_endian.h"

namespace outflow::core {
namespace {

using Uint128 = unsigned __int128;

constexpr std::uint32_t kBase = 10000;
constexpr std::uint32_t kPowersOfTen[] = {1, 10, 100, 1000, 10000};

constexpr int kMaxDigitsOf64 = 18;
constexpr int kMaxDigitsOf128 = 38;

// The digits without zero groups at either end; count 0 is zero.
struct Groups {
    const std::int16_t *at;
    int count;
    int weight;  // of the first group

    // The group worth 10000^power.
    std::uint32_t of_power(int power) const {
        const int index = weight - power;
        return index < 0 || index >= count ? 0 : static_cast<std::uint32_t>(at[index]);
    }
    int last_power() const { return weight - count + 1; }
};

Groups strip(const NumericView &value) {
    Groups groups{value.digits, value.ndigits, value.weight};
    while (groups.count > 0 && groups.at[0] == 0) {
        ++groups.at;
        --groups.count;
        --groups.weight;
    }
    while (groups.count > 0 && groups.at[groups.count - 1] == 0) --groups.count;
    if (groups.count == 0) groups.weight = 0;
    return groups;
}

bool is_finite(const NumericView &value) { return value.kind == NumericView::Kind::kFinite; }

// Decimals of the value without trailing zeros.
int needed_scale(const Groups &groups) {
    if (groups.count == 0 || groups.last_power() >= 0) return 0;
    int scale = -4 * groups.last_power();
    for (std::uint32_t last = groups.of_power(groups.last_power()); last % 10 == 0; last /= 10)
        --scale;
    return scale;
}

// Digits of value * 10^scale before its decimal point; zero or less for a value below 1.
int unscaled_digits(const Groups &groups, int scale) {
    if (groups.count == 0) return 0;
    return 4 * groups.weight + count_digits(groups.of_power(groups.weight)) + scale;
}

// Feeds |value| * 10^scale, rounded half up, to `total` in steps of total = total * factor + add.
template <typename Total>
void accumulate(const Groups &groups, int scale, Total *total) {
    int power = groups.weight;
    for (; 4 * power + scale >= 0; --power) total->step(kBase, groups.of_power(power));
    // The next group is cut: its first `kept` digits count, and the one behind them rounds.
    const int kept = 4 * power + scale + 4;
    if (kept < 0) return;
    const std::uint32_t group = groups.of_power(power);
    const std::uint32_t unit = kPowersOfTen[4 - kept];
    total->step(kPowersOfTen[kept], group / unit);
    if (group % unit * 2 >= unit) total->step(1, 1);
}

template <typename Unsigned>
struct FixedTotal {
    Unsigned value = 0;
    void step(std::uint32_t factor, std::uint32_t add) { value = value * factor + add; }
};

// An integer of any size in `limbs`, eight bytes each, the least significant first. Steps are
// collected up to 10^16, because each pass over the limbs costs the same whatever its factor.
class BigTotal {
 public:
    explicit BigTotal(char *limbs) : limbs_(limbs) {}

    void step(std::uint32_t factor, std::uint32_t add) {
        factor_ *= factor;
        add_ = add_ * factor + add;
        if (factor_ >= 1'000'000'000'000'000) flush();
    }

    // Ends the number; returns its shortest two's complement, the most significant byte first.
    std::string_view big_endian(bool negative) {
        flush();
        push(0);  // room for the sign
        std::uint64_t carry = 1;
        for (std::size_t index = 0; negative && index < count_; ++index) {
            const std::uint64_t limb = ~get(index) + carry;
            carry &= limb == 0;
            set(index, limb);
        }
        std::size_t size = 8 * count_;
        const char sign = negative ? '\xFF' : '\0';
        while (size > 1 && limbs_[size - 1] == sign && ((limbs_[size - 2] ^ sign) & 0x80) == 0)
            --size;
        for (std::size_t low = 0, high = size - 1; low < high; ++low, --high) {
            const char byte = limbs_[low];
            limbs_[low] = limbs_[high];
            limbs_[high] = byte;
        }
        return {limbs_, size};
    }

 private:
    std::uint64_t get(std::size_t index) const { return load<std::uint64_t>(limbs_ + 8 * index); }
    void set(std::size_t index, std::uint64_t limb) { store(limbs_ + 8 * index, limb); }
    void push(std::uint64_t limb) { set(count_++, limb); }

    void flush() {
        std::uint64_t carry = add_;
        for (std::size_t index = 0; index < count_; ++index) {
            const Uint128 product = Uint128{get(index)} * factor_ + carry;
            set(index, static_cast<std::uint64_t>(product));
            carry = static_cast<std::uint64_t>(product >> 64);
        }
        if (carry != 0) push(carry);
        factor_ = 1;
        add_ = 0;
    }

    char *limbs_;
    std::size_t count_ = 0;
    std::uint64_t factor_ = 1;
    std::uint64_t add_ = 0;
};

void write_two_complement(ByteSink *sink, std::uint64_t magnitude, bool negative) {
    const std::uint64_t bits = negative ? 0 - magnitude : magnitude;
    const std::uint64_t significant = negative ? ~bits : bits;
    const int size = static_cast<int>(std::bit_width(significant)) / 8 + 1;
    char bytes[8];
    for (int index = 0; index < size; ++index)
        bytes[index] = static_cast<char>(bits >> (8 * (size - 1 - index)));
    write_json_base64(sink, {bytes, static_cast<std::size_t>(size)});
}

void write_two_complement(ByteSink *sink, Uint128 magnitude, bool negative) {
    const Uint128 bits = negative ? 0 - magnitude : magnitude;
    const Uint128 significant = negative ? ~bits : bits;
    const auto high = static_cast<std::uint64_t>(significant >> 64);
    const int width = static_cast<int>(
        high ? 64 + std::bit_width(high) : std::bit_width(static_cast<std::uint64_t>(significant)));
    const int size = width / 8 + 1;
    char bytes[16];
    for (int index = 0; index < size; ++index)
        bytes[index] = static_cast<char>(bits >> (8 * (size - 1 - index)));
    write_json_base64(sink, {bytes, static_cast<std::size_t>(size)});
}

template <typename Unsigned>
void write_fixed_decimal(ByteSink *sink, const Groups &groups, bool negative, int scale) {
    FixedTotal<Unsigned> total;
    accumulate(groups, scale, &total);
    // Rounded away to zero, or a zero with a sign: two's complement has only one.
    write_two_complement(sink, total.value, negative && total.value != 0);
}

void write_decimal(ByteSink *sink, const Groups &groups, bool negative, int scale, char *scratch) {
    const int digits = unscaled_digits(groups, scale);
    if (digits <= kMaxDigitsOf64) {
        write_fixed_decimal<std::uint64_t>(sink, groups, negative, scale);
    } else if (digits <= kMaxDigitsOf128) {
        write_fixed_decimal<Uint128>(sink, groups, negative, scale);
    } else {
        BigTotal total(scratch);
        accumulate(groups, scale, &total);
        write_json_base64(sink, total.big_endian(negative));
    }
}

// Adds one unit in the last place to digits (and one decimal point) in [begin, end). True when
// the carry leaves the front: then all digits are 0.
bool increment_text(char *begin, char *end) {
    while (end != begin) {
        --end;
        if (*end == '.') continue;
        if (*end != '9') {
            ++*end;
            return false;
        }
        *end = '0';
    }
    return true;
}

bool is_zero_text(const char *begin, const char *end) {
    for (; begin != end; ++begin) {
        if (*begin != '0' && *begin != '.') return false;
    }
    return true;
}

// |value| with `decimals` decimals; rounds half up. Returns the end.
char *write_magnitude(const Groups &groups, int decimals, char *const begin) {
    char *out = begin;
    if (groups.weight < 0) {
        *out++ = '0';
    } else {
        out = write_uint(groups.of_power(groups.weight), out);
        for (int power = groups.weight - 1; power >= 0; --power)
            out = write_four_digits(groups.of_power(power), out);
    }
    char *end = out;
    int power = -1;
    if (decimals > 0) {
        *out++ = '.';
        end = out + decimals;
        for (; out < end; --power) out = write_four_digits(groups.of_power(power), out);
    }
    // The first digit that does not show is inside the last group written, or begins the next.
    const int dropped =
        out == end || decimals == 0 ? static_cast<int>(groups.of_power(power) / 1000) : *end - '0';
    if (dropped >= 5 && increment_text(begin, end)) {
        std::memmove(begin + 1, begin, static_cast<std::size_t>(end - begin));
        *begin = '1';
        ++end;
    }
    return end;
}

std::size_t write_finite_text(ByteSink *sink, const NumericView &value, int decimals) {
    const Groups groups = strip(value);
    const std::size_t whole =
        groups.weight < 0 ? 1 : 4 * (static_cast<std::size_t>(groups.weight) + 1);
    // Sign, carry, point, and up to three digits of the last group that are cut off again.
    char *const begin = sink->reserve(whole + static_cast<std::size_t>(decimals) + 6);
    char *const digits = begin + value.negative;
    char *end = write_magnitude(groups, decimals, digits);
    if (value.negative) {
        *begin = '-';
        if (is_zero_text(digits, end)) {
            std::memmove(begin, digits, static_cast<std::size_t>(end - digits));
            --end;
        }
    }
    const auto size = static_cast<std::size_t>(end - begin);
    sink->advance(size);
    return size;
}

// Enough digits for the nearest double: a midpoint between two has at most 767, and one more digit
// says whether anything follows.
constexpr int kMaxGroupsOfDouble = 200;

double nearest_double(const Groups &groups) {
    char text[4 * kMaxGroupsOfDouble + 16];
    char *out = text;
    int count = groups.count;
    int exponent = 4 * groups.last_power();
    if (count > kMaxGroupsOfDouble) count = kMaxGroupsOfDouble;
    for (int index = 0; index < count; ++index)
        out = write_four_digits(static_cast<std::uint32_t>(groups.at[index]), out);
    if (count < groups.count) {
        exponent += 4 * (groups.count - count) - 1;
        *out++ = '1';
    }
    *out++ = 'e';
    *write_int(exponent, out) = '\0';
    // Not std::from_chars, which brings the C++ run time into the plugin. There is no decimal point
    // in the text, so that it means the same in every locale.
    return std::strtod(text, nullptr);
}

double to_double(const NumericView &value) {
    constexpr double kExactPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    constexpr std::uint64_t kExactIntegers = std::uint64_t{1} << 53;
    const Groups groups = strip(value);
    double magnitude = 0;
    const int exponent = groups.count == 0 ? 0 : 4 * groups.last_power();
    std::uint64_t integer = kExactIntegers + 1;
    if (groups.count <= 4) {
        integer = 0;
        for (int index = 0; index < groups.count; ++index)
            integer = integer * kBase + static_cast<std::uint64_t>(groups.at[index]);
    }
    // Two exact operands, so one rounding.
    if (integer <= kExactIntegers && exponent >= -22 && exponent <= 22) {
        magnitude = static_cast<double>(integer);
        magnitude =
            exponent < 0 ? magnitude / kExactPowers[-exponent] : magnitude * kExactPowers[exponent];
    } else {
        magnitude = nearest_double(groups);
    }
    return value.negative && groups.count > 0 ? -magnitude : magnitude;
}

}  // namespace

std::size_t numeric_scratch_bytes(const NumericView &value, int scale) {
    if (!is_finite(value)) return 0;
    const Groups groups = strip(value);
    const int digits = unscaled_digits(groups, scale < 0 ? needed_scale(groups) : scale);
    if (digits <= kMaxDigitsOf128) return 0;
    // log2(10) < 10/3; one limb more for what rounds up, one for the sign.
    const std::size_t bits = static_cast<std::size_t>(digits) * 10 / 3 + 1;
    return 8 * (bits / 64 + 3);
}

void write_json_decimal(ByteSink *sink, const NumericView &value, int scale, char *scratch) {
    if (!is_finite(value)) return write_json_null(sink);
    write_decimal(sink, strip(value), value.negative, scale < 0 ? 0 : scale, scratch);
}

void write_json_variable_scale_decimal(ByteSink *sink, const NumericView &value, char *scratch) {
    if (!is_finite(value)) return write_json_null(sink);
    const Groups groups = strip(value);
    const int scale = needed_scale(groups);
    begin_json_object(sink);
    write_json_name(sink, "scale");
    write_json_int(sink, scale);
    write_json_comma(sink);
    write_json_name(sink, "value");
    write_decimal(sink, groups, value.negative, scale, scratch);
    end_json_object(sink);
}

void write_json_numeric_string(ByteSink *sink, const NumericView &value, int scale) {
    switch (value.kind) {
        case NumericView::Kind::kNaN:
            return write_json_plain_string(sink, "NAN");
        case NumericView::Kind::kPositiveInfinity:
            return write_json_plain_string(sink, "POSITIVE_INFINITY");
        case NumericView::Kind::kNegativeInfinity:
            return write_json_plain_string(sink, "NEGATIVE_INFINITY");
        case NumericView::Kind::kFinite:
            break;
    }
    begin_json_string(sink);
    write_finite_text(sink, value, scale < 0 ? value.dscale : scale);
    end_json_string(sink);
}

void write_big_decimal_text(ByteSink *sink, const NumericView &value, int scale) {
    if (!is_finite(value)) return;
    const std::size_t size = write_finite_text(sink, value, scale);
    char *const begin = sink->data + sink->size - size;
    char *const end = begin + size;
    char *out = begin + (*begin == '-');
    const char *first = out;
    while (first + 1 < end && (*first == '0' || *first == '.')) ++first;
    const int exponent = scale - static_cast<int>(end - first) + 1;  // negated, if below 1
    constexpr int kPlainExponent = 6;
    if (*out != '0' || exponent <= kPlainExponent) return;
    // All significant digits are behind the point.
    const auto rest = static_cast<std::size_t>(end - first) - 1;
    *out++ = *first;
    if (rest > 0) {
        *out++ = '.';
        std::memmove(out, first + 1, rest);
        out += rest;
    }
    *out++ = 'E';
    *out++ = '-';
    out = write_uint(static_cast<std::uint64_t>(exponent), out);
    sink->size -= static_cast<std::size_t>(end - out);
}

void write_json_numeric_double(ByteSink *sink, const NumericView &value, char *) {
    switch (value.kind) {
        case NumericView::Kind::kNaN:
            return write_json_double(sink, std::numeric_limits<double>::quiet_NaN());
        case NumericView::Kind::kPositiveInfinity:
            return write_json_double(sink, std::numeric_limits<double>::infinity());
        case NumericView::Kind::kNegativeInfinity:
            return write_json_double(sink, -std::numeric_limits<double>::infinity());
        case NumericView::Kind::kFinite:
            return write_json_double(sink, to_double(value));
    }
}

std::size_t write_numeric_text(ByteSink *sink, const NumericView &value) {
    const auto write_word = [sink](std::string_view word) {
        sink->append(word);
        return word.size();
    };
    switch (value.kind) {
        case NumericView::Kind::kNaN:
            return write_word("NaN");
        case NumericView::Kind::kPositiveInfinity:
            return write_word("Infinity");
        case NumericView::Kind::kNegativeInfinity:
            return write_word("-Infinity");
        case NumericView::Kind::kFinite:
            break;
    }
    return write_finite_text(sink, value, value.dscale);
}

}  // namespace outflow::core
