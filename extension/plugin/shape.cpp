#include "shape.h"

namespace outflow::plugin {
namespace {

const Shape *shape_of(const Transform &transform) {
    return transform.unwrap != nullptr ? &kFlatShape : &kEnvelopeShape;
}

}  // namespace

void choose_shape(RelationPlan *plan, const Options &options) {
    plan->shape = &kEnvelopeShape;
    for (int at = 0; at < options.transforms.count; ++at) {
        const Transform &transform = options.transforms.list[at];
        if (!transform.applies_to(plan->topic)) continue;
        if (!transform.is_shape()) {
            plan->topic = routed_by(transform, plan->topic);
        } else if (plan->shaped_by == nullptr) {
            plan->shaped_by = &transform;
            plan->shape = shape_of(transform);
        }
    }
}

}  // namespace outflow::plugin
