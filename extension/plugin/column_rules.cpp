#include "column_rules.h"

#include "core/byte_sink.h"
#include "core/text_split.h"
#include "json_text.h"

namespace outflow::plugin {
namespace {

ColumnRule compile_rule(const ColumnRuleOption &option) {
    ColumnRule rule;
    core::parse_column_rule(option.property, &rule.what);  // checked when the option was read
    rule.columns = compile_patterns(option.columns, option.property);
    return rule;
}

// Rules of one kind keep their order.
void insert_rule(ColumnRule *rules, int count, const ColumnRule &rule) {
    int at = count;
    for (; at > 0 && rules[at - 1].what.kind > rule.what.kind; --at) rules[at] = rules[at - 1];
    rules[at] = rule;
}

[[noreturn]] void refuse_key(std::string_view entry) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("invalid value \"%.*s\" in option \"message.key.columns\"",
                   static_cast<int>(entry.size()), entry.data()),
            errhint("Expected schema.table:column,column; several are separated by semicolons."));
}

const PatternList *compile_key_column(std::string_view table, std::string_view column,
                                      std::string_view entry) {
    while (column.starts_with(' ')) column.remove_prefix(1);
    const std::string_view pattern = json_text([&](core::ByteSink *sink) {
        sink->append(table);
        sink->append('.');
        sink->append(column);
    });
    const PatternList *compiled =
        column.empty() ? nullptr : compile_patterns(pattern, "message.key.columns");
    if (compiled == nullptr) refuse_key(entry);
    return compiled;
}

}  // namespace

void ColumnRules::compile(const Options &options) {
    const int given = list_length(options.column_rules);
    rules = static_cast<ColumnRule *>(palloc0(sizeof(ColumnRule) * (given + 1)));
    for (int at = 0; at < given; ++at) {
        const auto *option = static_cast<ColumnRuleOption *>(list_nth(options.column_rules, at));
        const ColumnRule rule = compile_rule(*option);
        if (rule.columns != nullptr) insert_rule(rules, count++, rule);
    }
    std::string_view entries = options.message_key_columns;
    key_columns = static_cast<const PatternList **>(
        palloc0(sizeof(PatternList *) * (options.message_key_columns.size() + 1)));
    while (!entries.empty()) {
        const std::string_view entry = core::take_part(&entries, ';');
        std::string_view columns = entry;
        const std::string_view table = core::take_part(&columns, ':');
        if (table.empty() || columns.empty() || columns.find(':') != std::string_view::npos)
            refuse_key(entry);
        while (!columns.empty())
            key_columns[key_count++] =
                compile_key_column(table, core::take_part(&columns, ','), entry);
    }
}

const ColumnRule *ColumnRules::find(std::string_view column_id,
                                    std::string_view datatype_id) const {
    for (int at = 0; at < count; ++at) {
        const ColumnRule &rule = rules[at];
        const bool by_type = rule.what.kind == core::ColumnRuleKind::kSourceTypeOfDatatype;
        if (matches(*rule.columns, by_type ? datatype_id : column_id)) return &rule;
    }
    return nullptr;
}

}  // namespace outflow::plugin
