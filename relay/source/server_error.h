// What PostgreSQL answers when it refuses: the raw error, and the one table that says what it means
// for the run. Used while starting; the running stream has its own, shorter list of ends.
#pragma once

#include <libpq-fe.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "app/error.h"

namespace outflow::relay {

// An error of the server, or of the way to it (then without SQLSTATE).
class ServerError : public std::runtime_error {
 public:
    ServerError(std::string sqlstate, std::string message, std::string detail, std::string hint);
    static ServerError of(const PGresult *result, const PGconn *connection);
    // From the text of a failed connection attempt made with verbose errors.
    static ServerError of_connection(std::string text);

    const std::string &sqlstate() const { return sqlstate_; }
    const std::string &message() const { return message_; }
    // "42501 permission denied … (hint: …)"
    std::string text() const;

 private:
    std::string sqlstate_;
    std::string message_;
    std::string detail_;
    std::string hint_;
};

// Worth another try: the server or a broker cannot be reached now, or is restarting.
class TransientError : public std::runtime_error {
 public:
    explicit TransientError(Failure failure);
    const Failure &failure() const { return failure_; }

 private:
    Failure failure_;
};

// The run was told to stop while it waited for an answer.
struct Interrupted {};

// What the fix-it statements have to name.
struct ServerContext {
    std::string user;
    std::string database;
    std::string slot;
    std::string where;  // host:port
};

// Throws StartupError or TransientError, as the error's row says. `doing`: "the slot x could not be
// created".
[[noreturn]] void explain(const ServerError &error, const ServerContext &context,
                          std::string_view doing);

// The same decision for a failure that is known already.
[[noreturn]] void throw_failure(Failure failure);

// Why the server ended a stream: OUT-1114 for what only a person can change, else OUT-2117.
const ErrorSpec *stream_error(const ServerError &error);

}  // namespace outflow::relay
