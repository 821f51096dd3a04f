#include "decode/chunk_decoder.h"

#include <fmt/format.h>

namespace outflow::relay {

Failure broken_stream(std::string_view problem) {
    return {error::kBadChunk,
            fmt::format("the stream is broken: {}", problem),
            {},
            "Install the same version of the extension and the relay; if they are, please report "
            "this as a bug."};
}

std::optional<Failure> ChunkDecoder::on_relation(const core::RelationRecord &relation, bool past) {
    const auto &[id, schema, table, topic] = relation;
    if (topic.empty()) return std::nullopt;  // each of its events names its own
    if (past) {
        router_.claim_past(schema, table, topic);
    } else if (auto collision = router_.claim(schema, table, topic)) {
        return collision;
    }
    RouteId route = 0;
    if (auto failure = sink_->open_route(relation, &route)) return failure;
    routes_[relation.id] = route;
    last_relation_.reset();
    return std::nullopt;
}

std::optional<Failure> ChunkDecoder::route(const core::EventRecord &record, RouteId *route) {
    if (record.has_routing && !record.routing.topic.empty()) return route_to_topic(record, route);
    if (record.relation != last_relation_) [[unlikely]] {
        const auto found = routes_.find(record.relation);
        if (found == routes_.end())
            return broken_stream("an event names a relation that was not announced");
        last_relation_ = record.relation;
        last_route_ = found->second;
    }
    *route = last_route_;
    return std::nullopt;
}

std::optional<Failure> ChunkDecoder::route_to_topic(const core::EventRecord &record,
                                                    RouteId *route) {
    const std::string_view topic = record.routing.topic;
    const bool of_table = record.relation != core::kMessageRelation;
    auto &topics = of_table ? topics_ : message_topics_;
    const auto [entry, added] = topics.try_emplace(std::string(topic), 0);
    if (added) {
        if (auto failure = sink_->open_topic(topic, of_table, &entry->second)) {
            topics.erase(entry);
            return failure;
        }
    }
    *route = entry->second;
    return std::nullopt;
}

}  // namespace outflow::relay
