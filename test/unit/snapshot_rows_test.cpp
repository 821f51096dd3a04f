#include "source/snapshot_rows.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "core/chunk_reader.h"
#include "core/chunk_writer.h"
#include "core/string_sink.h"

namespace outflow::relay {
namespace {

// What outflow.snapshot() returns: one event record.
std::string row(const std::string &key, const std::string &value_begin = "{\"snapshot\":\"") {
    core::StringSink sink;
    core::ChunkWriter writer(&sink);
    writer.begin_event(
        {0, core::Operation::kRead, core::kEventHasKey | core::kEventHasValue, 0, 9});
    sink.append(key);
    writer.end_key();
    sink.append(value_begin);
    const std::size_t marker = sink.size;
    sink.append("true\"}");
    writer.end_value();
    writer.end_event(marker);
    return sink.str();
}

std::string big_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int byte = bytes - 1; byte >= 0; --byte)
        text += static_cast<char>(value >> (8 * byte) & 0xFF);
    return text;
}

const std::string kHeader = std::string("PGCOPY\n\377\r\n\0", 11) + std::string(8, '\0');
const std::string kTrailer = "\xff\xff";

std::string tuple(const std::string &bytes) {
    return big_endian(1, 2) + big_endian(static_cast<std::uint32_t>(bytes.size()), 4) + bytes;
}

class SnapshotRowsTest : public testing::Test, private SnapshotRows::Receiver {
 protected:
    void table(const std::string &name, const std::vector<std::string> &keys) {
        rows_.begin_table({"public", name, "p.public." + name}, first_);
        first_ = false;
        std::string message = kHeader;
        for (const std::string &key : keys) {
            ASSERT_TRUE(rows_.on_copy_data(message + tuple(row(key)))) << rows_.problem();
            message.clear();
        }
        ASSERT_TRUE(rows_.on_copy_data(message + kTrailer)) << rows_.problem();
        ASSERT_TRUE(rows_.end_table());
    }
    std::vector<std::string> finish() {
        rows_.end_snapshot();
        return seen_;
    }

    SnapshotRows::Receiver *receiver() { return this; }

    SnapshotRows rows_{this};
    std::vector<std::string> seen_;  // "table key value"
    int chunks_ = 0;

 private:
    void on_snapshot_chunk(std::string_view chunk) override {
        ++chunks_;
        core::ChunkReader reader(chunk);
        core::ChunkRecord record;
        std::map<std::uint32_t, std::string> tables;  // each chunk announces what it uses
        while (reader.next(&record)) {
            if (record.type == core::RecordType::kRelation)
                tables[record.relation.id] = record.relation.table;
            else
                seen_.push_back(tables.at(record.event.relation) + " " +
                                std::string(record.event.key) + " " +
                                std::string(record.event.value));
        }
        EXPECT_EQ(reader.error(), core::ChunkError::kNone);
    }

    bool first_ = true;
};

TEST_F(SnapshotRowsTest, MarksFirstAndLastOfTablesAndOfAll) {
    table("a", {"1", "2", "3"});
    table("b", {"1", "2"});
    table("c", {"1", "2"});
    EXPECT_EQ(finish(), (std::vector<std::string>{
                            "a 1 {\"snapshot\":\"first\"}",
                            "a 2 {\"snapshot\":\"true\"}",
                            "a 3 {\"snapshot\":\"last_in_data_collection\"}",
                            "b 1 {\"snapshot\":\"first_in_data_collection\"}",
                            "b 2 {\"snapshot\":\"last_in_data_collection\"}",
                            "c 1 {\"snapshot\":\"first_in_data_collection\"}",
                            "c 2 {\"snapshot\":\"last\"}",
                        }));
}

TEST_F(SnapshotRowsTest, NobodyIsFirstWhenTheFirstTableIsEmpty) {
    table("a", {});
    table("b", {"1", "2"});
    EXPECT_EQ(finish(), (std::vector<std::string>{"b 1 {\"snapshot\":\"first_in_data_collection\"}",
                                                  "b 2 {\"snapshot\":\"last\"}"}));
}

TEST_F(SnapshotRowsTest, TheLastRowIsLastEvenWhenTheFinalTablesAreEmpty) {
    table("a", {"1", "2"});
    table("b", {});
    table("c", {});
    EXPECT_EQ(finish(), (std::vector<std::string>{"a 1 {\"snapshot\":\"first\"}",
                                                  "a 2 {\"snapshot\":\"last\"}"}));
}

TEST_F(SnapshotRowsTest, OneRowTables) {
    table("a", {"1", "2"});
    table("b", {"1"});
    table("c", {"1"});
    EXPECT_EQ(finish(), (std::vector<std::string>{
                            "a 1 {\"snapshot\":\"first\"}",
                            "a 2 {\"snapshot\":\"last_in_data_collection\"}",
                            "b 1 {\"snapshot\":\"last_in_data_collection\"}",
                            "c 1 {\"snapshot\":\"last\"}",
                        }));
}

TEST_F(SnapshotRowsTest, OneRowInAllIsLast) {
    table("a", {"1"});
    EXPECT_EQ(finish(), (std::vector<std::string>{"a 1 {\"snapshot\":\"last\"}"}));
}

TEST_F(SnapshotRowsTest, NothingAtAllGivesNoChunk) {
    table("a", {});
    EXPECT_TRUE(finish().empty());
    EXPECT_EQ(chunks_, 0);
}

TEST_F(SnapshotRowsTest, ManyRowsBecomeChunksOfTheTargetSize) {
    std::vector<std::string> keys;
    for (int number = 0; number < 5'000; ++number) keys.push_back(std::to_string(number));
    table("a", keys);
    EXPECT_EQ(finish().size(), 5'000u);
    EXPECT_GT(chunks_, 3);
    EXPECT_LT(chunks_, 12);
}

TEST_F(SnapshotRowsTest, MalformedInputIsNamed) {
    rows_.begin_table({"public", "a", "p.public.a"}, true);
    EXPECT_FALSE(rows_.on_copy_data("COPY"));
    rows_.begin_table({"public", "a", "p.public.a"}, true);
    const std::string good = kHeader + tuple(row("1")) + kTrailer;
    for (std::size_t length = kHeader.size() + 1; length + kTrailer.size() < good.size();
         ++length) {
        SnapshotRows rows(receiver());
        rows.begin_table({"public", "a", "p.public.a"}, true);
        EXPECT_FALSE(rows.on_copy_data(good.substr(0, length)) && rows.end_table()) << length;
    }
    EXPECT_FALSE(rows_.on_copy_data(kHeader + big_endian(2, 2)));
    EXPECT_FALSE(rows_.on_copy_data(big_endian(1, 2) + big_endian(0xFFFFFFFF, 4))) << "null";
}

}  // namespace
}  // namespace outflow::relay
