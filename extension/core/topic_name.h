// The name of a table's topic, as Debezium's topic naming strategies make it. It is also the stem
// of the schema names in `schemas.enable=true` values.
#pragma once

#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

constexpr std::size_t kMaxTopicBytes = 249;

// What a naming strategy decides, regular expressions aside.
struct TopicNaming {
    std::string_view prefix;
    std::string_view delimiter = ".";
    bool with_schema = true;  // Schema…TopicNamingStrategy; Default… leaves the schema out
    bool unicode = false;     // …UnicodeTopicNamingStrategy
};

// Appends `<prefix><delimiter><schema><delimiter><table>` as it is; a part of nothing but blanks is
// left out, with its delimiter.
void append_origin_topic(ByteSink *sink, const TopicNaming &naming, std::string_view schema,
                         std::string_view table);

// The same in characters that Kafka allows: each UTF-16 unit outside `A-Z a-z 0-9 . _ -` becomes
// `_` (a character above U+FFFF gives two); with `unicode` `_` is outside too, and a unit becomes
// `_uXXXX`. The result is cut to 249.
void append_topic_name(ByteSink *sink, const TopicNaming &naming, std::string_view schema,
                       std::string_view table);

// Appends `<prefix>.message`, where logical messages go: with a dot, whatever the delimiter is.
void append_message_topic(ByteSink *sink, std::string_view prefix);

// Appends `<prefix><delimiter><suffix>`, where transaction metadata goes: as configured, not made
// valid.
void append_transaction_topic(ByteSink *sink, std::string_view prefix, std::string_view delimiter,
                              std::string_view suffix);

}  // namespace outflow::core
