// A topic family in Kafka, read committed. Topics that appear later are found by the next
// discover().
#pragma once

#include <map>
#include <utility>

#include "diff/family_name.h"
#include "diff/feed.h"
#include "kafka/consumer.h"

namespace outflow::relay::diff {

class TopicFeed : public Feed {
 public:
    // `properties` in librdkafka's names. Throws StartupError OUT-3106.
    TopicFeed(kafka::Properties properties, FamilyName family);

    std::optional<Failure> discover(Taker *taker) override;
    std::optional<Failure> aim_at_end() override;
    bool reached_target() const override;
    // Takes turns among its partitions.
    Read read(Taker *taker) override;
    const Failure &failure() const override { return consumer_.failure(); }
    bool at_end(const std::string &table) const override;
    bool at_end() const override;
    bool stuck() const override;
    bool empty() const override { return places_.empty(); }
    std::string name() const override { return family_.topics(); }
    std::string origin() const override { return family_.prefix(); }

 private:
    struct Place {
        std::size_t queue = 0;
        std::int64_t next = -1;
        std::int64_t target = 0;
        bool at_end = false;
        bool held = false;
    };

    kafka::Polled read_one(const std::string &table, Place *place, Taker *taker);

    const FamilyName family_;
    kafka::Consumer consumer_;
    std::map<std::pair<std::string, int>, Place> places_;  // by table and partition
    RawRecord raw_;
};

}  // namespace outflow::relay::diff
