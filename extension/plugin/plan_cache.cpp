// PlanCache: plans by relation, and the invalidation callbacks that drop them.
//
// A callback may fire in the middle of a row (any catalogue access can deliver it), so it only
// marks plans as stale; the next lookup, when no plan is in use, frees and rebuilds them.
#include "names.h"
#include "relation_plan.h"

namespace outflow::plugin {
namespace {

struct Entry {
    Oid relation;  // hash key
    RelationPlan *plan;
    bool stale;
    int columns_warned_of;  // that are left out
};

void warn_once(Entry *entry) {
    if (entry->plan->left_out_count <= entry->columns_warned_of) return;
    entry->columns_warned_of = entry->plan->left_out_count;
    warn_left_out(*entry->plan);
}

// Another table that is captured under the same schema names, or nullptr. A stale plan may have a
// name that is no longer its table's; its successor is compared when it is made.
const RelationPlan *find_same_stem(HTAB *table, const RelationPlan &plan) {
    HASH_SEQ_STATUS scan;
    hash_seq_init(&scan, table);
    while (const auto *entry = static_cast<Entry *>(hash_seq_search(&scan))) {
        const RelationPlan *other = entry->plan;
        if (other == nullptr || other == &plan || entry->stale || !other->captured) continue;
        if (other->schema_stem != plan.schema_stem || other->topic == plan.topic) continue;
        hash_seq_term(&scan);
        return other;
    }
    return nullptr;
}

// Only adjusted names can be the same where the topics are not.
void check_stem(HTAB *table, const RelationPlan &plan, const Options &options) {
    if (options.schema_names == core::NameAdjustment::kNone || !plan.captured) return;
    if (const RelationPlan *other = find_same_stem(table, plan))
        refuse_colliding_stems(*other, plan);
}

// Invalidation callbacks cannot be unregistered: they are registered once for the process and work
// on the caches of the sessions that exist at the moment.
PlanCache *sessions = nullptr;
bool registered = false;

template <typename Concerns>
void mark_stale_where(Concerns concerns) {
    for (PlanCache *cache = sessions; cache != nullptr; cache = cache->next_session) {
        cache->last_plan = nullptr;
        HASH_SEQ_STATUS scan;
        hash_seq_init(&scan, cache->table);
        while (auto *entry = static_cast<Entry *>(hash_seq_search(&scan))) {
            if (concerns(*entry)) entry->stale = true;
        }
    }
}

// A partition's plan may have been made of its root.
void mark_partitions_stale(PlanCache *cache, Oid root) {
    HASH_SEQ_STATUS scan;
    hash_seq_init(&scan, cache->table);
    while (auto *entry = static_cast<Entry *>(hash_seq_search(&scan))) {
        if (entry->plan == nullptr || entry->plan->relation != root) continue;
        entry->stale = true;
        if (cache->last_relation == entry->relation) cache->last_plan = nullptr;
    }
}

void mark_stale(PlanCache *cache, Oid relation) {
    if (cache->has_roots) mark_partitions_stale(cache, relation);
    auto *entry = static_cast<Entry *>(hash_search(cache->table, &relation, HASH_FIND, nullptr));
    if (entry == nullptr) return;
    entry->stale = true;
    if (cache->last_relation == relation) cache->last_plan = nullptr;
}

void on_relation_changed(Datum, Oid relation) {
    if (!OidIsValid(relation)) {
        mark_stale_where([](const Entry &) { return true; });
        return;
    }
    for (PlanCache *cache = sessions; cache != nullptr; cache = cache->next_session)
        mark_stale(cache, relation);
}

// Every CREATE TABLE writes pg_type; built-in types never change. So only plans that use other
// types are concerned, and a temporary table elsewhere costs nothing here.
void on_type_changed(Datum, int, uint32) {
    mark_stale_where([](const Entry &entry) { return entry.plan && entry.plan->has_user_types; });
}
void on_scope_changed(Datum, int, uint32) {
    mark_stale_where([](const Entry &) { return true; });
}

// Runs when the session's memory goes, also after an error, when no shutdown callback is called.
void forget_session(void *cache) {
    for (PlanCache **link = &sessions; *link != nullptr; link = &(*link)->next_session) {
        if (*link != cache) continue;
        *link = (*link)->next_session;
        return;
    }
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
    auto *callback = static_cast<MemoryContextCallback *>(
        MemoryContextAlloc(context, sizeof(MemoryContextCallback)));
    callback->func = forget_session;
    callback->arg = this;
    next_session = sessions;
    sessions = this;
    MemoryContextRegisterResetCallback(context, callback);
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
        entry->columns_warned_of = 0;
    }
    if (entry->stale || entry->plan->attribute_count != RelationGetDescr(relation)->natts) {
        RelationPlan *old_plan = entry->plan;
        entry->plan = nullptr;
        if (old_plan) MemoryContextDelete(old_plan->context);
        // An invalidation while the plan is made marks the entry again.
        entry->stale = false;
        RelationPlan *made = make_relation_plan(relation, options, filter, context, false);
        check_stem(table, *made, options);
        entry->plan = made;
        has_roots |= made->relation != id;
        warn_once(entry);
    }
    // The next invalidation clears last_plan, so a stale plan is never found above.
    last_relation = id;
    last_plan = entry->stale ? nullptr : entry->plan;
    return entry->plan;
}

}  // namespace outflow::plugin
