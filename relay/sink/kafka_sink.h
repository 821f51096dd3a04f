// KafkaSink: events → Kafka topics, a batch = one Kafka transaction with the position record in it.
//
// Values are not copied: librdkafka points into the chunk until the delivery report. The context
// headers are one list, copied by librdkafka for each record. Everything happens in the sink thread
// (librdkafka's own threads only move bytes): delivery reports are served in serve() and commit().
//
// Promises (delivery §4, §8): never commits unless every report of the batch was a success; a batch
// that failed is aborted and the sink asks for a recycle, because its bytes are gone by then.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "event/byte_budget.h"
#include "event/context_headers.h"
#include "kafka/handle.h"
#include "kafka/topics.h"
#include "route/topic_router.h"
#include "sink/sink.h"

namespace outflow::relay {

enum class DeliveryMode : std::uint8_t { kExactlyOnce, kAtLeastOnce, kNoTransactions };

struct KafkaSinkOptions {
    kafka::Properties properties;  // of the producer, librdkafka's names
    DeliveryMode mode = DeliveryMode::kExactlyOnce;
    std::string transactional_id;
    std::string position_topic;
    std::string position_key;
    ContextHeaders headers;  // empty: none
    bool create_topics = true;
    kafka::TopicSpec new_topic;  // partitions, replication and settings of topics made here
    // Bytes that librdkafka may hold; short, so that a commit (which flushes) is quick.
    std::size_t max_in_flight_bytes = 16U << 20;
};

class KafkaSink final : public Sink {
 public:
    // Throws StartupError OUT-3106 when librdkafka refuses the configuration.
    KafkaSink(KafkaSinkOptions options, ByteBudget *budget);
    ~KafkaSink() override;

    // Fences any older producer of our transactional id, and finishes or aborts what it left open.
    // Waits for the coordinator up to `timeout_ms`.
    bool start(int timeout_ms);

    // Opens the routes of many tables at once: their topics are created in batches.
    std::optional<Failure> open_routes(const Tables &tables);
    std::optional<Failure> open_route(const core::RelationRecord &relation,
                                      RouteId *route) override;
    std::optional<Failure> open_topic(std::string_view topic, bool of_table,
                                      RouteId *route) override;

    bool begin() override;
    Accept deliver(const Event &event) override;
    Commit commit(const Position &position, int timeout_ms) override;
    void abort(int timeout_ms) override;
    bool serve(int timeout_ms) override;
    bool has_outstanding() const override { return outstanding_ > 0; }
    const Trouble &trouble() const override { return trouble_; }

    rd_kafka_t *client() { return client_.get(); }
    // What transaction.timeout.ms is in effect; a batch must not stay open longer.
    std::int64_t transaction_timeout_ms() const { return transaction_timeout_ms_; }

 private:
    // One chunk with records in flight; the opaque of their messages.
    struct InFlight {
        Chunk *chunk = nullptr;
        std::uint32_t records = 0;
        std::list<InFlight>::iterator self;
    };
    enum class Stage : std::uint8_t { kNone, kOpen, kFlushing, kCommitting };

    static void on_report(rd_kafka_t *, const rd_kafka_message_t *message, void *opaque);
    static void on_error(rd_kafka_t *, int code, const char *reason, void *opaque);
    void on_report(const rd_kafka_message_t *message);

    bool transactional() const { return options_.mode != DeliveryMode::kNoTransactions; }
    rd_kafka_headers_t *make_headers(const Event &event) const;
    InFlight *in_flight(Chunk *chunk);
    std::optional<Failure> create_topics(const std::vector<std::string> &topics);
    std::optional<Failure> open(const std::string &topic, bool of_table, RouteId *route);
    RouteId route_to(const std::string &topic, bool of_table);
    bool produce_position(const Position &position);
    bool fail_with_report();
    void await_cause();
    bool fail(rd_kafka_resp_err_t code, std::string message, std::string text = {});
    bool fail(const rd_kafka_error_t *error, std::string message);
    Accept refuse(const Event &event, rd_kafka_resp_err_t code);
    std::size_t record_cost(std::size_t key_bytes) const { return fixed_cost_ + key_bytes; }

    KafkaSinkOptions options_;
    ByteBudget *budget_;
    std::int64_t transaction_timeout_ms_ = 0;

    std::size_t fixed_cost_ = 0;     // of a record inside librdkafka
    std::uint64_t outstanding_ = 0;  // records without a report
    std::size_t in_flight_bytes_ = 0;
    std::list<InFlight> chunks_;
    InFlight *newest_ = nullptr;  // of the chunk that is being delivered
    rd_kafka_resp_err_t report_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
    std::string report_topic_;
    bool aborting_ = false;
    Stage stage_ = Stage::kNone;
    Trouble trouble_;
    std::int64_t quiet_until_ms_ = 0;  // of the log line about unreachable brokers

    kafka::Headers context_headers_;
    kafka::Client client_;  // before the topics: they are destroyed first
    struct Route {
        kafka::Topic topic;
        bool of_table;  // its records have the context headers
    };
    std::vector<Route> routes_;
    std::unordered_map<std::string, RouteId> table_routes_;  // by topic
    std::unordered_map<std::string, RouteId> other_routes_;
    kafka::Topic position_topic_;
};

}  // namespace outflow::relay
