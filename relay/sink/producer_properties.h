// How the producer is configured: what the user gave, completed with what delivery needs.
#pragma once

#include <cstdint>

#include "kafka/handle.h"
#include "sink/kafka_sink.h"

namespace outflow::relay {

kafka::Properties producer_properties(const KafkaSinkOptions &options);

// As completed above. librdkafka itself checks that it is a number in range.
std::int64_t transaction_timeout_ms(const kafka::Properties &properties);

}  // namespace outflow::relay
