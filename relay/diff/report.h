// What `outflow diff` prints at its end: for a person, and as one JSON object. Pure.
#pragma once

#include <string>

#include "diff/matcher.h"

namespace outflow::relay::diff {

struct ReportContext {
    std::string left;  // prefixes, or files
    std::string right;
    double seconds = 0;
};

// The worst that happened: "all identical", "equal as values", "known deviations", "differences";
// or "nothing compared".
std::string_view verdict_word(const Summary &summary);

// Several lines, the last "verdict: " and that word.
std::string text_report(const Summary &summary, const ReportContext &context);

// One line.
std::string json_report(const Summary &summary, const ReportContext &context);

}  // namespace outflow::relay::diff
