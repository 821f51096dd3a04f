// The four headers that Debezium puts on every record of a table's topic
// (`extended.headers.enabled`); records of the message topic have none. And their place among a
// record's headers.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/chunk_reader.h"

namespace outflow::relay {

using ContextHeaders = std::vector<std::pair<std::string, std::string>>;

// How header.converter prints a text.
enum class HeaderForm : std::uint8_t { kPlain, kJson, kJsonWithSchema };

// `run_id`: a UUIDv7, new at each start of the connector.
ContextHeaders make_context_headers(const std::string &topic_prefix, const std::string &run_id,
                                    HeaderForm form = HeaderForm::kPlain);

// Calls `add` with each header of a record, in order: the event's own, the context's, and those
// that a transform added.
template <typename Add>
void for_each_header(std::string_view own, const ContextHeaders &context, Add add) {
    core::EventHeaderReader reader(own);
    core::EventHeader header;
    bool more = reader.next(&header);
    for (; more && !header.behind_context; more = reader.next(&header)) add(header);
    for (const auto &[name, value] : context) add(core::EventHeader{.name = name, .value = value});
    for (; more; more = reader.next(&header)) add(header);
}

// A UUID of version 7 (RFC 9562) for the present time.
std::string make_run_id();

}  // namespace outflow::relay
