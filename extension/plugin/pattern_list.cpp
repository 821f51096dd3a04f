#include "pattern_list.h"

#include "pattern.h"

namespace outflow::plugin {

struct PatternList {
    int count;
    Pattern **patterns;
};

namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

// Splits the next item off a list: commas separate, `\,` is a comma inside an item. `item` has
// room for the whole list.
std::size_t take_item(std::string_view *list, char *item) {
    std::size_t size = 0;
    std::size_t at = 0;
    for (; at < list->size() && (*list)[at] != ','; ++at) {
        if ((*list)[at] == '\\' && at + 1 < list->size() && (*list)[at + 1] == ',') ++at;
        item[size++] = (*list)[at];
    }
    list->remove_prefix(at < list->size() ? at + 1 : at);
    return size;
}

}  // namespace

PatternList *compile_patterns(std::string_view list, const char *option) {
    if (trim(list).empty()) return nullptr;
    auto *compiled = static_cast<PatternList *>(palloc0(sizeof(PatternList)));
    compiled->patterns = static_cast<Pattern **>(palloc0(sizeof(Pattern *) * (list.size() + 1)));
    auto *item = static_cast<char *>(palloc(list.size() + 1));
    while (!list.empty()) {
        const std::string_view pattern = trim({item, take_item(&list, item)});
        if (!pattern.empty())
            compiled->patterns[compiled->count++] = compile_pattern(pattern, option, true);
    }
    return compiled;
}

bool matches(const PatternList &list, std::string_view subject) {
    for (int at = 0; at < list.count; ++at) {
        if (matches(*list.patterns[at], subject)) return true;
    }
    return false;
}

}  // namespace outflow::plugin
