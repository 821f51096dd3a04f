// A connector's configuration as people POST it to Kafka Connect: {"name":…,"config":{…}}, or the
// bare object of properties.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/properties_file.h"

namespace outflow::relay {

// False, with the reason, for anything but JSON of one of these two shapes.
bool parse_connect_json(std::string_view text, std::vector<FileEntry> *entries,
                        std::string *reason);

}  // namespace outflow::relay
