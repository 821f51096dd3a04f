#include "event/byte_budget.h"

#include <unistd.h>

#include <cstdint>

namespace outflow::relay {

void ByteBudget::give_back(std::size_t bytes) {
    // Sequentially consistent with may_read: either it sees the bytes, or we see that it waits.
    const std::size_t used = used_.fetch_sub(bytes) - bytes;
    if (used > resume_below() || !source_waits_.load()) return;
    if (!source_waits_.exchange(false) || wake_fd_ < 0) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(wake_fd_, &one, sizeof one);
}

bool ByteBudget::may_read() {
    if (used_.load() < limit_) return true;
    source_waits_.store(true);
    // Everything may have been given back between the two lines above.
    return used_.load() <= resume_below();
}

}  // namespace outflow::relay
