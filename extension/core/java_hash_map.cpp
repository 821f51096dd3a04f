#include "java_hash_map.h"

namespace outflow::core {
namespace {

constexpr std::size_t kTreeBuckets = 64;
constexpr std::size_t kChainLimit = 8;

std::size_t bucket_of(std::uint32_t hash, std::size_t buckets) {
    return (hash ^ hash >> 16) & (buckets - 1);
}

// One character and how many bytes it takes.
struct Character {
    std::uint32_t code;
    std::size_t bytes;
};

Character take_character(std::string_view utf8) {
    const auto lead = static_cast<unsigned char>(utf8[0]);
    std::size_t bytes = 1;
    std::uint32_t code = lead;
    if (lead >= 0xF0) {
        bytes = 4;
        code = lead & 0x07U;
    } else if (lead >= 0xE0) {
        bytes = 3;
        code = lead & 0x0FU;
    } else if (lead >= 0xC0) {
        bytes = 2;
        code = lead & 0x1FU;
    }
    if (bytes > utf8.size()) return {lead, 1};
    for (std::size_t at = 1; at < bytes; ++at)
        code = code << 6 | (static_cast<unsigned char>(utf8[at]) & 0x3FU);
    return {code, bytes};
}

// Keys before `end` in the bucket of the key at `end`.
std::size_t chain_before(const std::uint32_t *hashes, std::size_t end, std::size_t buckets) {
    std::size_t chain = 0;
    for (std::size_t at = 0; at < end; ++at)
        chain += bucket_of(hashes[at], buckets) == bucket_of(hashes[end], buckets);
    return chain;
}

}  // namespace

std::uint32_t java_string_hash(std::string_view utf8) {
    std::uint32_t hash = 0;
    while (!utf8.empty()) {
        const Character next = take_character(utf8);
        utf8.remove_prefix(next.bytes);
        if (next.code < 0x10000) {
            hash = hash * 31 + next.code;
        } else {
            hash = hash * 31 + (0xD800 + ((next.code - 0x10000) >> 10));
            hash = hash * 31 + (0xDC00 + ((next.code - 0x10000) & 0x3FF));
        }
    }
    return hash;
}

std::size_t java_hash_map_buckets(const std::uint32_t *hashes, std::size_t count,
                                  std::size_t buckets) {
    for (std::size_t at = 0; at < count; ++at) {
        // A small table grows instead of getting a tree for a long chain.
        if (buckets < kTreeBuckets && at >= kChainLimit &&
            chain_before(hashes, at, buckets) >= kChainLimit)
            buckets *= 2;
        if ((at + 1) * 4 > buckets * 3) buckets *= 2;
    }
    return buckets;
}

void java_hash_map_order(const std::uint32_t *hashes, std::size_t count, std::size_t buckets,
                         std::uint32_t *starts, std::uint32_t *order) {
    for (std::size_t bucket = 0; bucket <= buckets; ++bucket) starts[bucket] = 0;
    for (std::size_t at = 0; at < count; ++at) ++starts[bucket_of(hashes[at], buckets) + 1];
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) starts[bucket + 1] += starts[bucket];
    for (std::size_t at = 0; at < count; ++at)
        order[starts[bucket_of(hashes[at], buckets)]++] = static_cast<std::uint32_t>(at);
}

}  // namespace outflow::core
