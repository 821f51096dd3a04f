#include "route/topic_router.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

TEST(TopicRouter, GivesATopicToOneTableAgainAndAgain) {
    TopicRouter router;
    EXPECT_FALSE(router.claim("public", "orders", "shop.public.orders"));
    EXPECT_FALSE(router.claim("public", "orders", "shop.public.orders"));
}

TEST(TopicRouter, RefusesTwoTablesWithOneTopicAndNamesBoth) {
    TopicRouter router;
    EXPECT_FALSE(router.claim("public", "a b", "shop.public.a_b"));
    const auto failure = router.claim("public", "a_b", "shop.public.a_b");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->spec, error::kTopicCollision);
    EXPECT_NE(failure->message.find(R"("public"."a b")"), std::string::npos) << failure->message;
    EXPECT_NE(failure->message.find(R"("public"."a_b")"), std::string::npos) << failure->message;
}

TEST(TopicRouter, TellsAQuotedNameFromTwoNames) {
    TopicRouter router;
    EXPECT_FALSE(router.claim("a.b", "c", "shop.a.b.c"));
    EXPECT_TRUE(router.claim("a", "b.c", "shop.a.b.c"));
}

TEST(TopicRouter, LetsWhatIsNoTableShareATopic) {
    TopicRouter router;
    EXPECT_FALSE(router.claim("public", "message", "shop.message"));
    EXPECT_FALSE(router.claim({}, {}, "shop.message"));
}

TEST(TopicRouter, LetsTablesShareATopicWhereAPatternSendsThemThere) {
    TopicRouter router(true);
    EXPECT_FALSE(router.claim("public", "orders_1", "shop.orders"));
    EXPECT_FALSE(router.claim("public", "orders_2", "shop.orders"));
}

TEST(TopicRouter, LetsACollisionPassThatARenameHasEnded) {
    TopicRouter router;
    EXPECT_FALSE(router.claim("public", "a b", "shop.public.a_b"));
    router.claim_past("public", "a_b", "shop.public.a_b");
    EXPECT_TRUE(router.claim("public", "a_b", "shop.public.a_b"));
}

}  // namespace
}  // namespace outflow::relay
