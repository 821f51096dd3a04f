// Java's serialised strings (extension/core/java_string.h). The expected bytes were written by
// java.io.ObjectOutputStream.
#include "core/java_string.h"

#include <gtest/gtest.h>

#include "core/hex_text.h"
#include "core/string_sink.h"

namespace outflow::core {
namespace {

std::string serialised(std::string_view text) {
    StringSink sink;
    write_java_string(&sink, text);
    return sink.str();
}

std::string hex(std::string_view bytes) {
    std::string text(2 * bytes.size(), '?');
    encode_hex(bytes, text.data());
    return text;
}

TEST(JavaString, HasHeaderTagAndLength) {
    EXPECT_EQ(hex(serialised("")), "aced0005740000");
    EXPECT_EQ(hex(serialised("hello")), "aced000574000568656c6c6f");
}

TEST(JavaString, CountsBytes) { EXPECT_EQ(hex(serialised("ü€")), "aced0005740005c3bce282ac"); }

TEST(JavaString, WritesSurrogatesOfThreeBytes) {
    EXPECT_EQ(hex(serialised("a😀b")), "aced000574000861eda0bdedb88062");
}

TEST(JavaString, HasALongerLengthAbove64KB) {
    EXPECT_EQ(hex(serialised(std::string(65535, 'x')).substr(0, 8)), "aced000574ffff78");
    EXPECT_EQ(hex(serialised(std::string(65536, 'x')).substr(0, 14)),
              "aced00057c000000000001000078");
}

}  // namespace
}  // namespace outflow::core
