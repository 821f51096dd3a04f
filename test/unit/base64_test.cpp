#include "core/base64.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <string>

#include "core/hex_text.h"

namespace outflow::core {
namespace {

std::string base64(std::string_view bytes) {
    std::string text(base64_size(bytes.size()), '?');
    EXPECT_EQ(encode_base64(bytes, text.data()), text.data() + text.size());
    return text;
}

std::string base64_url(std::string_view bytes) {
    std::string text(base64_size(bytes.size()), '?');
    EXPECT_EQ(encode_base64_url(bytes, text.data()), text.data() + text.size());
    return text;
}

std::string decoded(std::string_view text) {
    std::string bytes(text.size() / 4 * 3, '?');
    bytes.resize(static_cast<std::size_t>(decode_base64(text, bytes.data()) - bytes.data()));
    return bytes;
}

// Bit by bit, for comparison.
std::string slow_base64(std::string_view bytes, std::string_view last_two) {
    std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    alphabet += last_two;
    std::string text;
    for (std::size_t bit = 0; bit < 8 * bytes.size(); bit += 6) {
        unsigned value = 0;
        for (std::size_t at = bit; at < bit + 6; ++at) {
            const unsigned set = at / 8 < bytes.size() &&
                                 static_cast<unsigned char>(bytes[at / 8]) >> (7 - at % 8) & 1;
            value = value << 1 | set;
        }
        text += alphabet[value];
    }
    while (text.size() % 4 != 0) text += '=';
    return text;
}

TEST(Base64, EncodesTheExamplesOfRfc4648) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, UrlAlphabetIsPaddedToo) {
    EXPECT_EQ(base64("\xfb\xff\xfe\xff"), "+//+/w==");
    EXPECT_EQ(base64_url("\xfb\xff\xfe\xff"), "-__-_w==");
}

TEST(Base64, EncodesAnyBytes) {
    std::mt19937_64 random(1);
    for (std::size_t size = 0; size < 300; ++size) {
        std::string bytes(size, '\0');
        for (char &byte : bytes) byte = static_cast<char>(random());
        ASSERT_EQ(base64(bytes), slow_base64(bytes, "+/"));
        ASSERT_EQ(base64_url(bytes), slow_base64(bytes, "-_"));
        ASSERT_EQ(decoded(base64(bytes)), bytes);
    }
}

TEST(Base64, DecodesNothingBeyondItsInput) {
    for (const std::string_view text : {"", "A", "AAA", "====", "A===", "AA=A", "\xff\xff\xff\xff"})
        EXPECT_LE(decoded(text).size(), 3u);
}

TEST(HexText, EncodesEveryByteInLowerCase) {
    for (int byte = 0; byte < 256; ++byte) {
        const char raw = static_cast<char>(byte);
        char text[2];
        char expected[3];
        EXPECT_EQ(encode_hex({&raw, 1}, text), text + 2);
        std::snprintf(expected, sizeof expected, "%02x", byte);
        EXPECT_EQ(std::string_view(text, 2), expected);
    }
}

TEST(HexText, FormatsUuids) {
    unsigned char uuid[16];
    for (int index = 0; index < 16; ++index) uuid[index] = static_cast<unsigned char>(17 * index);
    char text[kUuidTextSize];
    format_uuid(uuid, text);
    EXPECT_EQ(std::string_view(text, kUuidTextSize), "00112233-4455-6677-8899-aabbccddeeff");
}

}  // namespace
}  // namespace outflow::core
