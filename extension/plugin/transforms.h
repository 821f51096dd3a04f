// The transforms of a session, in order: which shape a table's records get, and which topic they
// go to. Parsed with the options, in their memory; asked when a plan is made, never for a row.
#pragma once

#include <string_view>

#include "core/transform_table.h"
#include "name_rule.h"

namespace outflow::plugin {

struct Options;
struct OptionPair;

// Of each type one, in <type>_options.h.
struct UnwrapOptions;
struct OutboxOptions;
struct LogicalOptions;

struct Transform {
    const core::TransformType *type = nullptr;
    std::string_view word;               // "regex.2": what its options begin with
    const Pattern *predicate = nullptr;  // nullptr: every topic
    bool negate = false;
    // One of these, by type.
    const UnwrapOptions *unwrap = nullptr;
    const OutboxOptions *outbox = nullptr;
    const LogicalOptions *logical = nullptr;
    NameRule regex;
    bool decodes = false;  // makes rows of logical messages, for an outbox transform behind it

    bool applies_to(std::string_view topic) const;
    // Whether it makes another shape of an envelope. The first that applies does; the others find
    // none.
    bool is_shape() const { return unwrap != nullptr || outbox != nullptr; }
};

struct Transforms {
    Transform *list = nullptr;
    int count = 0;

    bool own_option(std::string_view name) const;
    const Transform *begin() const { return list; }
    const Transform *end() const { return list + count; }
};

// What was given for one transform, for the readers of its options. Names are those of its rows.
struct TransformProperties {
    const core::TransformType *type = nullptr;
    std::string_view word;
    const OptionPair *pairs = nullptr;  // of the session
    int pair_count = 0;

    // The value, or the row's default.
    std::string_view text(std::string_view name) const;
    bool boolean(std::string_view name) const;
    // "regex.2.replacement"; lives as long as the options.
    const char *option(std::string_view name) const;
};

// `outflow.transforms` and the options of its words, out of all pairs. Raises an error for a word,
// a property or a value that is wrong.
Transforms parse_transforms(const OptionPair *pairs, int count);

// Whether the records of a table that would go to `topic` name their topics themselves.
bool names_topics(const Transforms &transforms, std::string_view topic);

// Whether it is a router whose pattern matches, for one that applies.
bool routes(const Transform &transform, std::string_view topic);

// What one router that applies makes of a topic; the topic itself when it is none, or its pattern
// does not match. In the current context, as all topics here.
std::string_view routed_by(const Transform &transform, std::string_view topic);

// Where records go that would go to `topic`, by all transforms behind `shaped_by` (nullptr: by
// all). A shape whose rows name their topics asks for each.
std::string_view routed_topic(const Transforms &transforms, std::string_view topic,
                              const Transform *shaped_by = nullptr);

}  // namespace outflow::plugin
