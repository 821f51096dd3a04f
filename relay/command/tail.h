// `outflow tail TOPIC`: a live view of a topic on standard output.
#pragma once

#include <cstdint>
#include <string>

#include "app/config.h"
#include "app/error.h"
#include "command/event_view.h"

namespace outflow::relay {

struct TailOptions {
    std::string topic;
    EventFilter filter;
    std::int64_t last = -1;       // the last so many that pass the filter first; -1: none
    bool from_beginning = false;  // else from the end
    bool until_end = false;       // end when everything that is there was shown
    bool uncommitted = false;     // also what open and aborted transactions wrote
    bool raw = false;             // values as they are, one a line
    bool color = false;
};

// Ends with kOk at the end (`until_end`) and when the reader of standard output has left.
ExitCode tail(const Config &config, const TailOptions &options);

}  // namespace outflow::relay
