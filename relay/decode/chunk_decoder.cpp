#include "decode/chunk_decoder.h"

namespace outflow::relay {

std::optional<Failure> ChunkDecoder::on_relation(const core::RelationRecord &relation) {
    RouteId route = kMessageRoute;
    if (auto failure = sink_->open_route(relation.schema, relation.table, &route)) return failure;
    routes_[relation.id] = route;
    last_relation_ = 0;
    last_route_ = kMessageRoute;
    return std::nullopt;
}

bool ChunkDecoder::route(const core::EventRecord &record, RouteId *route) {
    if (record.relation == last_relation_) [[likely]] {
        *route = last_route_;
        return true;
    }
    if (record.relation != 0) {
        const auto found = routes_.find(record.relation);
        if (found == routes_.end()) return false;
        last_route_ = found->second;
    } else {
        last_route_ = kMessageRoute;
    }
    last_relation_ = record.relation;
    *route = last_route_;
    return true;
}

}  // namespace outflow::relay
