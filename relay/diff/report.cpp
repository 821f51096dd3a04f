#include "diff/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/lsn.h"

namespace outflow::relay::diff {
namespace {

using Json = nlohmann::ordered_json;

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
    return digits;
}

// For a terminal: no control characters, no half character at a cut.
std::string shown(const std::string &text) {
    std::string dumped = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string plain;
    for (std::size_t at = 1; at + 1 < dumped.size(); ++at) {
        if (dumped[at] == '\\' && (dumped[at + 1] == '"' || dumped[at + 1] == '\\')) ++at;
        plain += dumped[at];
    }
    return plain;
}

std::string lsn_text(std::uint64_t lsn) {
    char digits[core::kLsnTextSize];
    return {digits, static_cast<std::size_t>(core::format_lsn(lsn, digits))};
}

std::string counts(const std::array<std::uint64_t, kVerdicts> &events) {
    constexpr Verdict kOrder[] = {Verdict::kIdentical, Verdict::kEqualAsValue,
                                  Verdict::kDiffers,   Verdict::kOnlyLeft,
                                  Verdict::kOnlyRight, Verdict::kKnownDeviation};
    std::string line;
    for (const Verdict verdict : kOrder) {
        const auto at = static_cast<std::size_t>(verdict);
        // What nobody has to read about when it did not happen.
        if (verdict == Verdict::kKnownDeviation && events[at] == 0) continue;
        line += fmt::format("{}{} {}", line.empty() ? "" : "   ", kVerdictNames[at],
                            grouped(events[at]));
    }
    return line;
}

std::string_view state_of(const TableResult &table) {
    // The worst that happened.
    for (const Verdict verdict : {Verdict::kDiffers, Verdict::kOnlyLeft, Verdict::kOnlyRight,
                                  Verdict::kKnownDeviation, Verdict::kEqualAsValue}) {
        const auto at = static_cast<std::size_t>(verdict);
        if (table.events[at] != 0) return kVerdictNames[at];
    }
    return table.events[0] != 0 ? kVerdictNames[0] : "no events";
}

std::string example_text(const std::string &table, const Example &example,
                         const ReportContext &context) {
    const Difference &difference = example.difference;
    std::string text =
        fmt::format("  {}: {} op {}", kVerdictNames[static_cast<std::size_t>(example.verdict)],
                    table, example.operation);
    if (example.lsn != 0)
        text += fmt::format(" lsn {} txId {}", lsn_text(example.lsn), example.txn);
    text += fmt::format(" key {}\n", shown(example.key));
    if (!difference.part.empty()) {
        text += fmt::format("    {}", shown(difference.part));
        if (!difference.path.empty()) text += " " + shown(difference.path);
        text += fmt::format(", from byte {}", difference.offset[0]);
        if (difference.offset[1] != difference.offset[0])
            text += fmt::format(" and {}", difference.offset[1]);
        text += "\n";
    }
    if (!difference.reason.empty()) text += fmt::format("    {}\n", difference.reason);
    const std::size_t width = std::max(context.left.size(), context.right.size());
    for (const Side side : {Side::kLeft, Side::kRight}) {
        if (difference.excerpt[index(side)].empty()) continue;
        text += fmt::format("    {:<{}}  {}\n", side == Side::kLeft ? context.left : context.right,
                            width, shown(difference.excerpt[index(side)]));
    }
    return text;
}

std::string ignored_text(const Ignored &ignored) {
    std::string line;
    for (std::size_t mask = 0; mask < kMasks; ++mask) {
        if (ignored[mask] == 0) continue;
        line += fmt::format("{}{} {}", line.empty() ? "" : " · ", kMaskNames[mask],
                            grouped(ignored[mask]));
    }
    return line.empty() ? "nothing" : line;
}

Json counts_json(const std::array<std::uint64_t, kVerdicts> &events) {
    Json object = Json::object();
    for (std::size_t at = 0; at < kVerdicts; ++at) {
        std::string name(kVerdictNames[at]);
        std::replace(name.begin(), name.end(), ' ', '_');
        object[name] = events[at];
    }
    return object;
}

Json example_json(const Example &example) {
    const Difference &difference = example.difference;
    Json object = {{"class", kVerdictNames[static_cast<std::size_t>(example.verdict)]},
                   {"op", std::string(1, example.operation)},
                   {"lsn", example.lsn},
                   {"txId", example.txn},
                   {"key", example.key}};
    if (!difference.part.empty()) {
        object["part"] = difference.part;
        object["path"] = difference.path;
        object["left_offset"] = difference.offset[0];
        object["right_offset"] = difference.offset[1];
    }
    if (!difference.reason.empty()) object["reason"] = difference.reason;
    object["left"] = difference.excerpt[0];
    object["right"] = difference.excerpt[1];
    return object;
}

}  // namespace

std::string_view verdict_word(const Summary &summary) {
    if (summary.compared() == 0) return "nothing compared";
    if (!summary.clean()) return "differences";
    const auto events = summary.totals();
    const auto has = [&](Verdict verdict) {
        return events[static_cast<std::size_t>(verdict)] != 0;
    };
    if (has(Verdict::kKnownDeviation)) return "known deviations";
    return has(Verdict::kEqualAsValue) ? "equal as values" : "all identical";
}

std::string text_report(const Summary &summary, const ReportContext &context) {
    std::string text = fmt::format("topics {}/{} matched · {} events compared · {:.0f} s\n",
                                   summary.matched_topics(), summary.tables.size(),
                                   grouped(summary.compared()), context.seconds);
    text += counts(summary.totals()) + "\n";
    for (const auto &[name, table] : summary.tables) {
        text += fmt::format("{}  {}  ({})\n", name, state_of(table), counts(table.events));
        for (const Example &example : table.examples) text += example_text(name, example, context);
    }
    text += fmt::format("ignored: {}\n", ignored_text(summary.ignored));
    if (summary.given_up != 0)
        text += fmt::format("out of memory: {} events waited too long and count as one-sided\n",
                            grouped(summary.given_up));
    return text + fmt::format("verdict: {}\n", verdict_word(summary));
}

std::string json_report(const Summary &summary, const ReportContext &context) {
    Json tables = Json::array();
    for (const auto &[name, table] : summary.tables) {
        Json examples = Json::array();
        for (const Example &example : table.examples) examples.push_back(example_json(example));
        tables.push_back({{"table", name},
                          {"state", state_of(table)},
                          {"events", counts_json(table.events)},
                          {"first_differences", std::move(examples)}});
    }
    Json ignored = Json::object();
    for (std::size_t mask = 0; mask < kMasks; ++mask)
        ignored[std::string(kMaskNames[mask])] = summary.ignored[mask];
    const Json report = {
        {"verdict", verdict_word(summary)}, {"left", context.left},
        {"right", context.right},           {"seconds", context.seconds},
        {"topics", summary.tables.size()},  {"topics_matched", summary.matched_topics()},
        {"compared", summary.compared()},   {"events", counts_json(summary.totals())},
        {"ignored", std::move(ignored)},    {"given_up", summary.given_up},
        {"tables", std::move(tables)}};
    return report.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace outflow::relay::diff
