// The four headers that Debezium puts on every record of a table's topic
// (`extended.headers.enabled`); records of the message topic have none. They stand behind the
// event's own headers.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace outflow::relay {

using ContextHeaders = std::vector<std::pair<std::string, std::string>>;

// How header.converter prints a text.
enum class HeaderForm : std::uint8_t { kPlain, kJson, kJsonWithSchema };

// `run_id`: a UUIDv7, new at each start of the connector.
ContextHeaders make_context_headers(const std::string &topic_prefix, const std::string &run_id,
                                    HeaderForm form = HeaderForm::kPlain);

// A UUID of version 7 (RFC 9562) for the present time.
std::string make_run_id();

}  // namespace outflow::relay
