// Shutdown: SIGTERM and SIGINT. The first asks the relay to finish at the next commit boundary; the
// second ends the process at once with 128 + signal: the open Kafka transaction is then aborted by
// the next start, and nothing is lost. One per process.
#pragma once

namespace outflow::relay {

class Shutdown {
 public:
    // Installs the handlers; SIGPIPE is ignored (a lost socket is an error code here).
    static void install();
    static bool requested();
    // An eventfd that is readable once and whenever the signal arrives, for poll(); drained by
    // clear_wake(). The channel uses it too.
    static int wake_fd();
    static void clear_wake();
    // Sleeps up to `milliseconds`; false when shutdown was asked for.
    static bool sleep(int milliseconds);
};

}  // namespace outflow::relay
