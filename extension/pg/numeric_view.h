// Reads the digits out of a numeric Datum. The layout of NumericData is private to the server's
// numeric.c but is the on-disk format, the same in every supported version.
#pragma once

#include "core/numeric_text.h"
#include "pg.h"

namespace outflow::pg {

// Room for an unaligned short value's aligned copy; most numerics need no other memory.
struct NumericBuffer {
    alignas(8) char bytes[128];
};

// The view points into the value or into `buffer`.
core::NumericView view_numeric(Datum value, NumericBuffer *buffer);

// What the core's writers need as `scratch` for the value, in the current context.
char *numeric_scratch(const core::NumericView &view, int scale);

}  // namespace outflow::pg
