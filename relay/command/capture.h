// `outflow capture PREFIX`: writes what is in the topics PREFIX.* on standard output, a line for
// each record (diff/capture_line.h). The lines of a partition are in its order.
#pragma once

#include <string>

#include "app/config.h"
#include "app/error.h"

namespace outflow::relay {

struct CaptureOptions {
    std::string prefix;
    bool until_end = false;  // end behind what is there now; else with SIGINT or SIGTERM
};

// kOk at the end, and when the reader of standard output has left.
ExitCode capture_family(const Config &config, const CaptureOptions &options);

}  // namespace outflow::relay
