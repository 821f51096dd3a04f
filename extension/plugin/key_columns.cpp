#include "key_columns.h"

#include "core/byte_sink.h"
#include "plan_source.h"
#include "relation_plan.h"

namespace outflow::plugin {
namespace {

// One unique index as a candidate.
struct Candidate {
    bool usable = false;
    bool primary = false;
    char name[NAMEDATALEN] = {};
    KeyColumns columns;
};

Candidate read_index(Oid index) {
    Candidate candidate;
    HeapTuple tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index));
    if (!HeapTupleIsValid(tuple)) return candidate;
    const auto *form = reinterpret_cast<Form_pg_index>(GETSTRUCT(tuple));
    candidate.primary = form->indisprimary;
    candidate.usable = form->indisunique && form->indislive;
    candidate.columns.count = form->indnkeyatts;
    candidate.columns.attributes =
        static_cast<AttrNumber *>(palloc(sizeof(AttrNumber) * INDEX_MAX_KEYS));
    for (int at = 0; at < form->indnkeyatts; ++at) {
        candidate.columns.attributes[at] = form->indkey.values[at];
        if (form->indkey.values[at] == 0) candidate.usable = false;  // an expression
    }
    ReleaseSysCache(tuple);
    const char *name = get_rel_name(index);
    if (name == nullptr)
        candidate.usable = false;
    else
        strlcpy(candidate.name, name, sizeof candidate.name);
    return candidate;
}

KeyColumns find_index_columns(Relation relation) {
    Candidate best;
    List *indexes = RelationGetIndexList(relation);
    for (int at = 0; at < list_length(indexes); ++at) {
        const Candidate candidate = read_index(list_nth_oid(indexes, at));
        if (!candidate.usable) continue;
        if (candidate.primary) return candidate.columns;
        if (!best.usable || strcmp(candidate.name, best.name) < 0) best = candidate;
    }
    return best.columns;
}

bool has_column(const KeyColumns &key, AttrNumber attribute) {
    for (int at = 0; at < key.count; ++at) {
        if (key.attributes[at] == attribute) return true;
    }
    return false;
}

// A pattern may name several columns; they come in the table's order. (The reference stops when
// two patterns name the same one.)
KeyColumns find_configured_columns(const PlanSource &source, const RelationPlan &plan,
                                   const ColumnRules &rules) {
    const TupleDesc descriptor = RelationGetDescr(source.target);
    KeyColumns key;
    if (rules.key_count == 0) return key;
    key.attributes =
        static_cast<AttrNumber *>(palloc(sizeof(AttrNumber) * (descriptor->natts + 1)));
    for (int rule = 0; rule < rules.key_count; ++rule) {
        for (int index = 0; index < descriptor->natts; ++index) {
            const auto *attribute = TupleDescAttr(descriptor, index);
            if (!publishes_column(source.scope, attribute)) continue;
            if (has_column(key, attribute->attnum)) continue;
            if (matches(*rules.key_columns[rule], column_id(plan, attribute)))
                key.attributes[key.count++] = attribute->attnum;
        }
    }
    return key;
}

}  // namespace

KeyColumns find_key_columns(const PlanSource &source, const RelationPlan &plan,
                            const ColumnRules &rules) {
    const KeyColumns configured = find_configured_columns(source, plan, rules);
    return configured.count > 0 ? configured : find_index_columns(source.target);
}

}  // namespace outflow::plugin
