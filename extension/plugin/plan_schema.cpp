#include "plan_schema.h"

#include "core/json_writer.h"

namespace outflow::plugin {
namespace {

std::string_view key_fields(const RelationPlan &plan, ColumnPlan *const *key) {
    return json_text([&](core::ByteSink *sink) {
        for (int at = 0; at < plan.key_count; ++at) {
            if (at > 0) core::write_json_comma(sink);
            write_column_schema(sink, *key[at], key[at]->field);
        }
        bool first = plan.key_count == 0;
        for (const KeyField *field = plan.key_fields; field != nullptr; field = field->next) {
            if (!first) core::write_json_comma(sink);
            first = false;
            core::write_schema(sink, {.type = "string"}, false, {}, field->name);
        }
    });
}

}  // namespace

void write_column_schema(core::ByteSink *sink, const ColumnPlan &column, std::string_view field) {
    core::write_schema(sink, column.codec.schema, column.codec.always_optional || !column.not_null,
                       column.default_json, field);
}

core::ValueFrame payload_frame(std::string_view schema) {
    return {json_text([&](core::ByteSink *sink) { core::begin_payload(sink, schema); }),
            json_text([](core::ByteSink *sink) { core::end_json_object(sink); })};
}

namespace {

core::ValueFrame frame_of_key(const RelationPlan &plan, ColumnPlan *const *key) {
    const std::string_view fields = key_fields(plan, key);
    return payload_frame(json_text(
        [&](core::ByteSink *sink) { core::write_key_schema(sink, plan.key_stem, fields); }));
}

}  // namespace

std::string_view value_fields(const RelationPlan &plan) {
    return json_text([&](core::ByteSink *sink) {
        for (int at = 0; at < plan.column_count; ++at) {
            if (at > 0) core::write_json_comma(sink);
            write_column_schema(sink, plan.columns[at], plan.columns[at].field);
        }
    });
}

core::ValueFrame key_frame(const RelationPlan &plan, const Options &options) {
    return options.key_schemas ? frame_of_key(plan, plan.key) : core::ValueFrame();
}

core::ValueFrame header_frame(const RelationPlan &plan, const Options &options) {
    const bool has_schema = options.json_headers && options.header_schemas;
    return has_schema ? frame_of_key(plan, plan.header_key) : core::ValueFrame();
}

}  // namespace outflow::plugin
