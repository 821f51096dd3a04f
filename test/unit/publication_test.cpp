#include "source/publication.h"

#include <gtest/gtest.h>

#include "source/replica_identity.h"

namespace outflow::relay {
namespace {

std::string clauses(std::optional<std::vector<std::string>> skipped, bool via_root = false) {
    PublicationPlan plan;
    plan.skipped = std::move(skipped);
    plan.via_root = via_root;
    return publication_clauses(plan);
}

TEST(Publication, PublishesEverythingUnlessOperationsAreSkippedExplicitly) {
    EXPECT_EQ(clauses(std::nullopt), "");
    EXPECT_EQ(clauses({{"none"}}), "");
    EXPECT_EQ(clauses({{"t"}}), " WITH (publish = 'insert, update, delete')");
    EXPECT_EQ(clauses({{"c", "d"}}), " WITH (publish = 'update, truncate')");
    EXPECT_EQ(clauses({{"r"}}), " WITH (publish = 'insert, update, delete, truncate')");
    EXPECT_EQ(clauses({{"c", "u", "d", "t"}}), " WITH (publish = '')");
}

TEST(Publication, PublishesViaTheRootWhenToldSo) {
    EXPECT_EQ(clauses(std::nullopt, true), " WITH (publish_via_partition_root = true)");
    EXPECT_EQ(clauses({{"u", "d", "t"}}, true),
              " WITH (publish_via_partition_root = true, publish = 'insert')");
}

TEST(ReplicaIdentity, RulesAreReadAsDebeziumReadsThem) {
    EXPECT_TRUE(parse_identity_rules("").empty());
    const auto rules = parse_identity_rules(
        "shop.orders:FULL, shop\\.a.*:DEFAULT,b.c:INDEX By_Index , d.e:nothing");
    ASSERT_EQ(rules.size(), 4U);
    EXPECT_EQ(rules[0].tables, "shop.orders");
    EXPECT_EQ(rules[0].identity, "FULL");
    EXPECT_EQ(rules[1].tables, "shop\\.a.*");
    EXPECT_EQ(rules[1].identity, "DEFAULT");
    EXPECT_EQ(rules[2].identity, "USING INDEX \"by_index\"");
    EXPECT_EQ(rules[3].identity, "NOTHING");
}

TEST(ReplicaIdentity, RefusesWhatIsNoRule) {
    for (const char *text :
         {"shop.orders", "shop.orders:", ":FULL", "a.b:SOME", "a.b:INDEX", "a.b:INDEX ",
          "a.b:INDEX x y", "a.b:FULL,", "a b.c:FULL", "a.b:INDEX x\";--"})
        EXPECT_THROW(parse_identity_rules(text), StartupError) << text;
}

}  // namespace
}  // namespace outflow::relay
