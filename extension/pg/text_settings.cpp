#include "text_settings.h"

namespace outflow::pg {
namespace {

void pin(const char *name, const char *value) {
    (void)set_config_option(name, value, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
                            false);
}

}  // namespace

int enter_text_settings() {
    const int nest_level = NewGUCNestLevel();
    pin("datestyle", "ISO, MDY");
    pin("intervalstyle", "postgres");
    pin("bytea_output", "hex");
    pin("extra_float_digits", "3");
    pin("timezone", "UTC");
    return nest_level;
}

void leave_text_settings(int nest_level) { AtEOXact_GUC(true, nest_level); }

}  // namespace outflow::pg
