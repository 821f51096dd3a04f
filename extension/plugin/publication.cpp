#include "publication.h"

namespace outflow::plugin {
namespace {

bool publishes_relation(Oid relation, Oid publication) {
    List *direct = GetRelationPublications(relation);
    if (list_member_oid(direct, publication)) return true;
    List *by_schema = GetSchemaPublications(get_rel_namespace(relation));
    return list_member_oid(by_schema, publication);
}

bool publishes_ancestor(Relation relation, Oid publication) {
    if (!relation->rd_rel->relispartition) return false;
    List *ancestors = get_partition_ancestors(RelationGetRelid(relation));
    for (int at = 0; at < list_length(ancestors); ++at) {
        if (publishes_relation(list_nth_oid(ancestors, at), publication)) return true;
    }
    return false;
}

}  // namespace

PublicationScope publication_scope(Relation relation, std::string_view publication) {
    PublicationScope scope;
    if (!is_publishable_relation(relation)) return scope;
    if (publication.empty()) {
        scope.published = true;
        return scope;
    }
    Publication *found =
        GetPublicationByName(pnstrdup(publication.data(), publication.size()), true);
    if (found == nullptr) {
        ereport(WARNING, errcode(ERRCODE_UNDEFINED_OBJECT),
                errmsg("publication \"%.*s\" does not exist at this position of the WAL",
                       static_cast<int>(publication.size()), publication.data()),
                errdetail("Changes of \"%s\" are captured as if it were published.",
                          RelationGetRelationName(relation)));
        scope.published = true;
        return scope;
    }
    scope.published = found->alltables ||
                      publishes_relation(RelationGetRelid(relation), found->oid) ||
                      publishes_ancestor(relation, found->oid);
    scope.inserts = found->pubactions.pubinsert;
    scope.updates = found->pubactions.pubupdate;
    scope.deletes = found->pubactions.pubdelete;
    scope.truncates = found->pubactions.pubtruncate;
    return scope;
}

}  // namespace outflow::plugin
