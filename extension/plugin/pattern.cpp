#include "pattern.h"

#include "json_text.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace outflow::plugin {

struct Pattern {
    const char *option;
    pcre2_code *code;
    pcre2_match_data *match_data;
    pcre2_match_context *match_context;
};

// Text, then what the group matched.
struct ReplacementPart {
    std::string_view text;
    std::uint32_t group;
    bool has_group;
};

struct Replacement {
    const Pattern *pattern;
    ReplacementPart *parts;
    int count;
};

namespace {

// A pattern that needs more steps than this for a name is a mistake.
constexpr std::uint32_t kMatchLimit = 100'000;
constexpr std::uint32_t kDepthLimit = 1'000;

void *allocate(PCRE2_SIZE size, void *context) {
    return MemoryContextAllocExtended(static_cast<MemoryContext>(context), size, MCXT_ALLOC_NO_OOM);
}
void release(void *memory, void *) {
    if (memory) pfree(memory);
}

[[noreturn]] void refuse_pattern(std::string_view text, const char *option, int error,
                                 PCRE2_SIZE offset) {
    PCRE2_UCHAR message[160];
    pcre2_get_error_message(error, message, sizeof message);
    ereport(ERROR, errcode(ERRCODE_INVALID_REGULAR_EXPRESSION),
            errmsg("invalid pattern \"%.*s\" in option \"%s\"", static_cast<int>(text.size()),
                   text.data(), option),
            errdetail("%s at offset %zu.", reinterpret_cast<char *>(message), offset));
}

[[noreturn]] void refuse_replacement(std::string_view text, const char *option,
                                     const char *problem) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("invalid replacement \"%.*s\" in option \"%s\": %s",
                   static_cast<int>(text.size()), text.data(), option, problem),
            errhint("$1 and ${name} stand for groups of the pattern, \\$ for a dollar sign."));
}

// The number of matched groups and one, or less than one without a match.
int match(const Pattern &pattern, std::string_view subject, std::uint32_t options) {
    const int result =
        pcre2_match(pattern.code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0,
                    options, pattern.match_data, pattern.match_context);
    if (result >= 0 || result == PCRE2_ERROR_NOMATCH) return result;
    ereport(ERROR, errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
            errmsg("a pattern of option \"%s\" is too complex for \"%.*s\"", pattern.option,
                   static_cast<int>(subject.size()), subject.data()),
            errhint("Simplify nested repetitions in the pattern."));
}

