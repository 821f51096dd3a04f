#include "filter.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace outflow::plugin {

// One include or exclude list, compiled.
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

PatternList *compile_list(std::string_view list, const char *option, MemoryContext context) {
    if (trim(list).empty()) return nullptr;
    auto *compiled =
        static_cast<PatternList *>(MemoryContextAllocZero(context, sizeof(PatternList)));
    const auto commas = static_cast<std::size_t>(list.size());
    compiled->option = option;
    compiled->patterns = static_cast<pcre2_code **>(
        MemoryContextAllocZero(context, sizeof(pcre2_code *) * (commas + 1)));
    pcre2_general_context *general = pcre2_general_context_create(allocate, release, context);
    pcre2_compile_context *compile_context = pcre2_compile_context_create(general);
    auto *item = static_cast<char *>(MemoryContextAlloc(context, list.size() + 1));
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

bool matches(const PatternList *list, std::string_view subject) {
    for (int at = 0; at < list->count; ++at) {
        const int result =
            pcre2_match(list->patterns[at], reinterpret_cast<PCRE2_SPTR>(subject.data()),
                        subject.size(), 0, 0, list->match_data, list->match_context);
        if (result >= 0) return true;
        if (result != PCRE2_ERROR_NOMATCH)
            ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                    errmsg("a pattern of option \"%s\" is too complex for \"%.*s\"", list->option,
                           static_cast<int>(subject.size()), subject.data()),
                    errhint("Simplify nested repetitions in the pattern."));
    }
    return false;
}

bool passes(const PatternList *include, const PatternList *exclude, std::string_view subject) {
    if (include) return matches(include, subject);
    return !exclude || !matches(exclude, subject);
}

bool is_system_schema(std::string_view schema) {
    return schema == "pg_catalog" || schema == "information_schema" || schema == "pg_toast" ||
           schema.starts_with("pg_temp");
}

}  // namespace

void Filter::compile(const Options &options, MemoryContext context) {
    schema_include = compile_list(options.schema_include, "schema.include.list", context);
    schema_exclude = compile_list(options.schema_exclude, "schema.exclude.list", context);
    table_include = compile_list(options.table_include, "table.include.list", context);
    table_exclude = compile_list(options.table_exclude, "table.exclude.list", context);
    message_include =
        compile_list(options.message_prefix_include, "message.prefix.include.list", context);
    message_exclude =
        compile_list(options.message_prefix_exclude, "message.prefix.exclude.list", context);
}

bool Filter::captures_table(std::string_view schema, std::string_view table) const {
    // `spatial_ref_sys` is PostGIS's own: Debezium's table.ignore.builtin.
    if (is_system_schema(schema) || table == "spatial_ref_sys") return false;
    if (!passes(schema_include, schema_exclude, schema)) return false;
    char id[2 * NAMEDATALEN + 1];
    const int size = snprintf(id, sizeof id, "%.*s.%.*s", static_cast<int>(schema.size()),
                              schema.data(), static_cast<int>(table.size()), table.data());
    return passes(table_include, table_exclude, {id, static_cast<std::size_t>(size)});
}

bool Filter::captures_message(std::string_view prefix) const {
    return passes(message_include, message_exclude, prefix);
}

}  // namespace outflow::plugin
