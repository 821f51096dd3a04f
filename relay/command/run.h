// `outflow run`: the relay itself.
#pragma once

#include <string>

#include "app/config.h"
#include "app/error.h"

namespace outflow::relay {

struct RunOptions {
    bool until_current = false;  // --until=current: end once what was committed before is delivered
    bool adopt_slot = false;     // --adopt-slot: once, take a slot that has no position (OUT-4110)
    std::string sink = "kafka";  // kafka | stdout
};

// Runs until told to stop, until the end that `options` names, or until it cannot go on; the
// failure has been reported by then. Throws StartupError for what is wrong before anything started.
ExitCode run(const Config &config, const RunOptions &options);

}  // namespace outflow::relay
