// The names of the properties that transform columns (extension/core/column_rule.h).
#include "core/column_rule.h"

#include <gtest/gtest.h>

#include <string>

namespace outflow::core {
namespace {

ColumnRuleName parsed(std::string_view property) {
    ColumnRuleName rule;
    EXPECT_EQ(parse_column_rule(property, &rule), "") << property;
    return rule;
}

std::string problem(std::string_view property) {
    ColumnRuleName rule;
    return std::string(parse_column_rule(property, &rule));
}

TEST(ColumnRule, ReadsLengths) {
    EXPECT_EQ(parsed("column.truncate.to.20.chars").kind, ColumnRuleKind::kTruncate);
    EXPECT_EQ(parsed("column.truncate.to.20.chars").length, 20);
    EXPECT_EQ(parsed("column.truncate.to.2147483647.chars").length, 2147483647);
    EXPECT_EQ(parsed("column.mask.with.0.chars").kind, ColumnRuleKind::kMask);
    EXPECT_EQ(parsed("column.mask.with.0.chars").length, 0);
}

TEST(ColumnRule, RefusesWhatIsNoLength) {
    for (const char *property :
         {"column.truncate.to.chars", "column.truncate.to..chars", "column.truncate.to.-1.chars",
          "column.truncate.to.x.chars", "column.truncate.to.5.char",
          "column.truncate.to.2147483648.chars"})
        EXPECT_NE(problem(property).find("column.truncate.to.LENGTH.chars"), std::string::npos)
            << property;
    for (const char *property : {"column.mask.with.5", "column.mask.with.65537.chars"})
        EXPECT_NE(problem(property).find("column.mask.with.LENGTH.chars"), std::string::npos)
            << property;
}

TEST(ColumnRule, ReadsAlgorithmAndSalt) {
    const ColumnRuleName rule = parsed("column.mask.hash.SHA-256.with.salt.CzQM.A0c.B5");
    EXPECT_EQ(rule.kind, ColumnRuleKind::kHash);
    EXPECT_EQ(rule.algorithm, DigestAlgorithm::kSha256);
    EXPECT_EQ(rule.salt, "CzQM.A0c.B5");
    EXPECT_EQ(parsed("column.mask.hash.v2.md5.with.salt.x").kind, ColumnRuleKind::kHashV2);
    EXPECT_EQ(parsed("column.mask.hash.v2.md5.with.salt.x").algorithm, DigestAlgorithm::kMd5);
    EXPECT_EQ(parsed("column.mask.hash.sha1.with.salt. ").salt, " ");
}

TEST(ColumnRule, NamesTheAlgorithmsItHas) {
    EXPECT_NE(problem("column.mask.hash.SHA3-256.with.salt.x").find("SHA-224, SHA-256"),
              std::string::npos);
    EXPECT_NE(problem("column.mask.hash.v2.MD2.with.salt.x").find("SHA-224, SHA-256"),
              std::string::npos);
}

TEST(ColumnRule, RefusesAHashWithoutItsParts) {
    for (const char *property :
         {"column.mask.hash.", "column.mask.hash.SHA-256", "column.mask.hash.SHA-256.with.salt.",
          "column.mask.hash..with.salt.x", "column.mask.hash.v2.with.salt.x"})
        EXPECT_NE(problem(property).find("with.salt.SALT"), std::string::npos) << property;
}

TEST(ColumnRule, KnowsTheOnesWithoutParameters) {
    EXPECT_EQ(parsed("column.propagate.source.type").kind, ColumnRuleKind::kSourceType);
    EXPECT_EQ(parsed("datatype.propagate.source.type").kind, ColumnRuleKind::kSourceTypeOfDatatype);
    EXPECT_NE(problem("column.include.list"), "");
}

TEST(ColumnRule, OnlyFamiliesNeedTheWayAroundLongNames) {
    EXPECT_TRUE(is_column_rule_family("column.mask.hash.SHA-256.with.salt.x"));
    EXPECT_TRUE(is_column_rule_family("column.mask.with.3.chars"));
    EXPECT_TRUE(is_column_rule_family("column.truncate.to.3.chars"));
    EXPECT_FALSE(is_column_rule_family("column.propagate.source.type"));
}

TEST(ColumnRule, TakesPairsOfLines) {
    std::string_view rules = "column.mask.with.3.chars\ns.t.a, s.t.b\ncolumn.truncate.to.5.chars\n";
    std::string_view property;
    std::string_view value;
    ASSERT_TRUE(take_column_rule(&rules, &property, &value));
    EXPECT_EQ(property, "column.mask.with.3.chars");
    EXPECT_EQ(value, "s.t.a, s.t.b");
    ASSERT_TRUE(take_column_rule(&rules, &property, &value));
    EXPECT_EQ(property, "column.truncate.to.5.chars");
    EXPECT_EQ(value, "");
    EXPECT_FALSE(take_column_rule(&rules, &property, &value));
    rules = "column.mask.with.3.chars";
    EXPECT_FALSE(take_column_rule(&rules, &property, &value));
    EXPECT_EQ(rules, "column.mask.with.3.chars");
}

}  // namespace
}  // namespace outflow::core
