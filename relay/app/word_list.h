// Words as configurations spell them: lists with commas, and letters of either case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outflow::relay {

// The words between the commas, without blanks around them; empty ones are none.
std::vector<std::string> comma_words(std::string_view list);

// In lower case, ASCII letters only.
std::string lower(std::string_view text);

}  // namespace outflow::relay