std::uint32_t group_count(const Pattern &pattern) {
    std::uint32_t count = 0;
    pcre2_pattern_info(pattern.code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

// Reads a replacement from the left.
struct ReplacementParser {
    const Pattern *pattern;
    std::string_view whole;
    const char *option;
    std::string_view rest;

    [[noreturn]] void refuse(const char *problem) const {
        refuse_replacement(whole, option, problem);
    }

    static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

    // As many digits as still name a group, as Java reads them.
    std::uint32_t take_number() {
        auto group = static_cast<std::uint32_t>(rest[0] - '0');
        rest.remove_prefix(1);
        const std::uint32_t count = group_count(*pattern);
        if (group > count) refuse("the pattern has no such group");
        while (!rest.empty() && is_digit(rest[0])) {
            const std::uint32_t longer = group * 10 + static_cast<std::uint32_t>(rest[0] - '0');
            if (longer > count) break;
            group = longer;
            rest.remove_prefix(1);
        }
        return group;
    }

    std::uint32_t take_name() {
        rest.remove_prefix(1);
        const std::size_t end = rest.find('}');
        if (end == std::string_view::npos) refuse("a group's name has no end");
        char name[64];
        if (end >= sizeof name) refuse("the pattern has no such group");
        std::memcpy(name, rest.data(), end);
        name[end] = '\0';
        rest.remove_prefix(end + 1);
        const int group =
            pcre2_substring_number_from_name(pattern->code, reinterpret_cast<PCRE2_SPTR>(name));
        if (group < 0) refuse("the pattern has no such group");
        return static_cast<std::uint32_t>(group);
    }

    std::uint32_t take_group() {
        rest.remove_prefix(1);
        if (rest.empty()) refuse("a group's number is missing behind $");
        if (rest[0] == '{') return take_name();
        if (!is_digit(rest[0])) refuse("a group's number is missing behind $");
        return take_number();
    }

    char take_literal() {
        if (rest[0] == '\\') {
            rest.remove_prefix(1);
            if (rest.empty()) refuse("the character behind \\ is missing");
        }
        const char literal = rest[0];
        rest.remove_prefix(1);
        return literal;
    }

    ReplacementPart take_part() {
        ReplacementPart part = {};
        part.text = json_text([&](core::ByteSink *sink) {
            while (!rest.empty() && rest[0] != '$') sink->append(take_literal());
        });
        part.has_group = !rest.empty();
        if (part.has_group) part.group = take_group();
        return part;
    }
};

std::string_view group_text(const Pattern &pattern, std::uint32_t group, std::string_view subject) {
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(pattern.match_data);
    const PCRE2_SIZE begin = offsets[2 * group];
    if (begin == PCRE2_UNSET) return {};  // took no part in the match
    return {subject.data() + begin, offsets[2 * group + 1] - begin};
}

}  // namespace

Pattern *compile_pattern(std::string_view text, const char *option, bool ignore_case) {
    auto *pattern = static_cast<Pattern *>(palloc0(sizeof(Pattern)));
    pattern->option = option;
    pcre2_general_context *general =
        pcre2_general_context_create(allocate, release, CurrentMemoryContext);
    if (general == nullptr) ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
    const std::uint32_t options =
        PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | (ignore_case ? PCRE2_CASELESS : 0);
    int error = 0;
    PCRE2_SIZE offset = 0;
    pattern->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options,
                                  &error, &offset, pcre2_compile_context_create(general));
    if (pattern->code == nullptr) refuse_pattern(text, option, error, offset);
    pattern->match_data = pcre2_match_data_create_from_pattern(pattern->code, general);
    pattern->match_context = pcre2_match_context_create(general);
    if (!pattern->match_data || !pattern->match_context)
        ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
    pcre2_set_match_limit(pattern->match_context, kMatchLimit);
    pcre2_set_depth_limit(pattern->match_context, kDepthLimit);
    return pattern;
}

bool matches(const Pattern &pattern, std::string_view subject) {
    return match(pattern, subject, PCRE2_ANCHORED | PCRE2_ENDANCHORED) >= 0;
}

Replacement *compile_replacement(const Pattern &pattern, std::string_view text,
                                 const char *option) {
    auto *replacement = static_cast<Replacement *>(palloc0(sizeof(Replacement)));
    replacement->pattern = &pattern;
    replacement->parts =
        static_cast<ReplacementPart *>(palloc0(sizeof(ReplacementPart) * (text.size() + 1)));
    ReplacementParser parser = {&pattern, text, option, text};
    while (!parser.rest.empty()) replacement->parts[replacement->count++] = parser.take_part();
    return replacement;
}

std::string_view replace_first(const Replacement &replacement, std::string_view subject) {
    const Pattern &pattern = *replacement.pattern;
    if (match(pattern, subject, 0) < 0) return subject;
    const std::string_view found = group_text(pattern, 0, subject);
    const auto before = static_cast<std::size_t>(found.data() - subject.data());
    return json_text([&](core::ByteSink *sink) {
        sink->append({subject.data(), before});
        for (int at = 0; at < replacement.count; ++at) {
            const ReplacementPart &part = replacement.parts[at];
            sink->append(part.text);
            if (part.has_group) sink->append(group_text(pattern, part.group, subject));
        }
        sink->append({found.data() + found.size(), subject.size() - before - found.size()});
    });
}

}  // namespace outflow::plugin
