// The portable path of the JSON writer, which a machine with SSE2 never takes, against the other.
#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/string_sink.h"

namespace outflow::portable_core {
using core::ByteSink;
}

#undef __SSE2__
#define core portable_core  // a namespace of its own for the second copy
#include "../../extension/core/base64.cpp"
#include "../../extension/core/float_text.cpp"
#include "../../extension/core/hex_text.cpp"
#include "../../extension/core/json_writer.cpp"
#undef core

namespace outflow::core {
void write_json_string(ByteSink *sink, std::string_view utf8);
}

namespace outflow {
namespace {

TEST(JsonStringWithoutSse2, IsTheSameAsWithIt) {
    std::mt19937_64 random(1);
    const std::string_view frequent("\"\\\n\x00\x1f !#[]\x7f\xc3\xa9\xf0\x9f\x98\x80", 18);
    for (int round = 0; round < 100000; ++round) {
        std::string text(random() % 80, 'a');
        const std::uint64_t density = 1 + random() % 20;
        for (char &byte : text) {
            if (random() % density == 0) byte = frequent[random() % frequent.size()];
            if (random() % 50 == 0) byte = static_cast<char>(random());
        }
        core::StringSink expected;
        core::StringSink actual;
        core::write_json_string(&expected, text);
        portable_core::write_json_string(&actual, text);
        ASSERT_EQ(actual.view(), expected.view());
    }
}

}  // namespace
}  // namespace outflow
