// The one throwing helper of libstdc++ that inlined code of string_view refers to. Nothing in the
// module may throw, so a position out of range, which would be a bug of ours, becomes an error of
// the server. Defining it here keeps the exception machinery of libstdc++ out of the module.
#include "pg.h"

namespace std {

[[noreturn]] void __throw_out_of_range_fmt(const char *, ...);

void __throw_out_of_range_fmt(const char *, ...) {
    ereport(ERROR, errcode(ERRCODE_INTERNAL_ERROR),
            errmsg("outflow: string position out of range"));
}

}  // namespace std
