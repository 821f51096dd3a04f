// Java's regular expressions, by PCRE2, within limits: a pattern that needs too many steps for a
// name raises an error instead of holding up the stream. Compiled once a session; all memory is in
// the context that was current at compiling. The two dialects agree on all that names need.
#pragma once

#include <string_view>

#include "pg/pg.h"

namespace outflow::plugin {

struct Pattern;

// Raises an error naming the option for an invalid pattern.
Pattern *compile_pattern(std::string_view text, const char *option, bool ignore_case);

// java.util.regex.Matcher.matches: the whole subject.
bool matches(const Pattern &pattern, std::string_view subject);

// A pattern and what replaces its match, in Java's syntax: `$1`, `${name}`, `\` before a character
// that stands for itself.
struct Replacement;

// Raises an error naming the option for a group that the pattern does not have.
Replacement *compile_replacement(const Pattern &pattern, std::string_view text, const char *option);

// The subject with the first match replaced (Matcher.replaceFirst); itself without a match.
// Allocated in the current context.
std::string_view replace_first(const Replacement &replacement, std::string_view subject);

}  // namespace outflow::plugin
