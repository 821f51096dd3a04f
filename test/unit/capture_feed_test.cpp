#include "diff/capture_feed.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

namespace outflow::relay::diff {
namespace {

class Notes : public Taker {
 public:
    void found(const std::string &table, int partitions) override {
        lines.push_back(table + " has " + std::to_string(partitions));
    }
    bool wants(const std::string &, int) override { return false; }
    bool full() const override { return lines.size() >= limit; }
    void take(const std::string &table, int partition, const RawRecord &record) override {
        lines.push_back(table + "/" + std::to_string(partition) + " " +
                        std::string(record.value.value_or("null")));
    }

    std::vector<std::string> lines;
    std::size_t limit = 1000;
};

class CaptureFile : public testing::Test {
 protected:
    void write(std::string_view text) {
        std::FILE *file = std::fopen(name_.c_str(), "w");
        ASSERT_NE(file, nullptr);
        std::fwrite(text.data(), 1, text.size(), file);
        std::fclose(file);
    }
    void TearDown() override { std::remove(name_.c_str()); }

    const std::string name_ = testing::TempDir() + "capture." + std::to_string(getpid());
    Notes notes_;
};

TEST_F(CaptureFile, GivesTheLinesOfItsFamilyInOrder) {
    write(
        "{\"topic\":\"s.public.t\",\"partition\":1,\"value\":1}\n"
        "{\"topic\":\"s.public.u\",\"value\":2}\n"
        "{\"topic\":\"else.public.t\",\"value\":3}\n"
        "{\"topic\":\"s.public.t\",\"value\":null}\n");
    CaptureFeed feed(name_, FamilyName("s"));
    EXPECT_FALSE(feed.at_end());
    EXPECT_EQ(feed.read(&notes_), Read::kNothing);  // the end
    EXPECT_TRUE(feed.at_end());
    EXPECT_TRUE(feed.reached_target());
    EXPECT_FALSE(feed.empty());
    EXPECT_EQ(notes_.lines,
              (std::vector<std::string>{"public.t has 0", "public.t/1 1", "public.u has 0",
                                        "public.u/0 2", "public.t/0 null"}));
}

TEST_F(CaptureFile, StopsWhenTheTakerIsFull) {
    write("{\"topic\":\"s.t\",\"value\":1}\n{\"topic\":\"s.t\",\"value\":2}\n");
    CaptureFeed feed(name_, FamilyName("s"));
    notes_.limit = 2;
    EXPECT_EQ(feed.read(&notes_), Read::kRecords);
    EXPECT_EQ(feed.read(&notes_), Read::kNothing);
    EXPECT_FALSE(feed.at_end());
    notes_.limit = 10;
    feed.read(&notes_);
    EXPECT_EQ(notes_.lines.size(), 3u);
}

TEST_F(CaptureFile, NamesTheLineThatIsWrong) {
    write("{\"topic\":\"s.t\"}\n{\"topic\":\"s.t\"}\nnot json\n");
    CaptureFeed feed(name_, FamilyName("s"));
    ASSERT_EQ(feed.read(&notes_), Read::kFailed);
    EXPECT_EQ(feed.failure().spec, error::kCaptureFile);
    EXPECT_EQ(feed.failure().message, name_ + ", line 3, cannot be read");
    EXPECT_EQ(feed.failure().detail, "not one JSON object without spaces");
}

TEST_F(CaptureFile, NamesTheLineThatWasCutOff) {
    write("{\"topic\":\"s.t\"}\n{\"topic\":\"s.t\"}");
    CaptureFeed feed(name_, FamilyName("s"));
    ASSERT_EQ(feed.read(&notes_), Read::kFailed);
    EXPECT_EQ(feed.failure().message, name_ + ", line 2, cannot be read");
    EXPECT_NE(feed.failure().detail.find("cut off"), std::string::npos);
}

TEST_F(CaptureFile, IsEmptyWithoutATopicOfTheFamily) {
    write("{\"topic\":\"else.t\"}\n");
    CaptureFeed feed(name_, FamilyName("s"));
    feed.read(&notes_);
    EXPECT_TRUE(feed.empty());
    EXPECT_EQ(feed.name(), "s.* in " + name_);
    EXPECT_THROW(CaptureFeed("/no/such/file", FamilyName("s")), StartupError);
}

TEST(FamilyName, LeavesTheLongerFamilyItsTopics) {
    const FamilyName shop("shop", "shop.shadow");
    EXPECT_TRUE(shop.owns("shop.public.t"));
    EXPECT_FALSE(shop.owns("shop.shadow.public.t"));
    EXPECT_FALSE(shop.owns("shopping.public.t"));
    EXPECT_EQ(shop.table("shop.public.t"), "public.t");
    EXPECT_TRUE(FamilyName("shop.shadow", "shop").owns("shop.shadow.public.t"));
    EXPECT_TRUE(FamilyName("shop").owns("shop.shadow.public.t"));
}

}  // namespace
}  // namespace outflow::relay::diff
