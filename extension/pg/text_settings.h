// Texts of the server depend on settings of the session: dates, intervals, bytea. While one of
// these lives between enter and leave, they are what Debezium's own session has.
#pragma once

#include "pg.h"

namespace outflow::pg {

// Returns what leave_text_settings needs. An error in between is undone by the transaction's end.
int enter_text_settings();
void leave_text_settings(int nest_level);

}  // namespace outflow::pg
