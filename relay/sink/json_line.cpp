#include "sink/json_line.h"

#include "core/json_writer.h"

namespace outflow::relay {
namespace {

void append_headers(core::ByteSink *line, std::string_view own, const ContextHeaders &context) {
    bool first = true;
    const auto append = [&](const core::EventHeader &header) {
        if (!first) core::write_json_comma(line);
        first = false;
        core::write_json_name(line, header.name);
        if (header.is_null)
            core::write_json_null(line);
        else
            core::write_json_string(line, header.value);
    };
    core::begin_json_object(line);
    for_each_header(own, context, append);
    core::end_json_object(line);
}

void append_json_or_null(core::ByteSink *line, bool present, std::string_view json) {
    if (present) {
        line->append(json);
    } else {
        core::write_json_null(line);
    }
}

}  // namespace

void append_json_line(core::ByteSink *line, std::string_view topic, const core::EventRecord &record,
                      const ContextHeaders &context) {
    core::begin_json_object(line);
    core::write_json_name(line, "topic");
    core::write_json_string(line, topic);
    core::write_json_comma(line);
    core::write_json_name(line, "key");
    append_json_or_null(line, record.has_key(), record.key);
    core::write_json_comma(line);
    core::write_json_name(line, "headers");
    append_headers(line, record.headers, context);
    core::write_json_comma(line);
    core::write_json_name(line, "value");
    append_json_or_null(line, record.has_value(), record.value);
    core::end_json_object(line);
    line->append('\n');
}

}  // namespace outflow::relay
