// JSON values changed after they were written (extension/core/json_value.h).
#include "core/json_value.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/json_writer.h"
#include "core/string_sink.h"

namespace outflow::core {
namespace {

// With something in front of it that must stay.
std::string cut_string(std::string_view text, std::size_t units) {
    StringSink sink;
    sink.append("before");
    write_json_string(&sink, text);
    cut_json_string(&sink, 6, units);
    return sink.str().substr(6);
}

std::string cut_bytes(std::string_view bytes, std::size_t count) {
    StringSink sink;
    write_json_base64(&sink, bytes);
    cut_json_base64(&sink, 0, count);
    return sink.str();
}

std::string text_of(std::string_view json) {
    StringSink sink;
    append_json_text(&sink, json);
    return sink.str();
}

TEST(JsonValue, CutsBehindSoManyCharacters) {
    EXPECT_EQ(cut_string("hello", 3), R"("hel")");
    EXPECT_EQ(cut_string("hello", 0), R"("")");
}

TEST(JsonValue, LeavesAStringThatIsShortEnough) {
    EXPECT_EQ(cut_string("hello", 5), R"("hello")");
    EXPECT_EQ(cut_string("", 0), R"("")");
    EXPECT_EQ(cut_string("hello", 2147483647), R"("hello")");
}

TEST(JsonValue, CountsAnEscapeAsOneCharacter) {
    EXPECT_EQ(cut_string("\"\\\n\x01x", 3), R"("\"\\\n")");
    EXPECT_EQ(cut_string("\"\\\n\x01x", 4), R"("\"\\\n\u0001")");
}

TEST(JsonValue, CountsUtf16UnitsAndMayLeaveHalfAPair) {
    EXPECT_EQ(cut_string("üß€x", 3), R"("üß€")");
    EXPECT_EQ(cut_string("a😀b", 1), R"("a")");
    EXPECT_EQ(cut_string("a😀b", 2), R"("a\uD83D")");
    EXPECT_EQ(cut_string("a😀b", 3), R"("a\uD83D\uDE00")");
}

TEST(JsonValue, CutsNothingButStrings) {
    StringSink sink;
    sink.append("null");
    cut_json_string(&sink, 0, 1);
    cut_json_base64(&sink, 0, 1);
    EXPECT_EQ(sink.str(), "null");
}

TEST(JsonValue, CutsBytesAsIfTheyWereCutBeforeTheyWereEncoded) {
    for (std::size_t size = 0; size <= 10; ++size) {
        const std::string bytes = std::string("\xFF\x00\x81\x7F\xAB\xCD\xEF\x12\x34\x56", size);
        for (std::size_t count = 0; count <= 12; ++count) {
            StringSink expected;
            write_json_base64(&expected, bytes.substr(0, std::min(count, size)));
            EXPECT_EQ(cut_bytes(bytes, count), expected.str()) << size << " to " << count;
        }
    }
}

TEST(JsonValue, ReadsBackWhatWasWritten) {
    const std::string text = "plain \"quoted\" \\ \b\f\n\r\t\x01\x1F/ üß€ 😀 end";
    StringSink sink;
    write_json_string(&sink, text);
    EXPECT_EQ(text_of(sink.view()), text);
}

TEST(JsonValue, ReadsNoTextFromOtherValues) {
    EXPECT_EQ(text_of("null"), "");
    EXPECT_EQ(text_of(""), "");
    EXPECT_EQ(text_of("\""), "");
}

}  // namespace
}  // namespace outflow::core
