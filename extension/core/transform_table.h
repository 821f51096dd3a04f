// The transforms that a configuration can name (`transforms=a,b`, `transforms.a.type=…`), each with
// its properties. A property's row is that of option_table.h, its name without `transforms.a.`.
//
// The relay passes them on without the user's aliases, because names of options are cut at 63
// bytes: `outflow.transforms` is the list of words in order (`unwrap,regex,regex.2`), and a
// property is `<word>.<name>` (`regex.2.replacement`). The second transform of a type has `.2`
// behind its word. `<word>.predicate` is a pattern for the topic, no alias.
#pragma once

#include <span>
#include <string_view>

#include "option_table.h"

namespace outflow::core {

struct TransformType {
    std::string_view word;
    std::string_view java_class;
    std::span<const OptionSpec> properties;
    std::string_view required;  // properties without which it cannot be, separated by `|`
    OptionStatus status = OptionStatus::kSupported;  // kRefused: not in this release
};

std::span<const TransformType> transform_types();

// nullptr when Outflow does not have it.
const TransformType *find_transform_class(std::string_view java_class);
// By a word of `outflow.transforms`, with or without a number.
const TransformType *find_transform_word(std::string_view word);

// The row of a property, those that all transforms have included; nullptr when unknown.
const OptionSpec *find_transform_property(const TransformType &type, std::string_view name);
// The known name with the smallest edit distance, or empty when nothing is near.
std::string_view nearest_transform_property(const TransformType &type, std::string_view name);

// What every transform has: predicate and negate.
std::span<const OptionSpec> common_transform_properties();

}  // namespace outflow::core
