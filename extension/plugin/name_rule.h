// A pattern for whole names, and what becomes of those that match: Java's Matcher.matches, then
// replaceFirst, as Kafka's and Debezium's routers have it.
#pragma once

#include <string_view>

#include "pattern.h"

namespace outflow::plugin {

struct NameRule {
    const Pattern *pattern = nullptr;
    const Replacement *replacement = nullptr;

    bool matches(std::string_view name) const { return plugin::matches(*pattern, name); }
    // Of a name that matches; may be empty. In the current context.
    std::string_view rewrite(std::string_view name) const {
        return replace_first(*replacement, name);
    }
};

inline NameRule make_name_rule(std::string_view pattern, const char *pattern_option,
                               std::string_view replacement, const char *replacement_option) {
    const Pattern *compiled = compile_pattern(pattern, pattern_option, false);
    return {compiled, compile_replacement(*compiled, replacement, replacement_option)};
}

}  // namespace outflow::plugin
