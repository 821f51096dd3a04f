// TransactionMetadata: what `provide.transaction.metadata` knows about the running transaction: how
// many events it has had, all together and from each table. A session has one, or none when the
// option is off. Nothing of it outlives a restart: a transaction that is resumed in its middle is
// decoded from its beginning and counted again.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/java_hash_map.h"
#include "core/transaction_writer.h"
#include "options.h"
#include "relation_plan.h"

namespace outflow::plugin {

struct TransactionMetadata;

// Counts the events that one change gives: each of a key change's two, none for a tombstone.
struct EventCounter {
    TransactionMetadata *metadata = nullptr;  // none: the option is off
    RelationPlan *plan = nullptr;

    // The `transaction` part of the next event. Called once an event, in their order; valid until
    // the next call.
    std::string_view next(std::uint64_t lsn) const;
    // The same for an event that does not show it, or not as a whole: the reference counts before
    // its transforms. nullptr when the option is off.
    const core::TransactionPlace *count(std::uint64_t lsn) const;
};

struct TransactionMetadata {
    // Allocates in the current context, which has to live as long as the session.
    void init(const Options &options);

    void begin_transaction(std::uint32_t xid);
    std::string_view next_event(RelationPlan *plan, std::uint64_t lsn);
    const core::TransactionPlace *count_event(RelationPlan *plan, std::uint64_t lsn);
    // A logical message: the reference takes each for a collection of its own, so it is always the
    // first of it; here they are counted together, by prefix.
    std::string_view next_message(std::string_view prefix, std::uint64_t lsn);

    // The value of the END record.
    void write_end(core::ByteSink *sink, const core::TransactionId &id,
                   std::int64_t commit_time_us);

    core::ValueFrame key_frame;
    core::ValueFrame value_frame;
    std::string_view topic;
    bool announced = false;  // its relation record was sent in this stream

 private:
    std::uint32_t find_or_add(std::string_view name);
    void grow();
    std::uint32_t &head_of(std::uint32_t hash) { return heads_[hash & (capacity_ - 1)]; }
    std::string_view render();

    // Of the running transaction; the arrays live in a context that is reset behind it.
    MemoryContext context_;
    std::uint32_t xid_;
    std::uint64_t serial_;  // number of the transaction: plans of earlier ones are stale
    std::uint64_t event_count_;
    std::uint64_t repeated_messages_;  // counted under a prefix that was there
    core::CollectionCount *counts_;
    std::uint32_t *hashes_;
    std::uint32_t *next_;   // of the same head
    std::uint32_t *heads_;  // index + 1 of the first; 0: none
    std::uint32_t count_;
    std::uint32_t capacity_;

    // The reference's map is cleared between transactions and keeps its buckets.
    std::size_t buckets_;
    core::TransactionPlace place_;  // of the last event
    core::ByteSink block_;
};

inline std::string_view EventCounter::next(std::uint64_t lsn) const {
    return metadata == nullptr ? core::kNoTransaction : metadata->next_event(plan, lsn);
}

inline const core::TransactionPlace *EventCounter::count(std::uint64_t lsn) const {
    return metadata == nullptr ? nullptr : metadata->count_event(plan, lsn);
}

}  // namespace outflow::plugin
