#include "route/topic_router.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

std::string topic_of(TopicRouter *router, std::string_view schema, std::string_view table) {
    std::string topic;
    const auto failure = router->route(schema, table, &topic);
    return failure ? std::string(failure->spec->code) : topic;
}

TEST(TopicRouter, JoinsPrefixSchemaAndTable) {
    TopicRouter router("shop", ".");
    EXPECT_EQ(topic_of(&router, "public", "orders"), "shop.public.orders");
    EXPECT_EQ(topic_of(&router, "Odd Schema", "Täble $1"), "shop.Odd_Schema.T_ble__1");
    EXPECT_EQ(router.message_topic(), "shop.message");
}

TEST(TopicRouter, GivesTheSameTopicAgain) {
    TopicRouter router("shop", "-");
    EXPECT_EQ(topic_of(&router, "public", "orders"), "shop-public-orders");
    EXPECT_EQ(topic_of(&router, "public", "orders"), "shop-public-orders");
}

TEST(TopicRouter, RefusesTwoTablesWithOneTopicAndNamesBoth) {
    TopicRouter router("shop", ".");
    EXPECT_EQ(topic_of(&router, "public", "a b"), "shop.public.a_b");
    std::string topic;
    const auto failure = router.route("public", "a_b", &topic);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->spec, error::kTopicCollision);
    EXPECT_NE(failure->message.find(R"("public"."a b")"), std::string::npos) << failure->message;
    EXPECT_NE(failure->message.find(R"("public"."a_b")"), std::string::npos) << failure->message;
}

TEST(TopicRouter, TellsAQuotedNameFromTwoNames) {
    TopicRouter router("shop", ".");
    EXPECT_EQ(topic_of(&router, "a.b", "c"), "shop.a.b.c");
    EXPECT_EQ(topic_of(&router, "a", "b.c"), "OUT-1108");
}

}  // namespace
}  // namespace outflow::relay
