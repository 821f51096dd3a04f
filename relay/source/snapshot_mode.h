// What `snapshot.mode` asks for, as five answers, so that nothing else spells a mode's name. Pure.
#pragma once

#include <string>

#include "app/config.h"

namespace outflow::relay {

struct SnapshotMode {
    std::string name;            // for messages
    bool at_first = true;        // a snapshot when there is no position
    bool at_each_start = false;  // and at each start of the process
    bool streams = true;         // changes follow
    // A position that cannot be continued is replaced by a new snapshot (with a warning), where
    // that closes the gap.
    bool heals_gaps = false;
    // Without a position the start is refused: the mode is there to recover one that exists.
    bool needs_position = false;

    bool takes_data() const { return at_first || at_each_start; }
};

// Also looks at outflow.on.gap.
SnapshotMode snapshot_mode(const Config &config);

}  // namespace outflow::relay
