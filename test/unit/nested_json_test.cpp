// JSON inside a JSON string (extension/core/nested_json.h).
#include "core/nested_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

// The content of the outer string that the text becomes.
std::string outer_content(std::string_view text) {
    StringSink sink;
    sink.append('"');
    write_nested_json_string(&sink, text);
    sink.append('"');
    return nlohmann::json::parse(sink.view()).get<std::string>();
}

TEST(NestedJson, QuotesTheInnerString) { EXPECT_EQ(outer_content("abc"), R"("abc")"); }

TEST(NestedJson, EscapesAsTheServerPrintsJsonb) {
    EXPECT_EQ(outer_content("a\"b\\c\b\f\n\r\t\x01\x1F/"), R"("a\"b\\c\b\f\n\r\t\u0001\u001f/")");
}

TEST(NestedJson, EscapesAsJacksonWhereAsked) {
    StringSink sink;
    write_nested_json_string(&sink, "\x1F\"", InnerHex::kUpper);
    EXPECT_EQ(sink.view(), R"(\"\\u001F\\\"\")");
}

TEST(NestedJson, LeavesOtherCharactersRawInTheInnerText) {
    EXPECT_EQ(outer_content("\xC3\xA9\xF0\x9F\x98\x80"), "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

TEST(NestedJson, SurvivesBothLevelsOfParsingForAnyText) {
    std::string text;
    for (int byte = 1; byte < 0x80; ++byte) text += static_cast<char>(byte);
    text += text;
    EXPECT_EQ(nlohmann::json::parse(outer_content(text)).get<std::string>(), text);
}

}  // namespace
}  // namespace outflow::core
