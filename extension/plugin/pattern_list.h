// A list of Java-like regular expressions as Debezium's properties have it: separated by commas
// (`\,` is one inside a pattern), trimmed, each matched with the whole subject, in any case.
// Compiled once a session; PCRE2's memory comes from the context that was current then.
#pragma once

#include <string_view>

#include "pg/pg.h"

namespace outflow::plugin {

struct PatternList;

// Nullptr for an empty list. Raises an error naming the option for an invalid pattern.
PatternList *compile_patterns(std::string_view list, const char *option);

// Whether any of the patterns matches. Raises an error when one needs too many steps.
bool matches(const PatternList &list, std::string_view subject);

}  // namespace outflow::plugin
