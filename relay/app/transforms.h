// Transforms of a configuration → the options that the plugin takes for them. Aliases and Java
// class names become words (core/transform_table.h); predicates become patterns.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/error.h"

namespace outflow::relay {

// A property and where it came from.
struct TransformSetting {
    std::string text;
    std::string origin;
};
using TransformSettings = std::map<std::string, TransformSetting, std::less<>>;

struct TransformsResult {
    std::vector<std::pair<std::string, std::string>> options;  // for the plugin
    std::vector<Failure> failures;
    std::vector<std::string> no_effect;  // properties, as given
    std::vector<std::string> old_names;  // what is said of properties that have new names
    bool routes = false;                 // several tables may share a topic on purpose
};

// `settings`: `transforms`, `predicates`, and all that begins with either and a dot.
TransformsResult read_transforms(const TransformSettings &settings);

}  // namespace outflow::relay
