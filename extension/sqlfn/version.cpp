// outflow.version() → text: the version of the loaded library, which may lag behind the SQL
// objects after an upgrade until sessions reconnect.
#include "pg/pg.h"

extern "C" {
PG_FUNCTION_INFO_V1(outflow_version);
}

Datum outflow_version(PG_FUNCTION_ARGS) {
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(OUTFLOW_VERSION));
}
