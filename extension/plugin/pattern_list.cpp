#include "pattern_list.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace outflow::plugin {

struct PatternList {
    const char *option;
    int count;
    pcre2_code **patterns;
    pcre2_match_data *match_data;
    pcre2_match_context *match_context;
};

namespace {

// A pattern that needs more steps than this for a table's name is a mistake, not a filter.
constexpr std::uint32_t kMatchLimit = 100'000;
constexpr std::uint32_t kDepthLimit = 1'000;

void *allocate(PCRE2_SIZE size, void *context) {
    return MemoryContextAllocExtended(static_cast<MemoryContext>(context), size, MCXT_ALLOC_NO_OOM);
}
void release(void *memory, void *) {
    if (memory) pfree(memory);
}

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

pcre2_code *compile_pattern(std::string_view pattern, const char *option,
                            pcre2_compile_context *compile_context) {
    int error = 0;
    PCRE2_SIZE offset = 0;
    constexpr std::uint32_t kOptions =
        PCRE2_CASELESS | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    pcre2_code *code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                     kOptions, &error, &offset, compile_context);
    if (code) return code;
    PCRE2_UCHAR message[160];
    pcre2_get_error_message(error, message, sizeof message);
    ereport(ERROR, errcode(ERRCODE_INVALID_REGULAR_EXPRESSION),
            errmsg("invalid pattern \"%.*s\" in option \"%s\"", static_cast<int>(pattern.size()),
                   pattern.data(), option),
            errdetail("%s at offset %zu.", reinterpret_cast<char *>(message), offset));
}

}  // namespace

PatternList *compile_patterns(std::string_view list, const char *option) {
    if (trim(list).empty()) return nullptr;
    auto *compiled = static_cast<PatternList *>(palloc0(sizeof(PatternList)));
    compiled->option = option;
    compiled->patterns =
        static_cast<pcre2_code **>(palloc0(sizeof(pcre2_code *) * (list.size() + 1)));
    pcre2_general_context *general =
        pcre2_general_context_create(allocate, release, CurrentMemoryContext);
    pcre2_compile_context *compile_context = pcre2_compile_context_create(general);
    auto *item = static_cast<char *>(palloc(list.size() + 1));
    while (!list.empty()) {
        const std::string_view pattern = trim({item, take_item(&list, item)});
        if (!pattern.empty())
            compiled->patterns[compiled->count++] =
                compile_pattern(pattern, option, compile_context);
    }
    compiled->match_data = pcre2_match_data_create(1, general);
    compiled->match_context = pcre2_match_context_create(general);
    if (!compiled->match_data || !compiled->match_context)
        ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
    pcre2_set_match_limit(compiled->match_context, kMatchLimit);
    pcre2_set_depth_limit(compiled->match_context, kDepthLimit);
    return compiled;
}

bool matches(const PatternList &list, std::string_view subject) {
    for (int at = 0; at < list.count; ++at) {
        const int result =
            pcre2_match(list.patterns[at], reinterpret_cast<PCRE2_SPTR>(subject.data()),
                        subject.size(), 0, 0, list.match_data, list.match_context);
        if (result >= 0) return true;
        if (result != PCRE2_ERROR_NOMATCH)
            ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                    errmsg("a pattern of option \"%s\" is too complex for \"%.*s\"", list.option,
                           static_cast<int>(subject.size()), subject.data()),
                    errhint("Simplify nested repetitions in the pattern."));
    }
    return false;
}

}  // namespace outflow::plugin
