#include "topic_name.h"

#include <algorithm>

#include "name_adjustment.h"
#include "utf16_units.h"

namespace outflow::core {
namespace {

bool is_blank(std::string_view part) {
    return std::all_of(part.begin(), part.end(),
                       [](char byte) { return static_cast<unsigned char>(byte) <= ' '; });
}

constexpr bool is_topic_unit(char16_t unit, bool unicode) {
    return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') ||
           (unit >= '0' && unit <= '9') || unit == '.' || unit == '-' || (unit == '_' && !unicode);
}

void append_replacement(ByteSink *sink, char16_t unit, bool unicode) {
    if (unicode)
        append_unicode_escape(sink, unit);
    else
        sink->append('_');
}

void append_sanitised(ByteSink *sink, std::string_view part, bool unicode) {
    while (!part.empty()) {
        for_each_unit(take_character(&part), [&](char16_t unit) {
            if (is_topic_unit(unit, unicode))
                sink->append(static_cast<char>(unit));
            else
                append_replacement(sink, unit, unicode);
        });
    }
}

void finish(ByteSink *sink, std::size_t begin, bool unicode) {
    if (sink->size - begin > kMaxTopicBytes) sink->size = begin + kMaxTopicBytes;
    const std::string_view topic = sink->view_from(begin);
    if (topic != "." && topic != "..") return;
    const std::size_t dots = topic.size();
    sink->size = begin;
    for (std::size_t dot = 0; dot < dots; ++dot) append_replacement(sink, '.', unicode);
}

template <typename Append>
void join_parts(const TopicNaming &naming, std::string_view schema, std::string_view table,
                Append append) {
    bool first = true;
    for (const std::string_view part :
         {naming.prefix, naming.with_schema ? schema : std::string_view(), table}) {
        if (is_blank(part)) continue;
        if (!first) append(naming.delimiter);
        append(part);
        first = false;
    }
}

}  // namespace

void append_origin_topic(ByteSink *sink, const TopicNaming &naming, std::string_view schema,
                         std::string_view table) {
    join_parts(naming, schema, table, [&](std::string_view part) { sink->append(part); });
}

void append_topic_name(ByteSink *sink, const TopicNaming &naming, std::string_view schema,
                       std::string_view table) {
    const std::size_t begin = sink->size;
    join_parts(naming, schema, table,
               [&](std::string_view part) { append_sanitised(sink, part, naming.unicode); });
    finish(sink, begin, naming.unicode);
}

void append_message_topic(ByteSink *sink, std::string_view prefix) {
    sink->append(prefix);
    sink->append(".message");
}

void append_transaction_topic(ByteSink *sink, std::string_view prefix, std::string_view delimiter,
                              std::string_view suffix) {
    sink->append(prefix);
    sink->append(delimiter);
    sink->append(suffix);
}

}  // namespace outflow::core
