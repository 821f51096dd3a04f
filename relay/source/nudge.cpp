#include "source/nudge.h"

namespace outflow::relay {
namespace {

constexpr std::int64_t kEveryMs = 500;

}  // namespace

// A failure (a standby takes no xids) costs patience only.
void Nudge::tick(std::int64_t now_ms) {
    if (now_ms < next_ms_) return;
    next_ms_ = now_ms + kEveryMs;
    if (PQconsumeInput(sql_.get()) == 0) return;
    while (PQisBusy(sql_.get()) == 0) {
        PGresult *result = PQgetResult(sql_.get());
        if (result == nullptr) {
            PQsendQuery(sql_.get(), "SELECT pg_catalog.pg_current_xact_id()");
            return;
        }
        PQclear(result);
    }
}

}  // namespace outflow::relay
