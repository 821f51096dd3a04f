// The order of Java's HashMap (extension/core/java_hash_map.h). The expected orders were taken from
// a JVM, through the real Debezium.
#include "core/java_hash_map.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace outflow::core {
namespace {

std::vector<std::string> in_java_order(const std::vector<std::string> &keys) {
    std::vector<std::uint32_t> hashes;
    for (const std::string &key : keys) hashes.push_back(java_string_hash(key));
    const std::size_t buckets = java_hash_map_buckets(hashes.data(), hashes.size());
    std::vector<std::uint32_t> starts(buckets + 1);
    std::vector<std::uint32_t> order(keys.size());
    java_hash_map_order(hashes.data(), hashes.size(), buckets, starts.data(), order.data());
    std::vector<std::string> ordered;
    for (const std::uint32_t at : order) ordered.push_back(keys[at]);
    return ordered;
}

TEST(JavaHashMap, HashesAsStringHashCode) {
    EXPECT_EQ(java_string_hash(""), 0U);
    EXPECT_EQ(java_string_hash("a"), 97U);
    EXPECT_EQ(java_string_hash("Aa"), java_string_hash("BB"));
    EXPECT_EQ(java_string_hash("hello"), 99162322U);
}

TEST(JavaHashMap, HashesUtf16Units) {
    EXPECT_EQ(java_string_hash("\xC3\xA9"), 0xE9U);
    EXPECT_EQ(java_string_hash("\xE2\x82\xAC"), 0x20ACU);
    EXPECT_EQ(java_string_hash("\xF0\x9F\x98\x80"), 0xD83DU * 31 + 0xDE00U);
}

TEST(JavaHashMap, ReadsNothingBehindATruncatedCharacter) {
    EXPECT_EQ(java_string_hash("\xF0"), 0xF0U);
}

TEST(JavaHashMap, IteratesByBucket) {
    EXPECT_EQ(in_java_order({"k3", "key1", "key2", "key4", "key5"}),
              (std::vector<std::string>{"key1", "key2", "key5", "key4", "k3"}));
}

TEST(JavaHashMap, KeepsTheOrderOfInsertionInABucket) {
    EXPECT_EQ(in_java_order({"BB", "Aa"}), (std::vector<std::string>{"BB", "Aa"}));
    EXPECT_EQ(in_java_order({"Aa", "BB"}), (std::vector<std::string>{"Aa", "BB"}));
}

TEST(JavaHashMap, DoublesAboveThreeQuarters) {
    std::vector<std::string> keys;
    for (int key = 1; key <= 14; ++key) keys.push_back("key" + std::to_string(key));
    EXPECT_EQ(
        in_java_order(keys),
        (std::vector<std::string>{"key1", "key2", "key5", "key6", "key3", "key4", "key9", "key7",
                                  "key8", "key11", "key10", "key14", "key13", "key12"}));
    EXPECT_EQ(java_hash_map_buckets(nullptr, 0), 16U);
}

TEST(JavaHashMap, DoublesASmallTableForALongChain) {
    const std::vector<std::uint32_t> same(11);
    EXPECT_EQ(java_hash_map_buckets(same.data(), 8), 16U);
    EXPECT_EQ(java_hash_map_buckets(same.data(), 9), 32U);
    EXPECT_EQ(java_hash_map_buckets(same.data(), 10), 64U);
    EXPECT_EQ(java_hash_map_buckets(same.data(), 11), 64U);
}

TEST(JavaHashMap, KeepsTheBucketsOfAClearedMap) {
    EXPECT_EQ(java_hash_map_buckets(nullptr, 0, 64), 64U);
    const std::vector<std::uint32_t> spread = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    EXPECT_EQ(java_hash_map_buckets(spread.data(), 13, 16), 32U);
    EXPECT_EQ(java_hash_map_buckets(spread.data(), 13, 64), 64U);
}

}  // namespace
}  // namespace outflow::core
