#include "row_renderer.h"

#include "plugin/shape.h"
#include "plugin/source_parts.h"

namespace outflow::sqlfn {
namespace {

void init_sinks(RowRenderer *renderer) {
    pg::init_context_sink(&renderer->buffer, renderer->context, 8192);
    renderer->writer = core::ChunkWriter(&renderer->buffer);
    plugin::init_source_parts(&renderer->source);
    plugin::init_clock(&renderer->clock);
}

void render_source(RowRenderer *renderer, std::string_view snapshot) {
    const plugin::Options &options = renderer->options;
    core::SourceInfo info = plugin::source_of(options, get_database_name(MyDatabaseId));
    info.snapshot = snapshot;
    info.time_us = options.snapshot.time_us
                       ? options.snapshot.time_us
                       : plugin::unix_time_us(GetCurrentTransactionStartTimestamp());
    info.last_commit = options.sequence;
    info.xid = options.snapshot.has_xid ? options.snapshot.xid : GetTopTransactionIdIfAny();
    info.has_xid = info.xid != InvalidTransactionId;
    renderer->source.render(info);
}

void make_plan(RowRenderer *renderer, Oid row_type) {
    const Oid relation_id = get_typ_typrelid(row_type);
    if (!OidIsValid(relation_id))
        ereport(ERROR, errcode(ERRCODE_DATATYPE_MISMATCH),
                errmsg("the row does not come from a table"),
                errhint("Pass the table's own row: SELECT ... (t, ...) FROM my_table AS t."));
    Relation relation = table_open(relation_id, AccessShareLock);
    renderer->plan = plugin::make_relation_plan(relation, renderer->options, renderer->filter,
                                                renderer->context, true);
    renderer->descriptor = CreateTupleDescCopy(RelationGetDescr(relation));
    renderer->row_type = row_type;
    if (!renderer->plan->captured)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("table \"%s\" is not captured under these options",
                       RelationGetRelationName(relation)),
                errhint("SELECT * FROM outflow.captured_tables(options) lists what is."));
    if (renderer->plan->left_out_count > 0) plugin::warn_left_out(*renderer->plan);
    table_close(relation, NoLock);
}

RowRenderer *make_renderer(MemoryContext parent, Oid row_type, ArrayType *options,
                           std::string_view snapshot) {
    const MemoryContext context =
        AllocSetContextCreate(parent, "outflow row renderer", ALLOCSET_DEFAULT_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(context);
    auto *renderer = static_cast<RowRenderer *>(palloc0(sizeof(RowRenderer)));
    *renderer = RowRenderer();
    renderer->context = context;
    renderer->row_context = AllocSetContextCreate(context, "outflow row", ALLOCSET_DEFAULT_SIZES);
    plugin::parse_option_array(&renderer->options, options);
    renderer->filter.compile(renderer->options, context);
    init_sinks(renderer);
    render_source(renderer, snapshot);
    make_plan(renderer, row_type);
    MemoryContextSwitchTo(caller);
    return renderer;
}

}  // namespace

void RowRenderer::render(HeapTupleHeader row, core::Operation operation) {
    const MemoryContext caller = MemoryContextSwitchTo(row_context);
    HeapTupleData tuple = {};
    tuple.t_len = HeapTupleHeaderGetDatumLength(row);
    tuple.t_data = row;
    clock.render(plugin::unix_time_ns());
    buffer.clear();
    const plugin::RowImage image =
        plugin::deform(&tuple, descriptor, plan->new_values, plan->new_nulls);
    const plugin::ChangeFrame frame = {
        .source = &source, .clock = &clock, .lsn = options.snapshot.lsn};
    plugin::RecordSink out = {&writer, nullptr, nullptr};
    plan->shape->read(&out, *plan, frame, image, operation);
    MemoryContextSwitchTo(caller);
    MemoryContextReset(row_context);
}

RowRenderer *renderer_of(FunctionCallInfo call, HeapTupleHeader row, ArrayType *options,
                         std::string_view snapshot) {
    auto *renderer = static_cast<RowRenderer *>(call->flinfo->fn_extra);
    const Oid row_type = HeapTupleHeaderGetTypeId(row);
    if (renderer != nullptr && renderer->row_type == row_type) return renderer;
    renderer = make_renderer(call->flinfo->fn_mcxt, row_type, options, snapshot);
    call->flinfo->fn_extra = renderer;
    return renderer;
}

}  // namespace outflow::sqlfn
