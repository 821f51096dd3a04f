#include "core/json_expansion.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

// An expansion with memory.
struct Expander {
    JsonExpansion expansion;

    Expander() {
        lend(&expansion.tree.nodes);
        lend(&expansion.tree.texts);
        lend(&expansion.tree.indexes);
        lend(&expansion.schemas);
        lend(&expansion.fields);
    }
    static void lend(ByteSink *sink) {
        sink->grow = [](ByteSink *self, std::size_t extra) {
            self->capacity = 2 * self->capacity + extra;
            self->data = static_cast<char *>(std::realloc(self->data, self->capacity));
        };
    }
    ~Expander() {
        for (ByteSink *sink : {&expansion.tree.nodes, &expansion.tree.texts,
                               &expansion.tree.indexes, &expansion.schemas, &expansion.fields})
            std::free(sink->data);
    }

    // The value, or what became of it.
    std::string value(std::string_view json, bool keep_nulls = false) {
        switch (expansion.read(json, "payload", keep_nulls)) {
            case JsonExpansion::Result::kNotJson:
                return "text";
            case JsonExpansion::Result::kUntyped:
                return "untyped";
            case JsonExpansion::Result::kExpanded:
                break;
        }
        StringSink sink;
        return expansion.write_value(&sink, expansion.whole()) ? sink.str() : "misfit";
    }
    std::string schema(std::string_view json, bool keep_nulls = false) {
        EXPECT_EQ(expansion.read(json, "payload", keep_nulls), JsonExpansion::Result::kExpanded);
        StringSink sink;
        expansion.write_schema(&sink, expansion.whole(), {});
        return sink.str();
    }
};

TEST(JsonExpansion, TakesValuesAsJacksonDoes) {
    Expander of;
    EXPECT_EQ(of.value(R"({"a": 1, "b": "x\u00e9\n", "c": [true, false], "d": {"e": 1.50}})"),
              R"({"a":1,"b":"xé\n","c":[true,false],"d":{"e":1.5}})");
    EXPECT_EQ(of.value(R"({"a":-0,"b":1e2,"c":9223372036854775807})"),
              R"({"a":0,"b":100.0,"c":9223372036854775807})");
    EXPECT_EQ(of.value(R"({"a":"\ud83d\ude00"})"), R"({"a":"\uD83D\uDE00"})");
    EXPECT_EQ(of.value(R"({"a":1} and more)"), R"({"a":1})");
    EXPECT_EQ(of.value(R"({"a":1,"b":2,"a":{"c":3}})"), R"({"a":{"c":3},"b":2})");
    EXPECT_EQ(of.value("{}"), "{}");
}

TEST(JsonExpansion, DropsWhatHasNoType) {
    Expander of;
    EXPECT_EQ(of.value(R"({"a":null,"b":[],"c":{}})"), R"({"c":{}})");
    EXPECT_EQ(of.value(R"({"a":null,"b":[null]})", true), R"({"a":null,"b":[null]})");
    EXPECT_EQ(of.value(R"({"b":[null]})"), "text");
    EXPECT_EQ(of.value(R"({"b":[1,null]})"), R"({"b":[1,null]})");
}

TEST(JsonExpansion, MergesTheObjectsOfAnArray) {
    Expander of;
    EXPECT_EQ(of.value(R"({"a":[{"x":1},{"y":"s"}]})"),
              R"({"a":[{"x":1,"y":null},{"x":null,"y":"s"}]})");
    EXPECT_EQ(of.value(R"({"a":[{"x":1},{"x":"s"}]})"), "misfit");
    EXPECT_EQ(of.value(R"({"a":[{"x":null},{"x":"s"}]})", true), R"({"a":[{"x":null},{"x":"s"}]})");
    EXPECT_EQ(of.value(R"({"a":[{"x":1},null]})"), R"({"a":[{"x":1},null]})");
    EXPECT_EQ(of.value(R"({"a":[{"x":1},{"y":1},null]})"), "misfit");
    EXPECT_EQ(of.value(R"({"a":[{"n":{"p":1}},{"n":{"q":1}}]})"),
              R"({"a":[{"n":{"p":1}},{"n":{"p":null}}]})");
}

TEST(JsonExpansion, KeepsTheTextOfWhatTheReferenceCannotType) {
    Expander of;
    EXPECT_EQ(of.value("[]"), "untyped");
    for (const char *json : {"[1]",
                             R"([{"a":1}])",
                             R"({"a":[1,"x"]})",
                             R"({"a":[1,3000000000]})",
                             R"({"a":[1,1.5]})",
                             R"({"":1})",
                             R"({"a":[[]]})",
                             "",
                             "x",
                             "{",
                             R"({"a")",
                             R"({"a":01})",
                             R"({"a":1,})",
                             R"({"a":"\ud800"})",
                             R"({"a":.5})",
                             R"({"a":1.})",
                             "{\"a\":\"\n\"}",
                             R"({'a':1})",
                             R"({"a":NaN})",
                             R"({"a":tru})"})
        EXPECT_EQ(of.value(json), "text") << json;
    EXPECT_EQ(of.value(R"({"a":9223372036854775808})"), "misfit");
    EXPECT_EQ(of.value(R"({"a":[[1],["x"]]})"), "misfit");
}

