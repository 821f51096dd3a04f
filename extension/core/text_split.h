// Taking a text apart at a separator. (`substr` of a later position could throw: it would import
// from libstdc++ into the plugin.)
#pragma once

#include <string_view>

namespace outflow::core {

// Takes what stands before the first `separator`, and the separator, off the text; all of it where
// there is none.
inline std::string_view take_part(std::string_view *text, char separator) {
    const std::size_t end = text->find(separator);
    const std::string_view part = text->substr(0, end);
    text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
    return part;
}

// Without what Java's trim cuts off at both ends.
inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

}  // namespace outflow::core
