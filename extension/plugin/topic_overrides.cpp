#include "topic_overrides.h"

#include "core/outbox_message.h"
#include "core/text_split.h"
#include "pg/pg.h"

namespace outflow::plugin {
namespace {

constexpr std::size_t kMaxTopicBytes = 249;  // Kafka's

struct Override {
    std::string_view table;  // schema.table
    std::string_view topic;
};

Override read_override(std::string_view entry) {
    Override read;
    read.table = core::trimmed(core::take_part(&entry, ':'));
    read.topic = core::trimmed(entry);
    return read;
}

bool names(const Override &entry, std::string_view schema, std::string_view table) {
    std::string_view name = entry.table;
    if (!name.starts_with(schema)) return false;
    name.remove_prefix(schema.size());
    if (!name.starts_with('.')) return false;
    name.remove_prefix(1);
    return name == table;
}

void check_override(std::string_view text) {
    const Override entry = read_override(text);
    if (entry.table.find('.') != std::string_view::npos && !entry.topic.empty() &&
        entry.topic.size() <= kMaxTopicBytes && core::is_topic_text(entry.topic))
        return;
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("invalid entry \"%.*s\" in option \"outflow.topic.overrides\"",
                   static_cast<int>(text.size()), text.data()),
            errhint("Expected schema.table:topic, separated by commas; a topic has letters, "
                    "digits, dots, underscores and dashes, at most 249."));
}

}  // namespace

void check_topic_overrides(std::string_view list) {
    while (!list.empty()) check_override(core::take_part(&list, ','));
}

std::string_view overriding_topic(std::string_view list, std::string_view schema,
                                  std::string_view table) {
    while (!list.empty()) {
        const Override entry = read_override(core::take_part(&list, ','));
        if (names(entry, schema, table)) return entry.topic;
    }
    return {};
}

}  // namespace outflow::plugin
