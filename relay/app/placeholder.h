// Placeholders as Connect's configuration providers write them: ${env:NAME}, ${file:PATH:KEY} (a
// .properties file) and ${dir:PATH:NAME} (a file's whole content).
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace outflow::relay {

using Environment = std::map<std::string, std::string, std::less<>>;

// Replaces the placeholders of `value`; "${" without a provider and a colon stays as it is. False,
// with a reason that shows no value, when one cannot be resolved.
bool resolve_placeholders(std::string_view value, const Environment &environment,
                          std::string *resolved, std::string *reason);

bool read_file(const std::string &path, std::string *text, std::string *reason);

}  // namespace outflow::relay
