// The reference of all properties as Markdown, made from the option table: `outflow options`,
// committed as relay/OPTIONS.md.
#pragma once

#include <string>

namespace outflow::relay {

std::string option_reference();

}  // namespace outflow::relay
