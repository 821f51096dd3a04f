#include "topic.h"

#include "core/topic_name.h"
#include "json_text.h"

namespace outflow::plugin {

std::string_view topic_of(const Options &options, std::string_view schema, std::string_view table) {
    return json_text([&](core::ByteSink *sink) {
        core::append_topic_name(sink, options.topic_prefix, options.topic_delimiter, schema, table);
    });
}

std::string_view message_topic(const Options &options) {
    return json_text(
        [&](core::ByteSink *sink) { core::append_message_topic(sink, options.topic_prefix); });
}

}  // namespace outflow::plugin
