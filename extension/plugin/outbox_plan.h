// What is known about an outbox table before its rows are read: the columns that make an event, the
// text that is the same in all events, and the topics and schema names that came up. Lives with the
// table's plan.
#pragma once

#include <cstdint>
#include <string_view>

#include "outbox_options.h"
#include "relation_plan.h"

namespace outflow::plugin {

// A column whose value is copied under another name.
struct PlacedColumn {
    const ColumnPlan *column = nullptr;
    std::string_view alias;
    std::string_view member;  // in an envelope: `,"alias":`
};

// From the routing column's text to the topic: found again without a regular expression.
struct RoutedTopics {
    static constexpr std::uint32_t kSlots = 64;
    struct Entry {
        std::string_view value;
        std::string_view topic;
    };
    Entry entries[kSlots];
};

struct OutboxPlan {
    MemoryContext context = nullptr;
    const OutboxOptions *options = nullptr;
    const Options *session = nullptr;
    bool told = false;  // that changes of its rows are passed by
    // Why the table's rows cannot be events; raised at the first row that would be one.
    const char *problem = nullptr;

    const ColumnPlan *id = nullptr;
    const ColumnPlan *key = nullptr;
    const ColumnPlan *payload = nullptr;
    const ColumnPlan *route = nullptr;
    const ColumnPlan *timestamp = nullptr;  // or the time of processing
    const ColumnPlan *version = nullptr;
    const ColumnPlan *partition = nullptr;
    std::int64_t timestamp_per_ms = 1;
    PlacedColumn *headers = nullptr;
    int header_count = 0;
    PlacedColumn *members = nullptr;  // behind the payload, inside the struct
    int member_count = 0;

    core::ValueFrame key_frame;
    std::string_view payload_node;   // schema of the payload's column
    std::string_view payload_field;  // the same as a field of the struct
    std::uint64_t payload_fingerprint = 0;
    std::string_view member_fields;  // `,<node>…`
    core::ValueFrame payload_frame;
    RoutedTopics *topics = nullptr;
    const Transform *routed_behind = nullptr;  // whose routers come behind it; nullptr: all
};

// For a plan whose columns are known and whose transform is an outbox; in the current context.
OutboxPlan *make_outbox_plan(const RelationPlan &plan, const Options &options);

constexpr std::size_t kMaxTopicBytes = 249;  // Kafka's

// Where events go whose routing column has this text; may be no name of a topic.
std::string_view find_outbox_topic(const RelationPlan &plan, std::string_view value);
// The same; raises an error where it is empty or too long.
std::string_view outbox_topic(const RelationPlan &plan, std::string_view value);

// The name of the struct around a payload whose schema (or version) has this key.
std::string_view envelope_name(const RelationPlan &plan, std::uint64_t key, std::string_view value);

}  // namespace outflow::plugin
