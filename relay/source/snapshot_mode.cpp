#include "source/snapshot_mode.h"

#include <array>

namespace outflow::relay {
namespace {

struct Named {
    std::string_view name;
    bool at_first;
    bool at_each_start;
    bool streams;
    bool heals_gaps;
};
constexpr std::array<Named, 5> kModes = {{
    {"initial", true, false, true, false},
    {"always", true, true, true, false},
    {"initial_only", true, false, false, false},
    {"no_data", false, false, true, false},
    {"when_needed", true, false, true, true},
}};

SnapshotMode configuration_based(const Config &config) {
    SnapshotMode mode;
    // Debezium asks the property at each start, whether there is a position or not.
    mode.at_first = mode.at_each_start =
        config.boolean("snapshot.mode.configuration.based.snapshot.data");
    mode.streams = config.boolean("snapshot.mode.configuration.based.start.stream");
    // Without data a new slot alone would hide the gap.
    mode.heals_gaps =
        mode.at_first && config.boolean("snapshot.mode.configuration.based.snapshot.on.data.error");
    mode.needs_position =
        config.boolean("snapshot.mode.configuration.based.snapshot.on.schema.error");
    return mode;
}

}  // namespace

SnapshotMode snapshot_mode(const Config &config) {
    const std::string name = config.text("snapshot.mode");
    SnapshotMode mode;
    if (name == "configuration_based") mode = configuration_based(config);
    for (const Named &row : kModes) {
        if (row.name == name)
            mode = {name, row.at_first, row.at_each_start, row.streams, row.heals_gaps, false};
    }
    mode.name = name;
    if (config.text("outflow.on.gap") == "resnapshot" && mode.takes_data()) mode.heals_gaps = true;
    return mode;
}

}  // namespace outflow::relay