TEST(JsonExpansion, NamesStructsByTheirPath) {
    Expander of;
    EXPECT_EQ(
        of.schema(R"({"d":{"e":{}},"f":[{"g":{}}],"h":[[{"i":{}}]]})"),
        R"({"type":"struct","fields":[{"type":"struct","fields":[{"type":"struct","fields":[],)"
        R"("optional":true,"name":"payload.d.e","field":"e"}],"optional":true,)"
        R"("name":"payload.d","field":"d"},{"type":"array","items":{"type":"struct","fields":)"
        R"([{"type":"struct","fields":[],"optional":true,"name":"payload.f.g","field":"g"}],)"
        R"("optional":true,"name":"payload.f"},"optional":true,"field":"f"},{"type":"array",)"
        R"("items":{"type":"array","items":{"type":"struct","fields":[{"type":"struct",)"
        R"("fields":[],"optional":true,"name":"i","field":"i"}],"optional":true},)"
        R"("optional":true},"optional":true,"field":"h"}],"optional":true,"name":"payload"})");
}

TEST(JsonExpansion, HasLimits) {
    Expander of;
    const auto nested = [](int depth) {
        return R"({"a":)" + std::string(static_cast<std::size_t>(depth - 1), '[') + "1" +
               std::string(static_cast<std::size_t>(depth - 1), ']') + "}";
    };
    EXPECT_NE(of.value(nested(kMaxJsonDepth)), "text");
    EXPECT_EQ(of.value(nested(kMaxJsonDepth + 1)), "text");
    EXPECT_EQ(of.value(R"({"a":)" + std::string(1001, '1') + "}"), "text");
    std::string many = R"({"a":[0)";
    for (std::uint32_t at = 0; at < kMaxJsonNodes; ++at) many += ",0";
    EXPECT_EQ(of.value(many + "]}"), "text");
}

TEST(JsonExpansion, FindsTheMembersOfLargeObjects) {
    Expander of;
    std::string json = "{";
    for (int at = 0; at < 3000; ++at) json += "\"k" + std::to_string(at) + "\":1,";
    EXPECT_EQ(of.value(json + R"("k7":2})").substr(50, 21), R"("k7":2,"k8":1,"k9":1,)");
}

TEST(JsonExpansion, GivesEqualSchemasOneFingerprint) {
    Expander of;
    const auto fingerprint = [&](std::string_view json) {
        EXPECT_EQ(of.expansion.read(json, "p", false), JsonExpansion::Result::kExpanded);
        return of.expansion.fingerprint(of.expansion.whole());
    };
    EXPECT_EQ(fingerprint(R"({"a":1,"b":["x"]})"), fingerprint(R"({"a":2,"b":["y","z"]})"));
    EXPECT_NE(fingerprint(R"({"a":1})"), fingerprint(R"({"a":"1"})"));
    EXPECT_NE(fingerprint(R"({"a":1})"), fingerprint(R"({"b":1})"));
    EXPECT_NE(fingerprint(R"({"a":[1]})"), fingerprint(R"({"a":[[1]]})"));
}

// Names that all meet at one place of an index of 64 slots and more, found by trying.
std::string colliding_members(std::uint32_t count, std::uint32_t mask) {
    std::string json;
    for (std::uint32_t found = 0, number = 0; found < count; ++number) {
        const std::string name = std::to_string(number);
        std::uint32_t hash = 2166136261u;
        for (const char byte : name) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
        if (((hash ^ hash >> 15) & mask) != 0) continue;
        json += (found++ == 0 ? "\"" : ",\"") + name + "\":1";
    }
    return "{" + json + "}";
}

TEST(JsonExpansion, FindsMembers) {
    Expander of;
    const JsonExpansion &expansion = of.expansion;
    ASSERT_EQ(of.expansion.read(R"({"a":1,"n":null,"s":{"b":[2]}})", "", false),
              JsonExpansion::Result::kExpanded);
    EXPECT_EQ(expansion.find_member("n").schema, 0u);
    EXPECT_EQ(expansion.find_member("b").schema, 0u);
    EXPECT_EQ(expansion.kind(expansion.find_member("a")), SchemaKind::kInt32);
    StringSink value, schema;
    EXPECT_TRUE(expansion.write_value(&value, expansion.find_member("s")));
    expansion.write_schema(&schema, expansion.find_member("s"), "f");
    EXPECT_EQ(value.str(), R"({"b":[2]})");
    EXPECT_EQ(schema.str(), R"({"type":"struct","fields":[{"type":"array","items":)"
                            R"({"type":"int32","optional":true},"optional":true,"field":"b"}],)"
                            R"("optional":true,"name":"s","field":"f"})");
}

TEST(JsonExpansion, DoesNotLetChosenNamesMakeItSlow) {
    Expander of;
    EXPECT_EQ(of.value(colliding_members(100, 0xFFFF)).size(),
              colliding_members(100, 0xFFFF).size());
    EXPECT_EQ(of.value(colliding_members(1100, 0xFFF)), "text");
}

TEST(JsonExpansion, DoesNotMergeObjectsOfTooManyMembers) {
    Expander of;
    std::string members = "{\"m0\":1";
    for (int at = 1; at <= 2000; ++at) members += ",\"m" + std::to_string(at) + "\":1";
    members += "}";
    EXPECT_EQ(of.value("{\"a\":[" + members + "]}"), "{\"a\":[" + members + "]}");
    EXPECT_EQ(of.value("{\"a\":[" + members + ",{}]}"), "text");
}

}  // namespace
}  // namespace outflow::core
