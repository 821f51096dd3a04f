#include "quoted_name.h"

namespace outflow::core {

bool is_quoted_name(std::string_view name) {
    if (name.size() < 2 || name.front() != name.back()) return false;
    return name.front() == '"' || name.front() == '\'' || name.front() == '`';
}

void append_unquoted_name(ByteSink *sink, std::string_view quoted) {
    const char quote = quoted.front();
    quoted.remove_prefix(1);
    quoted.remove_suffix(1);
    while (!quoted.empty()) {
        const bool doubled = quoted.size() > 1 && quoted[0] == quote && quoted[1] == quote;
        sink->append(quoted[0]);
        quoted.remove_prefix(doubled ? 2 : 1);
    }
}

}  // namespace outflow::core
