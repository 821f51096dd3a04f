// Connection: one connection to PostgreSQL, SQL or replication, with the session settings that make
// its text the same everywhere. Source thread. A wait for an answer ends when the relay is told to
// stop: then Interrupted is thrown.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "source/server_error.h"

namespace outflow::relay {

// What every connection is made with; decided once from the configuration.
struct SourceSettings {
    Properties parameters;  // libpq keywords
    std::string application_name;
    bool allow_plugin = false;  // send output_plugin_libraries (outflow.auto.allow.plugin)
    std::vector<std::string> initial_statements;  // database.initial.statements
    ServerContext context;                        // for messages
};

// database.initial.statements: SQL between `;`; `;;` is a semicolon of the statement.
std::vector<std::string> split_statements(std::string_view text);

SourceSettings source_settings(const Config &config, const std::string &transactional_id);

class Result {
 public:
    explicit Result(PGresult *result) : result_(result) {}

    int rows() const { return PQntuples(result_.get()); }
    bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
    std::string_view text(int row, int column) const {
        return {PQgetvalue(result_.get(), row, column),
                static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
    }
    std::string string(int row, int column) const { return std::string(text(row, column)); }
    bool boolean(int row, int column) const { return text(row, column) == "t"; }
    std::uint64_t lsn(int row, int column) const;  // 0 for null
    int integer(int row, int column) const;
    PGresult *get() const { return result_.get(); }

 private:
    struct Clear {
        void operator()(PGresult *result) const { PQclear(result); }
    };
    std::unique_ptr<PGresult, Clear> result_;
};

class Connection {
 public:
    enum class Kind : std::uint8_t { kSql, kReplication };

    // Throws StartupError or TransientError.
    Connection(const SourceSettings &settings, Kind kind);

    // Throws ServerError; Interrupted.
    Result query(const std::string &sql);
    Result query(const std::string &sql, const std::vector<std::string> &parameters);
    // A command that may answer with COPY.
    Result start_copy(const std::string &sql);

    std::string literal(std::string_view text) const;
    std::string identifier(std::string_view text) const;

    int server_version() const { return PQserverVersion(connection_.get()); }
    int socket() const { return PQsocket(connection_.get()); }
    PGconn *get() { return connection_.get(); }

 private:
    void connect(const SourceSettings &settings, Kind kind);
    void run_initial_statements(const SourceSettings &settings);
    Result await_result();
    void cancel();
    void await_socket(short events);

    struct Finish {
        void operator()(PGconn *connection) const { PQfinish(connection); }
    };
    std::unique_ptr<PGconn, Finish> connection_;
};

// `ARRAY['a','1','b','2']` for the SQL functions that take option pairs.
std::string option_array(const Connection &connection, const Properties &options);

}  // namespace outflow::relay
