#include "app/log.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/error.h"

namespace outflow::relay {
namespace {

LogLine line_with(std::string_view message) {
    LogLine line;
    line.time_ms = 1'764'034'927'118;
    line.component = "source";
    line.message = message;
    return line;
}

TEST(Log, WritesOneJsonObjectWithTheDocumentedKeys) {
    LogLine line = line_with("slot is busy");
    line.level = LogLevel::kWarn;
    line.fields.slot = "outflow";
    line.fields.lsn = "0/1A2B3C8";
    line.fields.table = "public.orders";
    line.fields.topic = "shop.public.orders";
    line.fields.code = "OUT-2109";
    line.fields.partition = 3;
    EXPECT_EQ(format_json_line(line),
              R"({"ts":"2025-11-25T01:42:07.118Z","level":"warn","logger":"source",)"
              R"("msg":"slot is busy","code":"OUT-2109","slot":"outflow","lsn":"0/1A2B3C8",)"
              R"("table":"public.orders","topic":"shop.public.orders","partition":3})");
}

TEST(Log, EscapesWhateverAMessageHolds) {
    std::string message =
        "a \"b\" \\ \n \t \x01 \x7f \xff\xfe \xc3\xa9 \xf0\x9f\x98\x80 \xed\xa0\x80";
    const auto parsed = nlohmann::json::parse(format_json_line(line_with(message)));
    EXPECT_EQ(parsed["msg"].get<std::string>().substr(0, 7), "a \"b\" \\");
    EXPECT_EQ(format_json_line(line_with("x\ny")).find('\n'), std::string::npos);
}

TEST(Log, KeepsALineBreakInAMessageFromForgingALine) {
    EXPECT_EQ(format_text_line(line_with("x\n12:00 error y\x1b[2J")).find('\n'), std::string::npos);
    EXPECT_EQ(format_text_line(line_with("x\x1b[2J")).find('\x1b'), std::string::npos);
}

TEST(Log, PutsDetailAndAdviceOnLinesOfTheirOwn) {
    LogLine line = line_with("wal_level is replica");
    line.level = LogLevel::kError;
    line.fields.code = "OUT-2103";
    line.fields.next = "ALTER SYSTEM SET wal_level = logical;\nthen restart the server";
    const std::string text = format_text_line(line);
    EXPECT_TRUE(
        text.ends_with("error OUT-2103 source: wal_level is replica\n"
                       "    ALTER SYSTEM SET wal_level = logical;\n"
                       "    then restart the server"))
        << text;
}

TEST(RepeatFilter, WritesARepetitionOnceAMinuteWithItsCount) {
    RepeatFilter filter;
    int suppressed = -1;
    EXPECT_TRUE(filter.admit(1'000, "broker is down", &suppressed));
    EXPECT_EQ(suppressed, 0);
    EXPECT_FALSE(filter.admit(2'000, "broker is down", &suppressed));
    EXPECT_TRUE(filter.admit(2'500, "another", &suppressed));
    EXPECT_FALSE(filter.admit(60'999, "broker is down", &suppressed));
    EXPECT_TRUE(filter.admit(61'000, "broker is down", &suppressed));
    EXPECT_EQ(suppressed, 2);
    EXPECT_FALSE(filter.admit(61'001, "broker is down", &suppressed));
}

TEST(RepeatFilter, ForgetsTheOldestAndNeverHoldsBackANewLine) {
    RepeatFilter filter;
    int suppressed = 0;
    for (int at = 0; at < 100; ++at)
        EXPECT_TRUE(filter.admit(1'000, "line " + std::to_string(at), &suppressed));
    EXPECT_TRUE(filter.admit(1'000, "line 0", &suppressed));
    EXPECT_FALSE(filter.admit(1'000, "line 99", &suppressed));
}

TEST(ErrorTable, IsSortedAndFreeOfDuplicates) {
    for (std::size_t at = 1; at < std::size(kErrorTable); ++at) {
        EXPECT_LT(kErrorTable[at - 1].code, kErrorTable[at].code);
    }
}

TEST(ErrorTable, GivesEveryGapExitCodeFour) {
    for (const ErrorSpec &spec : kErrorTable) {
        // A hanging transaction of somebody else is Kafka's trouble, not the source's.
        const bool gap = spec.code.starts_with("OUT-4") && spec.code != "OUT-4201";
        EXPECT_EQ(gap, spec.exit == ExitCode::kSource) << spec.code;
    }
}

TEST(Failure, DescribesCauseDetailAndAdvice) {
    const Failure failure = {error::kWalLevel, "wal_level is replica", "SQLSTATE 55000",
                             "ALTER SYSTEM SET wal_level = logical;"};
    EXPECT_EQ(describe(failure),
              "OUT-2103 wal_level is replica\n    SQLSTATE 55000\n"
              "    ALTER SYSTEM SET wal_level = logical;");
    EXPECT_EQ(failure.exit(), ExitCode::kUsage);
}

}  // namespace
}  // namespace outflow::relay
