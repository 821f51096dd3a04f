// Questions to the option table; the rows are in option_table.cpp.
#include <charconv>

#include "option_table.h"
#include "text_split.h"

namespace outflow::core {
namespace {

// Edit distance of two short names; `limit` + 1 when it is larger than `limit`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
    constexpr std::size_t kMaxName = 96;
    if (left.size() > kMaxName || right.size() > kMaxName) return limit + 1;
    std::size_t row[kMaxName + 1];
    for (std::size_t column = 0; column <= right.size(); ++column) row[column] = column;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        std::size_t diagonal = row[0];
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const std::size_t above = row[column];
            const std::size_t replace = diagonal + (left[line - 1] != right[column - 1]);
            const std::size_t insert = row[column - 1] + 1;
            row[column] = replace < insert ? replace : insert;
            if (above + 1 < row[column]) row[column] = above + 1;
            diagonal = above;
        }
    }
    return row[right.size()] > limit ? limit + 1 : row[right.size()];
}

bool equals_ignoring_case(std::string_view left, std::string_view lower) {
    if (left.size() != lower.size()) return false;
    for (std::size_t at = 0; at < left.size(); ++at) {
        const char byte = left[at];
        if ((byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte) != lower[at]) return false;
    }
    return true;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

bool parse_integer(std::string_view text, std::int64_t *number) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
    return error == std::errc() && end == text.data() + text.size();
}

// `range` is "low..high", each end optional, or empty.
bool in_range(std::int64_t number, std::string_view range) {
    const std::size_t dots = range.find("..");
    if (dots == std::string_view::npos) return true;
    std::int64_t bound = 0;
    if (parse_integer(range.substr(0, dots), &bound) && number < bound) return false;
    range.remove_prefix(dots + 2);
    return !(parse_integer(range, &bound) && number > bound);
}

bool are_allowed_words(std::string_view list, std::string_view allowed) {
    while (!list.empty()) {
        if (!is_allowed_word(trim(take_part(&list, ',')), allowed)) return false;
    }
    return true;
}

}  // namespace

const OptionSpec *find_option(std::string_view name) {
    const OptionSpec *family = nullptr;
    for (const OptionSpec &spec : option_table()) {
        if (spec.name == name) return &spec;
        if (!spec.name.ends_with('*')) continue;
        const std::string_view stem = spec.name.substr(0, spec.name.size() - 1);
        if (name.size() <= stem.size() || !name.starts_with(stem)) continue;
        if (family == nullptr || family->name.size() < spec.name.size()) family = &spec;
    }
    return family;
}

std::string_view nearest_name(std::string_view name, std::span<const OptionSpec> rows,
                              bool (*offers)(const OptionSpec &spec)) {
    std::string_view best;
    std::size_t limit = name.size() / 3;
    for (const OptionSpec &spec : rows) {
        if (spec.name.ends_with('*') || (offers != nullptr && !offers(spec))) continue;
        const std::size_t distance = edit_distance(name, spec.name, limit);
        if (distance > limit) continue;
        best = spec.name;
        if (distance == 0) break;
        limit = distance - 1;
    }
    return best;
}

std::string_view nearest_option(std::string_view name, bool plugin_only) {
    if (!plugin_only) return nearest_name(name, option_table());
    return nearest_name(name, option_table(),
                        [](const OptionSpec &spec) { return spec.owner != OptionOwner::kRelay; });
}

std::string_view nearest_word(std::string_view word, std::string_view allowed) {
    std::string_view best;
    std::size_t best_distance = word.size() / 2 + 2;
    while (!allowed.empty()) {
        const std::string_view candidate = take_part(&allowed, '|');
        const std::size_t distance = edit_distance(word, candidate, best_distance);
        if (distance >= best_distance) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

bool is_allowed_word(std::string_view word, std::string_view allowed) {
    while (!allowed.empty()) {
        if (take_part(&allowed, '|') == word) return true;
    }
    return false;
}

OptionValueError check_option_value(const OptionSpec &spec, std::string_view value) {
    switch (spec.type) {
        case OptionType::kBoolean:
            return equals_ignoring_case(value, "true") || equals_ignoring_case(value, "false")
                       ? OptionValueError::kNone
                       : OptionValueError::kNotBoolean;
        case OptionType::kInteger: {
            std::int64_t number = 0;
            if (!parse_integer(value, &number)) return OptionValueError::kNotInteger;
            return in_range(number, spec.allowed) ? OptionValueError::kNone
                                                  : OptionValueError::kNotAllowed;
        }
        case OptionType::kWord:
            return is_allowed_word(value, spec.allowed) ? OptionValueError::kNone
                                                        : OptionValueError::kNotAllowed;
        case OptionType::kWords:
            return are_allowed_words(value, spec.allowed) ? OptionValueError::kNone
                                                          : OptionValueError::kNotAllowed;
        case OptionType::kText:
        case OptionType::kPatterns:
        case OptionType::kSecret:
            return OptionValueError::kNone;
    }
    return OptionValueError::kNone;
}

}  // namespace outflow::core
