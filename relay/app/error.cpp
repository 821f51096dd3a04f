#include "app/error.h"

#include <utility>

#include "app/log.h"

namespace outflow::relay {
namespace {

void append_indented(std::string *text, std::string_view lines) {
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        text->append("\n    ").append(lines.substr(0, end));
        if (end == std::string_view::npos) return;
        lines.remove_prefix(end + 1);
    }
}

}  // namespace

StartupError::StartupError(Failure failure)
    : std::runtime_error(relay::describe(failure)), failure_(std::move(failure)) {}

std::string describe(const Failure &failure) {
    std::string text(failure.spec->code);
    text.append(" ").append(failure.message.empty() ? failure.spec->title : failure.message);
    append_indented(&text, failure.detail);
    append_indented(&text, failure.next);
    return text;
}

void report(const Failure &failure) {
    LogFields fields;
    fields.code = failure.spec->code;
    fields.detail = failure.detail;
    fields.next = failure.next;
    write_log(LogLevel::kError, "outflow", fields,
              failure.message.empty() ? failure.spec->title : failure.message);
}

}  // namespace outflow::relay
