#include "transaction_metadata.h"

#include <algorithm>

#include "json_text.h"
#include "plan_schema.h"
#include "topic.h"

namespace outflow::plugin {
namespace {

constexpr std::uint32_t kFirstCapacity = 16;
constexpr std::size_t kUsualBlockBytes = 128;
// Beyond, only a transaction of tens of thousands of messages gets: their names are random in the
// reference, so that there is no order to keep.
constexpr std::size_t kMostBuckets = 1 << 16;

template <typename Value>
void resize(Value **array, std::uint32_t capacity) {
    const std::size_t bytes = sizeof(Value) * capacity;
    *array = static_cast<Value *>(*array ? repalloc(*array, bytes) : palloc(bytes));
}

std::string_view message_collection(std::string_view prefix) {
    constexpr std::string_view kName = "LogicalDecodingMessage:";
    char *name = static_cast<char *>(palloc(kName.size() + prefix.size()));
    std::memcpy(name, kName.data(), kName.size());
    std::memcpy(name + kName.size(), prefix.data(), prefix.size());
    return {name, kName.size() + prefix.size()};
}

std::string_view table_collection(const RelationPlan &plan) {
    char *name = static_cast<char *>(palloc(plan.schema.size() + 1 + plan.table.size()));
    std::memcpy(name, plan.schema.data(), plan.schema.size());
    name[plan.schema.size()] = '.';
    std::memcpy(name + plan.schema.size() + 1, plan.table.data(), plan.table.size());
    return {name, plan.schema.size() + 1 + plan.table.size()};
}

}  // namespace

void TransactionMetadata::init(const Options &options) {
    context_ = AllocSetContextCreate(CurrentMemoryContext, "outflow transaction metadata",
                                     ALLOCSET_SMALL_SIZES);
    buckets_ = core::kJavaHashMapBuckets;
    pg::init_local_sink(&block_);
    block_.reserve(kUsualBlockBytes);
    topic = transaction_topic(options);
    if (options.key_schemas) key_frame = payload_frame(core::kTransactionKeySchema);
    if (options.value_schemas) value_frame = payload_frame(core::kTransactionValueSchema);
}

void TransactionMetadata::begin_transaction(std::uint32_t xid) {
    if (count_ > 0) MemoryContextReset(context_);
    counts_ = nullptr;
    hashes_ = next_ = heads_ = nullptr;
    count_ = capacity_ = 0;
    event_count_ = repeated_messages_ = 0;
    xid_ = xid;
    ++serial_;
}

const core::TransactionPlace *TransactionMetadata::count_event(RelationPlan *plan,
                                                               std::uint64_t lsn) {
    if (plan->counted_in != serial_) {
        plan->collection = find_or_add(table_collection(*plan));
        plan->counted_in = serial_;
    }
    place_ = {{xid_, lsn}, ++event_count_, ++counts_[plan->collection].event_count};
    return &place_;
}

std::string_view TransactionMetadata::next_event(RelationPlan *plan, std::uint64_t lsn) {
    count_event(plan, lsn);
    return render();
}

std::string_view TransactionMetadata::next_message(std::string_view prefix, std::uint64_t lsn) {
    place_ = {{xid_, lsn}, ++event_count_, 1};
    const std::uint32_t known = count_;
    const std::uint32_t collection = find_or_add(message_collection(prefix));
    ++counts_[collection].event_count;
    repeated_messages_ += count_ == known;
    return render();
}

std::string_view TransactionMetadata::render() {
    block_.clear();
    core::write_transaction_block(&block_, place_);
    return block_.view();
}

std::uint32_t TransactionMetadata::find_or_add(std::string_view name) {
    const std::uint32_t hash = core::java_string_hash(name);
    if (capacity_ > 0) {
        for (std::uint32_t at = head_of(hash); at != 0; at = next_[at - 1]) {
            if (hashes_[at - 1] == hash && counts_[at - 1].name == name) return at - 1;
        }
    }
    if (count_ == capacity_) grow();
    counts_[count_] = {pg::copy_bytes(context_, name), 0};
    hashes_[count_] = hash;
    next_[count_] = head_of(hash);
    head_of(hash) = count_ + 1;
    return count_++;
}

void TransactionMetadata::grow() {
    const MemoryContext caller = MemoryContextSwitchTo(context_);
    capacity_ = std::max(capacity_ * 2, kFirstCapacity);
    resize(&counts_, capacity_);
    resize(&hashes_, capacity_);
    resize(&next_, capacity_);
    resize(&heads_, capacity_);
    MemoryContextSwitchTo(caller);
    std::fill_n(heads_, capacity_, 0);
    for (std::uint32_t at = 0; at < count_; ++at) {
        next_[at] = head_of(hashes_[at]);
        head_of(hashes_[at]) = at + 1;
    }
}

void TransactionMetadata::write_end(core::ByteSink *sink, const core::TransactionId &id,
                                    std::int64_t commit_time_us) {
    buckets_ = core::java_hash_map_buckets(hashes_, count_, buckets_);
    // The reference's map holds every message by itself.
    const std::uint64_t map_size = count_ + repeated_messages_;
    while (map_size * 4 > buckets_ * 3 && buckets_ < kMostBuckets) buckets_ *= 2;
    std::uint32_t *order = nullptr;
    std::uint32_t *starts = nullptr;
    resize(&order, count_ + 1);
    resize(&starts, static_cast<std::uint32_t>(buckets_ + 1));
    core::java_hash_map_order(hashes_, count_, buckets_, starts, order);
    core::write_transaction_end(sink, id, commit_time_us, event_count_, counts_, order, count_,
                                value_frame);
}

}  // namespace outflow::plugin
