#include "source/feedback.h"

#include <algorithm>

namespace outflow::relay {
namespace {

constexpr std::int64_t kPostgresEpochUs = 946'684'800'000'000;  // 2000-01-01 in Unix time

void put_big_endian(char *at, std::uint64_t value) {
    for (int byte = 7; byte >= 0; --byte, value >>= 8) at[byte] = static_cast<char>(value & 0xFF);
}

}  // namespace

bool Feedback::due(std::int64_t now_ms, core::EndLsn confirmed) const {
    return patience_ms(now_ms, confirmed) <= 0;
}

std::int64_t Feedback::patience_ms(std::int64_t now_ms, core::EndLsn confirmed) const {
    const bool news = confirmed > told_;
    // A server that waits for us asks again as soon as it is answered: without news, not faster
    // than ten times a second.
    std::int64_t wait = interval_ms_;
    if (news) wait = std::min(wait, requested_ || awaited_ ? 0 : kNewsMs);
    if (requested_) wait = std::min(wait, awaited_ && !news ? kRepeatMs : 0);
    return sent_ms_ + wait - now_ms;
}

StatusMessage Feedback::compose(std::int64_t now_ms, std::int64_t wall_clock_us,
                                core::EndLsn confirmed) {
    const bool news = confirmed > told_;
    if (news) {
        told_ = confirmed;
        awaited_ = false;
        stalled_since_ms_ = -1;
    } else if (requested_) {
        awaited_ = true;
        if (stalled_since_ms_ < 0) stalled_since_ms_ = now_ms;
    }
    requested_ = false;
    sent_ms_ = now_ms;

    StatusMessage message;
    message[0] = 'r';
    const std::uint64_t written = std::max(received_.value, told_.value);
    put_big_endian(&message[1], written);
    put_big_endian(&message[9], told_.value);   // flush
    put_big_endian(&message[17], told_.value);  // apply
    put_big_endian(&message[25], static_cast<std::uint64_t>(wall_clock_us - kPostgresEpochUs));
    message[33] = 0;  // no reply wanted
    return message;
}

}  // namespace outflow::relay
