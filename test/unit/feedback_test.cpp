#include "source/feedback.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

std::uint64_t number(const StatusMessage &message, int at) {
    std::uint64_t value = 0;
    for (int byte = 0; byte < 8; ++byte)
        value = value << 8 | static_cast<unsigned char>(message[at + byte]);
    return value;
}

constexpr core::EndLsn kNothingNew{100};

// A feedback that has told position 100 at time 0.
Feedback told() {
    Feedback feedback(10'000);
    feedback.compose(0, 0, kNothingNew);
    return feedback;
}

TEST(Feedback, TellsWhatIsConfirmedNeverWhatWasMerelyReceived) {
    Feedback feedback(10'000);
    feedback.on_received({500});
    const StatusMessage message = feedback.compose(0, 946'684'800'000'123, {100});
    EXPECT_EQ(message[0], 'r');
    EXPECT_EQ(number(message, 1), 500u) << "written";
    EXPECT_EQ(number(message, 9), 100u) << "flushed";
    EXPECT_EQ(number(message, 17), 100u) << "applied";
    EXPECT_EQ(number(message, 25), 123u) << "microseconds since 2000";
    EXPECT_EQ(message[33], 0);
}

TEST(Feedback, SpeaksUpAtLeastOnceAnInterval) {
    const Feedback feedback = told();
    EXPECT_FALSE(feedback.due(9'999, kNothingNew));
    EXPECT_TRUE(feedback.due(10'000, kNothingNew));
}

TEST(Feedback, NewsWaitAtMostASecond) {
    const Feedback feedback = told();
    EXPECT_FALSE(feedback.due(999, {200}));
    EXPECT_TRUE(feedback.due(1'000, {200}));
}

TEST(Feedback, ARequestIsAnsweredAtOnce) {
    Feedback feedback = told();
    feedback.on_request();
    EXPECT_TRUE(feedback.due(1, kNothingNew));
    feedback.compose(1, 0, kNothingNew);
    EXPECT_FALSE(feedback.due(2, kNothingNew));
}

TEST(Feedback, NewsAreToldAtOnceToAServerThatAskedForThem) {
    Feedback feedback = told();
    feedback.on_request();
    feedback.compose(1, 0, kNothingNew);
    EXPECT_TRUE(feedback.due(2, {200}));
}

TEST(Feedback, AServerThatAsksWithoutPauseIsAnsweredTenTimesASecond) {
    Feedback feedback = told();
    feedback.on_request();
    feedback.compose(1, 0, kNothingNew);
    EXPECT_EQ(feedback.stalled_since_ms(), 1);
    feedback.on_request();
    EXPECT_FALSE(feedback.due(50, kNothingNew));
    EXPECT_TRUE(feedback.due(101, kNothingNew));
    feedback.compose(101, 0, kNothingNew);
    EXPECT_EQ(feedback.stalled_since_ms(), 1);
    feedback.compose(102, 0, {200});
    EXPECT_EQ(feedback.stalled_since_ms(), -1);
}

TEST(Feedback, ThePositionNeverGoesBack) {
    Feedback feedback = told();
    const StatusMessage message = feedback.compose(1, 0, {50});
    EXPECT_EQ(number(message, 9), 100u);
}

}  // namespace
}  // namespace outflow::relay
