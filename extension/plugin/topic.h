// The topic of a table under the session's naming strategy. Names are UTF-8; what is returned is
// allocated in the current context.
#pragma once

#include <string_view>

#include "options.h"

namespace outflow::plugin {

// Compiles the patterns of a ...Regex... strategy; nullptr under another one. Raises an error
// naming the option that is wrong or missing.
const TopicRewrite *compile_topic_rewrite(const Options &options);

// The name is the stem of the table's schema names as well.
std::string_view topic_of(const Options &options, std::string_view schema, std::string_view table);

// What a key says of its table where several tables may write to one topic; empty where they may
// not.
std::string_view table_identifier(const Options &options, std::string_view schema,
                                  std::string_view table);

// Where its records go: that name behind the session's routers. Empty for an outbox table, each of
// whose records names its own.
std::string_view final_topic(const Options &options, std::string_view schema,
                             std::string_view table);

// Where logical messages go, before and behind the transforms.
std::string_view plain_message_topic(const Options &options);
std::string_view message_topic(const Options &options);

// Where the records of a topic go that is no table's.
std::string_view routed_other_topic(const Options &options, std::string_view topic);

// Where the BEGIN and END records of provide.transaction.metadata go.
std::string_view transaction_topic(const Options &options);

}  // namespace outflow::plugin
