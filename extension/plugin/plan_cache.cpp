// PlanCache: plans by relation, and the invalidation callbacks that drop them.
//
// A callback may fire in the middle of a row (any catalogue access can deliver it), so it only
// marks plans as stale; the next lookup, when no plan is in use, frees and rebuilds them.
#include "relation_plan.h"

namespace outflow::plugin {
namespace {

struct Entry {
    Oid relation;  // hash key
    RelationPlan *plan;
    bool stale;
};

// Invalidation callbacks cannot be unregistered and have no argument that could be freed: they are
// registered once for the process and work on the cache of the running session, if there is one.
PlanCache *running_cache = nullptr;
bool registered = false;

template <typename Concerns>
void mark_stale_where(Concerns concerns) {
    if (running_cache == nullptr) return;
    running_cache->last_plan = nullptr;
    HASH_SEQ_STATUS scan;
    hash_seq_init(&scan, running_cache->table);
    while (auto *entry = static_cast<Entry *>(hash_seq_search(&scan))) {
        if (concerns(*entry)) entry->stale = true;
    }
}

void on_relation_changed(Datum, Oid relation) {
    if (!OidIsValid(relation)) {
        mark_stale_where([](const Entry &) { return true; });
        return;
    }
    if (running_cache == nullptr) return;
    auto *entry =
        static_cast<Entry *>(hash_search(running_cache->table, &relation, HASH_FIND, nullptr));
    if (entry == nullptr) return;
    entry->stale = true;
    if (running_cache->last_relation == relation) running_cache->last_plan = nullptr;
}

// Every CREATE TABLE writes pg_type; built-in types never change. So only plans that use other
// types are concerned, and a temporary table elsewhere costs nothing here.
void on_type_changed(Datum, int, uint32) {
    mark_stale_where([](const Entry &entry) { return entry.plan && entry.plan->has_user_types; });
}
void on_scope_changed(Datum, int, uint32) {
    mark_stale_where([](const Entry &) { return true; });
}

void register_callbacks() {
    if (registered) return;
    CacheRegisterRelcacheCallback(on_relation_changed, 0);
    CacheRegisterSyscacheCallback(TYPEOID, on_type_changed, 0);
    CacheRegisterSyscacheCallback(ENUMOID, on_type_changed, 0);
    CacheRegisterSyscacheCallback(NAMESPACEOID, on_scope_changed, 0);
    CacheRegisterSyscacheCallback(PUBLICATIONOID, on_scope_changed, 0);
    CacheRegisterSyscacheCallback(PUBLICATIONRELMAP, on_scope_changed, 0);
    CacheRegisterSyscacheCallback(PUBLICATIONNAMESPACEMAP, on_scope_changed, 0);
    registered = true;
}

}  // namespace

void PlanCache::init(MemoryContext parent) {
    context = AllocSetContextCreate(parent, "outflow relation plans", ALLOCSET_DEFAULT_SIZES);
    HASHCTL control = {};
    control.keysize = sizeof(Oid);
    control.entrysize = sizeof(Entry);
    control.hcxt = context;
    table =
        hash_create("outflow relation plans", 64, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
    register_callbacks();
    running_cache = this;
}

void PlanCache::shutdown() {
    if (running_cache == this) running_cache = nullptr;
}

RelationPlan *PlanCache::find(Relation relation, const Options &options, const Filter &filter) {
    Oid id = RelationGetRelid(relation);
    if (last_plan != nullptr && last_relation == id) [[likely]]
        return last_plan;
    bool found = false;
    auto *entry = static_cast<Entry *>(hash_search(table, &id, HASH_ENTER, &found));
    if (!found) {
        entry->plan = nullptr;
        entry->stale = true;
    }
    if (entry->stale || entry->plan->attribute_count != RelationGetDescr(relation)->natts) {
        RelationPlan *old_plan = entry->plan;
        entry->plan = nullptr;
        if (old_plan) MemoryContextDelete(old_plan->context);
        // An invalidation while the plan is made marks the entry again.
        entry->stale = false;
        RelationPlan *made = make_relation_plan(relation, options, filter, context, false);
        entry->plan = made;
    }
    // The next invalidation clears last_plan, so a stale plan is never found above.
    last_relation = id;
    last_plan = entry->stale ? nullptr : entry->plan;
    return entry->plan;
}

}  // namespace outflow::plugin
