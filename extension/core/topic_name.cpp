#include "topic_name.h"

namespace outflow::core {
namespace {

constexpr bool is_topic_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == '-';
}

void append_sanitised(ByteSink *sink, std::string_view part) {
    for (const char byte : part) {
        const auto unit = static_cast<unsigned char>(byte);
        if (is_topic_byte(byte)) {
            sink->append(byte);
        } else if (unit < 0x80 || unit >= 0xC0) {  // not a UTF-8 continuation byte
            sink->append(unit >= 0xF0 ? std::string_view("__") : std::string_view("_"));
        }
    }
}

void finish(ByteSink *sink, std::size_t begin) {
    if (sink->size - begin > kMaxTopicBytes) sink->size = begin + kMaxTopicBytes;
    const std::string_view topic = sink->view_from(begin);
    if (topic == "." || topic == "..") std::memset(sink->data + begin, '_', topic.size());
}

}  // namespace

void append_topic_name(ByteSink *sink, std::string_view prefix, std::string_view delimiter,
                       std::string_view schema, std::string_view table) {
    const std::size_t begin = sink->size;
    append_sanitised(sink, prefix);
    append_sanitised(sink, delimiter);
    append_sanitised(sink, schema);
    append_sanitised(sink, delimiter);
    append_sanitised(sink, table);
    finish(sink, begin);
}

void append_message_topic(ByteSink *sink, std::string_view prefix) {
    const std::size_t begin = sink->size;
    append_sanitised(sink, prefix);
    sink->append(".message");
    finish(sink, begin);
}

}  // namespace outflow::core
