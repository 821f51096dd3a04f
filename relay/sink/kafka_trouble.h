// What an error of the producer means for the run (delivery §8): one table.
#pragma once

#include <librdkafka/rdkafka.h>

#include <string>

#include "sink/sink.h"

namespace outflow::relay {

// `client` knows the fatal error behind _FATAL; may be null.
Trouble kafka_trouble(rd_kafka_t *client, rd_kafka_resp_err_t code, std::string message,
                      std::string text, const std::string &transactional_id);

}  // namespace outflow::relay
