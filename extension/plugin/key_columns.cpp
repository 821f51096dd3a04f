#include "key_columns.h"

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

}  // namespace

KeyColumns find_key_columns(Relation relation) {
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

}  // namespace outflow::plugin
