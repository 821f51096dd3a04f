// `outflow diff`: compares what two writers of one database wrote, topic family beside topic
// family or capture file, and prints the result on standard output. See diff/matcher.h for what is
// matched.
#pragma once

#include <cstdint>
#include <string>

#include "app/config.h"
#include "app/error.h"
#include "diff/matcher.h"

namespace outflow::relay {

struct DiffSide {
    std::string prefix;      // the topics PREFIX.* are read
    std::string capture;     // from this file; empty: from Kafka
    const Config *config{};  // of Kafka; null with a file
};

struct DiffOptions {
    DiffSide left;
    DiffSide right;
    bool until_end = false;         // end behind what is there now
    std::int64_t until_clean = -1;  // end once so many events were compared; -1: for ever
    bool json = false;
    int settle_ms = 10'000;  // at the end, how long an event waits for its counterpart
    diff::Limits limits;
};

// kOk when nothing differs, else kRuntime. SIGINT and SIGTERM ask for the end: what is there is
// read, then comes the verdict. Throws StartupError.
ExitCode diff_families(const DiffOptions &options);

}  // namespace outflow::relay
