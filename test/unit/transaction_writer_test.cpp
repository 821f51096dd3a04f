// Transaction metadata (extension/core/transaction_writer.h). The texts were captured from the real
// Debezium.
#include "core/transaction_writer.h"

#include <gtest/gtest.h>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

TEST(TransactionWriter, WritesTheBlockOfAnEvent) {
    StringSink sink;
    write_transaction_block(&sink, {{2102, 290042312}, 3, 1});
    EXPECT_EQ(sink.view(), R"(,"transaction":{"id":"2102:290042312","total_order":3,)"
                           R"("data_collection_order":1})");
}

TEST(TransactionWriter, WritesTheKey) {
    StringSink sink;
    write_transaction_key(&sink, {4294967295, 0}, {});
    EXPECT_EQ(sink.view(), R"({"id":"4294967295:0"})");
}

TEST(TransactionWriter, WritesBeginWithoutCounts) {
    StringSink sink;
    write_transaction_begin(&sink, {2102, 290042312}, 1795397547422999, {});
    EXPECT_EQ(sink.view(), R"({"status":"BEGIN","id":"2102:290042312","event_count":null,)"
                           R"("data_collections":null,"ts_ms":1795397547422})");
}

TEST(TransactionWriter, WritesEndWithTheCollectionsInTheOrderGiven) {
    const CollectionCount collections[] = {{"public.a", 1}, {R"(public."b)", 2}};
    const std::uint32_t order[] = {1, 0};
    StringSink sink;
    write_transaction_end(&sink, {2102, 290053448}, -1, 3, collections, order, 2,
                          {R"({"schema":S,"payload":)", "}"});
    EXPECT_EQ(sink.view(),
              R"({"schema":S,"payload":{"status":"END","id":"2102:290053448","event_count":3,)"
              R"("data_collections":[{"data_collection":"public.\"b","event_count":2},)"
              R"({"data_collection":"public.a","event_count":1}],"ts_ms":-1}})");
}

TEST(TransactionWriter, WritesAnEmptyListForATransactionWithoutEvents) {
    StringSink sink;
    write_transaction_end(&sink, {1, 2}, 0, 0, nullptr, nullptr, 0, {});
    EXPECT_EQ(sink.view(),
              R"({"status":"END","id":"1:2","event_count":0,"data_collections":[],"ts_ms":0})");
}

}  // namespace
}  // namespace outflow::core
