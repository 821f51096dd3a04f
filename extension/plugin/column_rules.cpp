#include "column_rules.h"

#include "core/byte_sink.h"
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

const PatternList *compile_key_column(std::string_view table, std::string_view column) {
    const std::string_view pattern = json_text([&](core::ByteSink *sink) {
        sink->append(table);
        sink->append('.');
        sink->append(column);
    });
    return compile_patterns(pattern, "message.key.columns");
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
    std::string_view table;
    std::string_view columns;
    std::string_view column;
    while (core::take_key_entry(&entries, &table, &columns)) {
        while (core::take_key_column(&columns, &column))
            key_columns[key_count++] = compile_key_column(table, column);
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
