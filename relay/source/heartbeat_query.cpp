#include "source/heartbeat_query.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "app/log.h"

namespace outflow::relay {
namespace {

constexpr std::int64_t kBusyLookMs = 100;
constexpr std::int64_t kTellAgainMs = 60'000;

bool is_copy(ExecStatusType status) {
    return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH;
}

}  // namespace

void HeartbeatQuery::tick(std::int64_t now_ms) {
    now_ms_ = now_ms;
    switch (state_) {
        case State::kIdle:
            if (now_ms < next_ms_) return;
            next_ms_ = now_ms + interval_ms_;
            begin();
            return;
        case State::kRunning:
            collect();
            return;
        case State::kConnecting:
            connect();
            return;
    }
}

std::int64_t HeartbeatQuery::patience_ms(std::int64_t now_ms) const {
    if (state_ != State::kIdle) return kBusyLookMs;
    return std::max<std::int64_t>(next_ms_ - now_ms, 0);
}

void HeartbeatQuery::begin() {
    if (broken_) {
        if (PQresetStart(sql_.get()) == 0) return fail(PQerrorMessage(sql_.get()));
        state_ = State::kConnecting;
        polling_ = PGRES_POLLING_WRITING;
        return;
    }
    const std::string text = fresh_ ? initial_ + query_ : query_;
    fresh_ = false;
    if (PQsendQuery(sql_.get(), text.c_str()) == 0) {
        broken_ = true;
        return fail(PQerrorMessage(sql_.get()));
    }
    state_ = State::kRunning;
}

void HeartbeatQuery::collect() {
    if (PQconsumeInput(sql_.get()) == 0) {
        broken_ = true;
        return fail(PQerrorMessage(sql_.get()));
    }
    while (PQisBusy(sql_.get()) == 0) {
        const Result result(PQgetResult(sql_.get()));
        if (result.get() == nullptr) {
            state_ = State::kIdle;
            return;
        }
        const ExecStatusType status = PQresultStatus(result.get());
        if (is_copy(status)) {
            broken_ = true;
            return fail("it copies, and nobody reads or writes the rows");
        }
        // The rest of a failed statement still comes.
        if (status == PGRES_FATAL_ERROR) fail(ServerError::of(result.get(), sql_.get()).text());
        if (PQstatus(sql_.get()) == CONNECTION_BAD) broken_ = true;
        if (broken_) return;
        state_ = State::kRunning;
    }
}

void HeartbeatQuery::connect() {
    const short events = polling_ == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    pollfd socket = {sql_.socket(), events, 0};
    if (poll(&socket, 1, 0) == 0) return;
    polling_ = PQresetPoll(sql_.get());
    if (polling_ == PGRES_POLLING_FAILED) return fail(PQerrorMessage(sql_.get()));
    if (polling_ != PGRES_POLLING_OK) return;
    broken_ = false;
    fresh_ = true;
    state_ = State::kIdle;
    next_ms_ = now_ms_;
}

void HeartbeatQuery::fail(std::string text) {
    state_ = State::kIdle;
    if (now_ms_ < quiet_until_ms_) return;
    quiet_until_ms_ = now_ms_ + kTellAgainMs;
    log_error("source", {.code = error::kHeartbeatQuery->code, .detail = std::move(text)},
              "heartbeat.action.query failed; it runs again after heartbeat.interval.ms");
}

}  // namespace outflow::relay
