#include "publication.h"

namespace outflow::plugin {
namespace {

bool publishes_relation(Oid relation, Oid publication) {
    List *direct = GetRelationPublications(relation);
    if (list_member_oid(direct, publication)) return true;
    List *by_schema = GetSchemaPublications(get_rel_namespace(relation));
    return list_member_oid(by_schema, publication);
}

// The ancestor nearest to the root that is in the publication, or InvalidOid.
Oid topmost_published_ancestor(Relation relation, const Publication &publication) {
    if (!relation->rd_rel->relispartition) return InvalidOid;
    // Empty while the partition is being detached concurrently.
    List *ancestors = get_partition_ancestors(RelationGetRelid(relation));
    if (ancestors == NIL) return InvalidOid;
    if (publication.alltables) return llast_oid(ancestors);
    Oid topmost = InvalidOid;
    for (int at = 0; at < list_length(ancestors); ++at) {
        const Oid ancestor = list_nth_oid(ancestors, at);
        if (publishes_relation(ancestor, publication.oid)) topmost = ancestor;
    }
    return topmost;
}

// A filter does not apply to a table that the publication has by its schema as well.
bool is_published_by_schema(Oid relation, Oid publication) {
    return SearchSysCacheExists2(PUBLICATIONNAMESPACEMAP,
                                 ObjectIdGetDatum(get_rel_namespace(relation)),
                                 ObjectIdGetDatum(publication));
}

void read_list_and_filter(PublicationScope *scope, const Publication &publication) {
    if (publication.alltables) return;
    HeapTuple tuple = SearchSysCache2(PUBLICATIONRELMAP, ObjectIdGetDatum(scope->publish_as),
                                      ObjectIdGetDatum(publication.oid));
    if (!HeapTupleIsValid(tuple)) return;
    bool none = false;
    const Datum list =
        SysCacheGetAttr(PUBLICATIONRELMAP, tuple, Anum_pg_publication_rel_prattrs, &none);
    if (!none) scope->columns = pub_collist_to_bitmapset(nullptr, list, nullptr);
    const Datum filter =
        SysCacheGetAttr(PUBLICATIONRELMAP, tuple, Anum_pg_publication_rel_prqual, &none);
    if (!none && !is_published_by_schema(scope->publish_as, publication.oid))
        scope->row_filter = static_cast<Node *>(stringToNode(TextDatumGetCString(filter)));
    ReleaseSysCache(tuple);
}

void warn_missing(std::string_view publication, Relation relation) {
    ereport(WARNING, errcode(ERRCODE_UNDEFINED_OBJECT),
            errmsg("publication \"%.*s\" does not exist at this position of the WAL",
                   static_cast<int>(publication.size()), publication.data()),
            errdetail("Changes of \"%s\" are captured as if it were published.",
                      RelationGetRelationName(relation)));
}

bool is_partitioned(Relation relation) {
    return relation->rd_rel->relkind == RELKIND_PARTITIONED_TABLE;
}

}  // namespace

PublicationScope publication_scope(Relation relation, std::string_view publication) {
    PublicationScope scope;
    scope.publish_as = RelationGetRelid(relation);
    if (!is_publishable_relation(relation)) return scope;
    Publication *found = nullptr;
    if (!publication.empty()) {
        found = GetPublicationByName(pnstrdup(publication.data(), publication.size()), true);
        if (found == nullptr) warn_missing(publication, relation);
    }
    if (found == nullptr) {
        scope.published = !is_partitioned(relation);
        return scope;
    }
    const Oid ancestor = topmost_published_ancestor(relation, *found);
    if (found->pubviaroot && OidIsValid(ancestor)) scope.publish_as = ancestor;
    scope.published = found->alltables || OidIsValid(ancestor) ||
                      publishes_relation(RelationGetRelid(relation), found->oid);
    // A partitioned table is truncated under its own name only when its leaves are not.
    if (is_partitioned(relation) && !found->pubviaroot) scope.published = false;
    if (!scope.published) return scope;
    scope.inserts = found->pubactions.pubinsert;
    scope.updates = found->pubactions.pubupdate;
    scope.deletes = found->pubactions.pubdelete;
    scope.truncates =
        found->pubactions.pubtruncate && scope.publish_as == RelationGetRelid(relation);
    scope.generated_columns = pg::publishes_generated_columns(*found);
    read_list_and_filter(&scope, *found);
    return scope;
}

PublicationScope snapshot_scope(Relation relation) {
    PublicationScope scope;
    const Form_pg_class form = relation->rd_rel;
    scope.publish_as = RelationGetRelid(relation);
    scope.published = (form->relkind == RELKIND_RELATION || is_partitioned(relation)) &&
                      form->relpersistence != RELPERSISTENCE_TEMP &&
                      RelationGetRelid(relation) >= FirstNormalObjectId;
    scope.generated_columns = true;
    return scope;
}

bool publishes_column(const PublicationScope &scope, const FormData_pg_attribute *attribute) {
    if (attribute->attisdropped) return false;
    if (scope.columns != nullptr) return bms_is_member(attribute->attnum, scope.columns);
    if (attribute->attgenerated == '\0') return true;
    return scope.generated_columns && attribute->attgenerated == ATTRIBUTE_GENERATED_STORED;
}

}  // namespace outflow::plugin
