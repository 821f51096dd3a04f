#include "shape.h"

namespace outflow::plugin {

const Shape *shape_of(const RelationPlan &, const Options &) { return &kEnvelopeShape; }

}  // namespace outflow::plugin
