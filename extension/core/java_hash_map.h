// The order in which a java.util.HashMap with string keys iterates: by bucket, within a bucket in
// the order of insertion. The reference prints maps in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace outflow::core {

// String.hashCode over the UTF-16 units of valid UTF-8.
std::uint32_t java_string_hash(std::string_view utf8);

constexpr std::size_t kJavaHashMapBuckets = 16;  // of a new map

// Buckets of the table after distinct keys with these hashes were put into it one by one; it had
// `buckets` when it was empty (a map that was cleared keeps its table).
std::size_t java_hash_map_buckets(const std::uint32_t *hashes, std::size_t count,
                                  std::size_t buckets = kJavaHashMapBuckets);

// Fills `order` with the positions 0 … count-1 as the map iterates. `starts` is room for one number
// more than there are buckets. (A bucket that Java turns into a tree may come out in another order:
// nine keys in one bucket of at least 64.)
void java_hash_map_order(const std::uint32_t *hashes, std::size_t count, std::size_t buckets,
                         std::uint32_t *starts, std::uint32_t *order);

}  // namespace outflow::core
