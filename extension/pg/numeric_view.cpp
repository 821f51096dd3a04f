#include "numeric_view.h"

#include <cstring>

namespace outflow::pg {
namespace {

using Kind = core::NumericView::Kind;

// Bits of the first word (numeric.c).
constexpr std::uint16_t kFormMask = 0xC000;
constexpr std::uint16_t kNegative = 0x4000;
constexpr std::uint16_t kShort = 0x8000;
constexpr std::uint16_t kSpecial = 0xC000;
constexpr std::uint16_t kSpecialMask = 0xF000;
constexpr std::uint16_t kPositiveInfinity = 0xD000;
constexpr std::uint16_t kNegativeInfinity = 0xF000;
constexpr std::uint16_t kLongScaleMask = 0x3FFF;
constexpr std::uint16_t kShortSign = 0x2000;
constexpr std::uint16_t kShortScaleMask = 0x1F80;
constexpr int kShortScaleShift = 7;
constexpr std::uint16_t kShortWeightSign = 0x0040;
constexpr std::uint16_t kShortWeightMask = 0x003F;

Kind special_kind(std::uint16_t header) {
    switch (header & kSpecialMask) {
        case kPositiveInfinity:
            return Kind::kPositiveInfinity;
        case kNegativeInfinity:
            return Kind::kNegativeInfinity;
        default:
            return Kind::kNaN;
    }
}

// The words of the value behind its length word, two-byte aligned.
const std::uint16_t *aligned_words(const struct varlena *packed, std::size_t bytes,
                                   NumericBuffer *buffer) {
    const char *data = VARDATA_ANY(packed);
    if (VARATT_IS_1B(packed)) {  // at most 126 bytes, at any address
        std::memcpy(buffer->bytes, data, bytes);
        data = buffer->bytes;
    }
    return reinterpret_cast<const std::uint16_t *>(data);
}

}  // namespace

core::NumericView view_numeric(Datum value, NumericBuffer *buffer) {
    const auto *packed =
        pg_detoast_datum_packed(reinterpret_cast<struct varlena *>(DatumGetPointer(value)));
    const std::size_t bytes = VARSIZE_ANY_EXHDR(packed);
    const std::uint16_t *words = aligned_words(packed, bytes, buffer);
    const std::uint16_t header = words[0];
    core::NumericView view;
    int header_words = 1;
    switch (header & kFormMask) {
        case kSpecial:
            view.kind = special_kind(header);
            return view;
        case kShort:
            view.negative = header & kShortSign;
            view.dscale = (header & kShortScaleMask) >> kShortScaleShift;
            view.weight = static_cast<std::int16_t>(
                (header & kShortWeightSign ? ~static_cast<int>(kShortWeightMask) : 0) |
                (header & kShortWeightMask));
            break;
        default:
            view.negative = (header & kFormMask) == kNegative;
            view.dscale = header & kLongScaleMask;
            view.weight = static_cast<std::int16_t>(words[1]);
            header_words = 2;
    }
    view.digits = reinterpret_cast<const std::int16_t *>(words + header_words);
    view.ndigits = static_cast<int>(bytes / sizeof(std::int16_t)) - header_words;
    return view;
}

char *numeric_scratch(const core::NumericView &view, int scale) {
    const std::size_t bytes = core::numeric_scratch_bytes(view, scale);
    return bytes ? static_cast<char *>(MemoryContextAllocHuge(CurrentMemoryContext, bytes))
                 : nullptr;
}

}  // namespace outflow::pg
