// Owners of librdkafka's C objects: one deleter for each kind, here and nowhere else.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/error.h"

namespace outflow::relay::kafka {

using Properties = std::vector<std::pair<std::string, std::string>>;

template <auto Function>
struct Destroyer {
    template <typename T>
    void operator()(T *object) const {
        Function(object);
    }
};

using Client = std::unique_ptr<rd_kafka_t, Destroyer<rd_kafka_destroy>>;
using Conf = std::unique_ptr<rd_kafka_conf_t, Destroyer<rd_kafka_conf_destroy>>;
using Topic = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using Headers = std::unique_ptr<rd_kafka_headers_t, Destroyer<rd_kafka_headers_destroy>>;
using Error = std::unique_ptr<rd_kafka_error_t, Destroyer<rd_kafka_error_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroyer<rd_kafka_event_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                      Destroyer<rd_kafka_topic_partition_list_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroyer<rd_kafka_NewTopic_destroy>>;
using AdminOptions =
    std::unique_ptr<rd_kafka_AdminOptions_t, Destroyer<rd_kafka_AdminOptions_destroy>>;
using ConfigResource =
    std::unique_ptr<rd_kafka_ConfigResource_t, Destroyer<rd_kafka_ConfigResource_destroy>>;

// A configuration whose log lines go to our log. Throws StartupError OUT-3106 with librdkafka's own
// text when it refuses a property (a value is never part of the message: it may be a secret).
Conf make_conf(const Properties &properties);

// Throws StartupError OUT-3106. Callbacks and opaque are set on `conf` before.
Client make_client(rd_kafka_type_t type, Conf conf);

// "_TRANSPORT", "TOPIC_AUTHORIZATION_FAILED": the stable name for logs and metrics, with the text.
std::string error_text(rd_kafka_resp_err_t code);
std::string error_text(const rd_kafka_error_t *error);

// The failure for an error code: unreachable, login, ACL or, as told by `otherwise`, another.
Failure make_failure(rd_kafka_resp_err_t code, std::string message, std::string server_text = {},
                     const ErrorSpec *otherwise = error::kKafkaError);

}  // namespace outflow::relay::kafka
