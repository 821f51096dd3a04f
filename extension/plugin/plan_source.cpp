#include "plan_source.h"

namespace outflow::plugin {
namespace {

// A partition may have its columns in another order than its root.
AttrNumber *find_places(Relation relation, Relation target) {
    const TupleDesc descriptor = RelationGetDescr(target);
    auto *places = static_cast<AttrNumber *>(palloc(sizeof(AttrNumber) * (descriptor->natts + 1)));
    for (int index = 0; index < descriptor->natts; ++index) {
        const auto *attribute = TupleDescAttr(descriptor, index);
        places[index] = -1;
        if (attribute->attisdropped) continue;
        places[index] = static_cast<AttrNumber>(
            get_attnum(RelationGetRelid(relation), NameStr(attribute->attname)) - 1);
        if (places[index] < 0)
            ereport(ERROR, errcode(ERRCODE_UNDEFINED_COLUMN),
                    errmsg("partition \"%s\" has no column \"%s\" of \"%s\"",
                           RelationGetRelationName(relation), NameStr(attribute->attname),
                           RelationGetRelationName(target)));
    }
    return places;
}

}  // namespace

bool PlanSource::has_columns() const {
    for (AttrNumber number = 1; number <= RelationGetDescr(target)->natts; ++number) {
        if (publishes_column(scope, attribute(number))) return true;
    }
    return false;
}

PlanSource open_source(Relation relation, const Options &options, bool snapshot) {
    PlanSource source;
    source.relation = source.target = relation;
    source.snapshot = snapshot;
    source.scope =
        snapshot ? snapshot_scope(relation) : publication_scope(relation, options.publication);
    if (source.scope.publish_as == RelationGetRelid(relation)) return source;
    source.target = RelationIdGetRelation(source.scope.publish_as);
    if (!RelationIsValid(source.target))
        ereport(ERROR, errcode(ERRCODE_UNDEFINED_TABLE),
                errmsg("the root of partition \"%s\" does not exist",
                       RelationGetRelationName(relation)));
    source.places = find_places(relation, source.target);
    return source;
}

void close_source(const PlanSource &source) {
    if (source.target != source.relation) RelationClose(source.target);
}

}  // namespace outflow::plugin
