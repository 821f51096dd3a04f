// Header text of structs (extension/core/header_text.h).
#include "core/header_text.h"

#include <gtest/gtest.h>

#include "core/json_writer.h"
#include "core/string_sink.h"

namespace outflow::core {
namespace {

std::string header_of(std::string_view json) {
    StringSink sink;
    append_header_text(&sink, json);
    return sink.str();
}

TEST(HeaderText, LeavesWhatNeedsNoEscapeAlone) {
    EXPECT_EQ(header_of(R"({"a":"k","b":2,"c":null})"), R"({"a":"k","b":2,"c":null})");
}

TEST(HeaderText, KeepsTheEscapesOfBackslashAndQuote) {
    EXPECT_EQ(header_of(R"({"a":"x\\y\"z"})"), R"({"a":"x\\y\"z"})");
}

TEST(HeaderText, PrintsControlCharactersRaw) {
    EXPECT_EQ(header_of(R"({"a":"\b\f\n\r\t\u001B"})"), "{\"a\":\"\b\f\n\r\t\x1B\"}");
}

TEST(HeaderText, PrintsCharactersAboveTheBmpRaw) {
    EXPECT_EQ(header_of(R"({"a":"\uD83D\uDE00!"})"), "{\"a\":\"\xF0\x9F\x98\x80!\"}");
}

TEST(HeaderText, PrintsAQuestionMarkForHalfAPair) {
    EXPECT_EQ(header_of(R"({"a":"\uD83D","b":"\uD83D and more","c":"\uD83D\u001F......"})"),
              "{\"a\":\"?\",\"b\":\"? and more\",\"c\":\"?\x1F......\"}");
}

TEST(HeaderText, UndoesEveryEscapeThatTheJsonWriterMakes) {
    std::string text;
    for (int byte = 1; byte < 0x80; ++byte) text += static_cast<char>(byte);
    text += "\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E";
    StringSink json;
    write_json_string(&json, text);
    std::string expected = "\"";
    for (const char byte : text) {
        if (byte == '\\' || byte == '"') expected += '\\';
        expected += byte;
    }
    EXPECT_EQ(header_of(json.view()), expected + '"');
}

std::string plain_of(std::string_view json) {
    StringSink sink;
    append_plain_text(&sink, json);
    return sink.str();
}

TEST(HeaderText, PrintsAStringAloneWithoutQuotes) {
    EXPECT_EQ(plain_of(R"("a\"c\n\\")"), "a\"c\n\\");
    EXPECT_EQ(plain_of(R"("")"), "");
    EXPECT_EQ(plain_of("1.5"), "1.5");
    EXPECT_EQ(plain_of(R"(["a\"b"])"), R"(["a\"b"])");
}

TEST(HeaderText, KnowsBlankStrings) {
    for (const char *blank : {R"("")", R"(" ")", R"("\t\n\u0000\u001F ")"})
        EXPECT_TRUE(is_blank_json_string(blank)) << blank;
    for (const char *other : {"null", "", R"("a")", R"("\"")", R"("\\")", R"("\uD83D\uDE00")", "1"})
        EXPECT_FALSE(is_blank_json_string(other)) << other;
}

}  // namespace
}  // namespace outflow::core
