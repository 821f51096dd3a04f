#include "app/transforms.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/transform_table.h"

namespace outflow::relay {
namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kRegexRouter = "org.apache.kafka.connect.transforms.RegexRouter";
TransformsResult read(const Options &properties) {
    TransformSettings settings;
    for (const auto &[key, value] : properties) settings[key] = {value, "file"};
    return read_transforms(settings);
}

std::string first_failure(const Options &properties) {
    const TransformsResult result = read(properties);
    return result.failures.empty() ? "" : result.failures.front().message;
}

// One router with the alias u, and more.
Options router_with(Options more) {
    more.insert(more.begin(), {{"transforms", "u"},
                               {"transforms.u.type", std::string(kRegexRouter)},
                               {"transforms.u.regex", "x"},
                               {"transforms.u.replacement", "y"}});
    return more;
}

TEST(Transforms, ComeWithoutTheUsersAliasesAndInOrder) {
    const TransformsResult result = read({{"transforms", "b, a"},
                                          {"transforms.a.type", std::string(kRegexRouter)},
                                          {"transforms.a.regex", "z"},
                                          {"transforms.a.replacement", "w"},
                                          {"transforms.b.type", std::string(kRegexRouter)},
                                          {"transforms.b.regex", "x(.*)"},
                                          {"transforms.b.replacement", "y$1"}});
    EXPECT_TRUE(result.failures.empty());
    EXPECT_EQ(result.options, (Options{{"outflow.transforms", "regex,regex.2"},
                                       {"regex.regex", "x(.*)"},
                                       {"regex.replacement", "y$1"},
                                       {"regex.2.regex", "z"},
                                       {"regex.2.replacement", "w"}}));
    EXPECT_TRUE(result.routes);
    EXPECT_FALSE(read({}).routes);
}

TEST(Transforms, GiveThePatternOfTheirPredicate) {
    const TransformsResult result = read(router_with(
        {{"transforms.u.predicate", "p"},
         {"transforms.u.negate", "TRUE"},
         {"predicates", "p"},
         {"predicates.p.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches"},
         {"predicates.p.pattern", "shop\\..*"}}));
    EXPECT_TRUE(result.failures.empty());
    EXPECT_EQ(result.options, (Options{{"outflow.transforms", "regex"},
                                       {"regex.negate", "true"},
                                       {"regex.predicate", "shop\\..*"},
                                       {"regex.regex", "x"},
                                       {"regex.replacement", "y"}}));
}

TEST(Transforms, ThatOutflowDoesNotHaveAreRefusedWithThoseItHas) {
    for (const std::string java_class : {"io.debezium.transforms.Filter",
                                         "org.apache.kafka.connect.transforms.HoistField$Value"}) {
        const TransformsResult result = read({{"transforms", "f"},
                                              {"transforms.f.type", java_class},
                                              {"transforms.f.condition", "x"}});
        ASSERT_EQ(result.failures.size(), 1U);
        EXPECT_EQ(result.failures[0].spec, error::kUnsupportedProperty);
        EXPECT_NE(result.failures[0].message.find(java_class), std::string::npos);
        for (const core::TransformType &type : core::transform_types())
            EXPECT_NE(result.failures[0].next.find(type.java_class), std::string::npos);
    }
}

TEST(Transforms, RefuseWhatIsMissingWrongOrUnknown) {
    EXPECT_EQ(first_failure({{"transforms", "a"}}), "\"transforms.a.type\" is required");
    EXPECT_EQ(first_failure({{"transforms", "a"},
                             {"transforms.a.type", std::string(kRegexRouter)},
                             {"transforms.a.regex", "x"}}),
              "\"transforms.a.replacement\" is required");
    EXPECT_EQ(first_failure(router_with({{"transforms.u.replacment", "z"}})),
              "unknown property \"transforms.u.replacment\" (file) of transform "
              "org.apache.kafka.connect.transforms.RegexRouter; did you mean \"replacement\"?");
    EXPECT_EQ(first_failure(router_with({{"transforms.u.negate", "maybe"}})),
              "\"maybe\" is not a valid value of \"transforms.u.negate\" (file): expected "
              "true|false");
    EXPECT_EQ(first_failure(router_with({{"transforms.u.predicate", "p"}})),
              "\"transforms.u.predicate\" (file) names a predicate that is not in \"predicates\"");
    for (const std::string predicate : {"RecordIsTombstone", "HasHeaderKey"}) {
        const std::string java_class =
            "org.apache.kafka.connect.transforms.predicates." + predicate;
        EXPECT_EQ(first_failure(router_with({{"transforms.u.predicate", "p"},
                                             {"predicates", "p"},
                                             {"predicates.p.type", java_class},
                                             {"predicates.p.name", "h"}})),
                  "predicate " + java_class + " of \"predicates.p.type\" is not in Outflow");
    }
}

// One ExtractNewRecordState with the alias u, and more.
Options unwrap_with(Options more) {
    more.insert(more.begin(),
                {{"transforms", "u"},
                 {"transforms.u.type", "io.debezium.transforms.ExtractNewRecordState"}});
    return more;
}

TEST(Transforms, KnowTheOldNamesOfUnwrap) {
    const TransformsResult result =
        read(unwrap_with({{"transforms.u.drop.tombstones", "false"},
                          {"transforms.u.delete.handling.mode", "rewrite"}}));
    EXPECT_EQ(result.options,
              (Options{{"outflow.transforms", "unwrap"},
                       {"unwrap.delete.tombstone.handling.mode", "rewrite-with-tombstone"}}));
    EXPECT_EQ(result.old_names.size(), 1U);
    EXPECT_EQ(first_failure(unwrap_with({{"transforms.u.delete.handling.mode", "keep"}})),
              "\"transforms.u.delete.handling.mode=keep\" with "
              "\"transforms.u.drop.tombstones=true\" is not known");
}

TEST(Transforms, PreferTheNewNameToTheOld) {
    const TransformsResult result =
        read(unwrap_with({{"transforms.u.drop.tombstones", "false"},
                          {"transforms.u.delete.tombstone.handling.mode", "drop"}}));
    EXPECT_EQ(result.options, (Options{{"outflow.transforms", "unwrap"},
                                       {"unwrap.delete.tombstone.handling.mode", "drop"}}));
    EXPECT_TRUE(result.old_names.empty());
}

TEST(Transforms, ShareTopicsWhenAColumnNamesThem) {
    EXPECT_FALSE(read(unwrap_with({})).routes);
    EXPECT_TRUE(read(unwrap_with({{"transforms.u.route.by.field", "kind"}})).routes);
}

TEST(Transforms, TellWhichPropertiesHaveNoEffect) {
    const TransformsResult result =
        read(router_with({{"transforms.other.type", "x"}, {"predicates.p.type", "y"}}));
    EXPECT_TRUE(result.failures.empty());
    EXPECT_EQ(result.no_effect,
              (std::vector<std::string>{"predicates.p.type", "transforms.other.type"}));
}

TEST(TransformTable, NamesFitIntoTheOptionsOfAReplicationCommand) {
    constexpr std::size_t kLongest = 63;
    for (const core::TransformType &type : core::transform_types()) {
        for (const core::OptionSpec &spec : type.properties)
            EXPECT_LE(type.word.size() + std::string_view(".99.").size() + spec.name.size(),
                      kLongest)
                << spec.name;
    }
}

TEST(TransformTable, FindsATypeByWordWithOrWithoutANumber) {
    EXPECT_EQ(core::find_transform_word("regex")->word, "regex");
    EXPECT_EQ(core::find_transform_word("regex.2")->word, "regex");
    EXPECT_EQ(core::find_transform_word("regexx"), nullptr);
    EXPECT_EQ(core::find_transform_word("regex."), nullptr);
    EXPECT_EQ(core::find_transform_word(""), nullptr);
}

}  // namespace
}  // namespace outflow::relay
