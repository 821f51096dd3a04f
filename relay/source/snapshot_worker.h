// SnapshotWorker: one connection that sees the exported snapshot and copies one table after the
// other. It never waits: the source thread polls the sockets of all workers.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "source/connection.h"

namespace outflow::relay {

class SnapshotWorker {
 public:
    // Imports the snapshot. Throws StartupError, TransientError, ServerError, Interrupted.
    SnapshotWorker(const SourceSettings &settings, const std::string &exported);

    Connection *sql() { return &sql_; }
    int socket() const { return sql_.socket(); }

    bool busy() const { return state_ != State::kIdle; }
    std::size_t table() const { return table_; }
    void start(std::size_t table, const std::string &copy);

    enum class Progress {
        kWaiting,  // nothing more has arrived
        kEnded,    // the table's last row was handed over
        kRefused,  // `take` returned false
    };
    using Take = std::function<bool(std::string_view copy_data)>;
    // Reads the socket once and hands over what is complete. Throws ServerError.
    Progress read(const Take &take);

    // Ends the transaction.
    void commit();

 private:
    enum class State { kIdle, kStarting, kCopying, kEnding };
    Progress hand_over(const Take &take);
    void take_answer();

    Connection sql_;
    State state_ = State::kIdle;
    std::size_t table_ = 0;
};

}  // namespace outflow::relay
