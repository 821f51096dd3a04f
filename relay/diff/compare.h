// Are two matched events the same? Bytes decide; documents are built only when they differ.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "diff/event.h"

namespace outflow::relay::diff {

enum class Verdict : std::uint8_t {
    kIdentical,       // every byte, but for the masks
    kEqualAsValue,    // other text of the same values: floats of an older Java, order of members
    kKnownDeviation,  // all that differs is in kKnownDeviations
    kDiffers,
    kOnlyLeft,
    kOnlyRight,
};
inline constexpr std::size_t kVerdicts = 6;
inline constexpr std::string_view kVerdictNames[kVerdicts] = {
    "identical", "equal as value", "known deviation", "differs", "only left", "only right"};

// Where the first difference is, for a person.
struct Difference {
    std::string part;    // key, value, headers
    std::string path;    // of the field: payload.after.ratio; empty: not in a field
    std::string reason;  // of a known deviation
    std::array<std::size_t, kSides> offset = {};   // bytes into the part
    std::array<std::string, kSides> excerpt = {};  // the field's value, or the bytes around
};

// How many events had bytes under each mask that really differ.
using Ignored = std::array<std::uint64_t, kMasks>;

// `difference` is filled unless the events are identical.
Verdict compare(const Event &left, const Event &right, Ignored *ignored, Difference *difference);

}  // namespace outflow::relay::diff
