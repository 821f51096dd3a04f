// outflow.captured_tables(options text[]) → setof (table_schema, table_name, topic): what the
// options select, decided by the same filter and publication scope as the stream, and where it
// goes.
#include "plugin/filter.h"
#include "plugin/publication.h"
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

void consider(ReturnSetInfo *result, const FormData_pg_class *form, const plugin::Options &options,
              const plugin::Filter &filter) {
    if (form->relkind != RELKIND_RELATION || form->relpersistence != RELPERSISTENCE_PERMANENT)
        return;
    const char *schema = get_namespace_name(form->relnamespace);
    if (schema == nullptr ||
        !filter.captures_table(plugin::to_utf8(schema), plugin::to_utf8(NameStr(form->relname))))
        return;
    Relation relation = try_relation_open(form->oid, AccessShareLock);
    if (relation == nullptr) return;  // dropped meanwhile
    if (plugin::publication_scope(relation, options.publication).published)
        put_row(result, schema, RelationGetRelationName(relation),
                plugin::topic_of(options, plugin::to_utf8(schema),
                                 plugin::to_utf8(RelationGetRelationName(relation))));
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
    while (HeapTuple tuple = systable_getnext(scan))
        consider(result, reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple)), options, filter);
    systable_endscan(scan);
    table_close(classes, AccessShareLock);
    return Datum{0};
}
