#include "shape.h"

#include "logical_router.h"
#include "topic_overrides.h"

namespace outflow::plugin {
namespace {

const Shape *shape_of(const Transform &transform) {
    return transform.unwrap != nullptr ? &kFlatShape : &kOutboxShape;
}

bool prints_structs(ConverterClass converter) {
    return converter == ConverterClass::kJson || converter == ConverterClass::kBinary;
}

void check_converters(const RelationPlan &plan, const Options &options) {
    if (plan.shape == &kOutboxShape) return;  // has checks of its own
    if (prints_structs(options.key_class) && prints_structs(options.value_class)) return;
    ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
            errmsg("the converter cannot print the records of table \"%.*s.%.*s\"",
                   static_cast<int>(plan.schema.size()), plan.schema.data(),
                   static_cast<int>(plan.table.size()), plan.table.data()),
            errhint("StringConverter and ByteArrayConverter are for the outbox transform; leave "
                    "other tables out with table.include.list, or use BinaryDataConverter with "
                    "JsonConverter as its delegate."));
}

void route(RelationPlan *plan, const Transform &transform) {
    if (!routes(transform, plan->topic)) return;
    if (plan->shaped_by == nullptr) plan->shaped_behind_router = true;
    if (transform.logical != nullptr) rename_logically(plan, *transform.logical);
    plan->topic = routed_by(transform, plan->topic);
}

}  // namespace

void choose_shape(RelationPlan *plan, const Options &options) {
    plan->shape = &kEnvelopeShape;
    for (int at = 0; at < options.transforms.count; ++at) {
        const Transform &transform = options.transforms.list[at];
        if (!transform.applies_to(plan->topic)) continue;
        if (!transform.is_shape()) {
            route(plan, transform);
        } else if (plan->shaped_by == nullptr) {
            plan->shaped_by = &transform;
            plan->shape = shape_of(transform);
        }
    }
    const std::string_view override =
        overriding_topic(options.topic_overrides, plan->schema, plan->table);
    if (!override.empty()) plan->topic = override;
    check_converters(*plan, options);
}

}  // namespace outflow::plugin
