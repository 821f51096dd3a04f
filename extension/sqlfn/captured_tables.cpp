// outflow.captured_tables(options text[]) → setof (table_schema, table_name, topic): what the
// options select for a snapshot, decided by the same filter as the stream, and where it goes. As
// with Debezium it is no matter whether a publication has the table.
#include "plugin/filter.h"
#include "plugin/names.h"
#include "plugin/publication.h"
#include "plugin/relation_plan.h"
#include "plugin/topic.h"
#include "plugin/type_encoder.h"

extern "C" {
PG_FUNCTION_INFO_V1(outflow_captured_tables);
}

namespace {

using namespace outflow;

void put_row(ReturnSetInfo *result, const char *schema, const char *table, std::string_view topic) {
    Datum values[3] = {
        CStringGetTextDatum(schema), CStringGetTextDatum(table),
        PointerGetDatum(cstring_to_text_with_len(topic.data(), static_cast<int>(topic.size())))};
    bool nulls[3] = {false, false, false};
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

// Refuses a table whose adjusted names are another's, or two of whose columns have one. `plans` are
// the tables before it.
void check_names(List **plans, Relation relation, const plugin::Options &options,
                 const plugin::Filter &filter) {
    constexpr auto kNone = core::NameAdjustment::kNone;
    if (options.schema_names == kNone && options.field_names == kNone) return;
    auto *plan = plugin::make_relation_plan(relation, options, filter, CurrentMemoryContext, true);
    for (int at = 0; at < list_length(*plans); ++at)
        plugin::refuse_colliding_stems(*static_cast<plugin::RelationPlan *>(list_nth(*plans, at)),
                                       *plan);
    *plans = lappend(*plans, plan);
}

void consider(ReturnSetInfo *result, List **plans, const FormData_pg_class *form,
              const plugin::Options &options, const plugin::Filter &filter) {
    if (form->relkind != RELKIND_RELATION && form->relkind != RELKIND_PARTITIONED_TABLE) return;
    const char *schema = get_namespace_name(form->relnamespace);
    if (schema == nullptr ||
        !filter.captures_table(plugin::to_utf8(schema), plugin::to_utf8(NameStr(form->relname))))
        return;
    Relation relation = try_relation_open(form->oid, AccessShareLock);
    if (relation == nullptr) return;  // dropped meanwhile
    if (plugin::snapshot_scope(relation).published) {
        check_names(plans, relation, options, filter);
        put_row(result, schema, RelationGetRelationName(relation),
                plugin::final_topic(options, plugin::to_utf8(schema),
                                    plugin::to_utf8(RelationGetRelationName(relation))));
    }
    relation_close(relation, AccessShareLock);
}

}  // namespace

Datum outflow_captured_tables(PG_FUNCTION_ARGS) {
    plugin::Options options;
    plugin::parse_option_array(&options, PG_GETARG_ARRAYTYPE_P(0));
    plugin::Filter filter;
    filter.compile(options, CurrentMemoryContext);
    InitMaterializedSRF(fcinfo, 0);
    auto *result = reinterpret_cast<ReturnSetInfo *>(fcinfo->resultinfo);
    Relation classes = table_open(RelationRelationId, AccessShareLock);
    SysScanDesc scan = systable_beginscan(classes, InvalidOid, false, nullptr, 0, nullptr);
    List *plans = NIL;
    while (HeapTuple tuple = systable_getnext(scan))
        consider(result, &plans, reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple)), options,
                 filter);
    systable_endscan(scan);
    table_close(classes, AccessShareLock);
    return Datum{0};
}
