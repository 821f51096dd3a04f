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
    // Tables begin in snapshot order; their rows may come in any.
    void begin(const std::string &name) {
        const auto number = static_cast<std::uint32_t>(tables_.size() + 1);
        tables_.emplace(name, SnapshotRows::Table(number, {"public", name, "p.public." + name},
                                                  says_first_ && number == 1));
        read(name, kHeader);
    }
    void key(const std::string &name, const std::string &key) { read(name, tuple(row(key))); }
    void end(const std::string &name) {
        read(name, kTrailer);
        ASSERT_TRUE(rows_.end_table(&tables_.at(name)));
    }
    void table(const std::string &name, const std::vector<std::string> &keys) {
        begin(name);
        for (const std::string &each : keys) key(name, each);
        end(name);
    }
    std::vector<std::string> finish() {
        rows_.end_snapshot();
        return seen_;
    }

    SnapshotRows::Receiver *receiver() { return this; }

    SnapshotRows rows_{this};
    std::map<std::string, SnapshotRows::Table> tables_;
    bool says_first_ = true;
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

    void read(const std::string &name, const std::string &message) {
        ASSERT_TRUE(rows_.on_copy_data(&tables_.at(name), message)) << rows_.problem();
    }
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

TEST_F(SnapshotRowsTest, TablesReadAtOnceKeepTheirOwnOrderAndMarkers) {
    begin("a");
    begin("b");
    key("a", "1");
    key("a", "2");
    key("b", "1");
    key("b", "2");
    key("a", "3");
    end("b");
    begin("c");
    key("a", "4");
    key("c", "1");
    key("c", "2");
    end("c");
    end("a");
    EXPECT_EQ(finish(), (std::vector<std::string>{
                            "a 1 {\"snapshot\":\"first\"}",
                            "b 1 {\"snapshot\":\"first_in_data_collection\"}",
                            "a 2 {\"snapshot\":\"true\"}",
                            "a 3 {\"snapshot\":\"true\"}",
                            "b 2 {\"snapshot\":\"last_in_data_collection\"}",
                            "c 1 {\"snapshot\":\"first_in_data_collection\"}",
                            "a 4 {\"snapshot\":\"last_in_data_collection\"}",
                            "c 2 {\"snapshot\":\"last\"}",
                        }));
}

TEST_F(SnapshotRowsTest, TheLastTableInOrderHasTheLastRowAlthoughItEndedBefore) {
    begin("a");
    begin("b");
    begin("c");
    key("b", "1");
    end("b");
    end("c");
    key("a", "1");
    key("a", "2");
    end("a");
    EXPECT_EQ(finish(), (std::vector<std::string>{
                            "a 1 {\"snapshot\":\"first\"}",
                            "a 2 {\"snapshot\":\"last_in_data_collection\"}",
                            "b 1 {\"snapshot\":\"last\"}",
                        }));
}

TEST_F(SnapshotRowsTest, AFirstTableOfOneRowGoesOutBeforeTheNextTable) {
    begin("a");
    begin("b");
    key("a", "1");
    EXPECT_FALSE(tables_.at("a").first_row_is_out());
    end("a");
    EXPECT_TRUE(tables_.at("a").first_row_is_out());
    key("b", "1");
    end("b");
    EXPECT_EQ(finish(), (std::vector<std::string>{"a 1 {\"snapshot\":\"first\"}",
                                                  "b 1 {\"snapshot\":\"last\"}"}));
}

TEST_F(SnapshotRowsTest, NobodyIsFirstWhenNoTableIs) {
    says_first_ = false;
    table("a", {"1", "2", "3"});
    EXPECT_EQ(finish(), (std::vector<std::string>{"a 1 {\"snapshot\":\"first_in_data_collection\"}",
                                                  "a 2 {\"snapshot\":\"true\"}",
                                                  "a 3 {\"snapshot\":\"last\"}"}));
}

TEST_F(SnapshotRowsTest, MalformedInputIsNamed) {
    const auto fresh = [] { return SnapshotRows::Table(1, {"public", "a", "p.public.a"}, true); };
    SnapshotRows::Table empty = fresh();
    EXPECT_FALSE(rows_.on_copy_data(&empty, "COPY"));
    EXPECT_EQ(rows_.problem(), "not a binary COPY");
    const std::string good = kHeader + tuple(row("1")) + kTrailer;
    for (std::size_t length = kHeader.size() + 1; length + kTrailer.size() < good.size();
         ++length) {
        SnapshotRows rows(receiver());
        SnapshotRows::Table cut = fresh();
        EXPECT_FALSE(rows.on_copy_data(&cut, good.substr(0, length)) && rows.end_table(&cut))
            << length;
    }
    SnapshotRows::Table wide = fresh();
    EXPECT_FALSE(rows_.on_copy_data(&wide, kHeader + big_endian(2, 2)));
    SnapshotRows::Table null = fresh();
    EXPECT_FALSE(rows_.on_copy_data(&null, kHeader + big_endian(1, 2) + big_endian(0xFFFFFFFF, 4)))
        << "null";
}

}  // namespace
}  // namespace outflow::relay
