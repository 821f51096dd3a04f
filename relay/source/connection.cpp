#include "source/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <charconv>
#include <chrono>
#include <utility>

#include "app/log.h"
#include "app/shutdown.h"
#include "core/lsn.h"

namespace outflow::relay {
namespace {

constexpr int kConnectTimeoutMs = 10'000;

// Text of values must not depend on the role's or the database's settings, and nothing may cut a
// long statement or an idle exporting session off.
constexpr std::pair<std::string_view, std::string_view> kSessionSettings[] = {
    {"DateStyle", "ISO"},
    {"IntervalStyle", "postgres"},
    {"bytea_output", "hex"},
    {"extra_float_digits", "3"},
    {"TimeZone", "UTC"},
    {"row_security", "off"},
    {"statement_timeout", "0"},
    {"lock_timeout", "0"},
    {"idle_in_transaction_session_timeout", "0"},
};
constexpr std::string_view kAllowPlugin =
    " -c output_plugin_libraries=pgoutput,\\ test_decoding,\\ outflow";

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void on_notice(void *, const PGresult *result) {
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (message != nullptr) log_debug("source", "server notice: {}", message);
}

std::string value_of(const Properties &properties, std::string_view name) {
    std::string value;
    for (const auto &[key, text] : properties) {
        if (key == name) value = text;
    }
    return value;
}

// Tells relays of other configurations apart in pg_stat_activity; eight hexadecimal digits.
std::string relay_id(const std::string &transactional_id) {
    std::uint32_t hash = 0x811c9dc5;
    for (const char byte : transactional_id)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x01000193;
    return fmt::format("{:08x}", hash);
}

}  // namespace

SourceSettings source_settings(const Config &config, const std::string &transactional_id) {
    SourceSettings settings;
    settings.parameters = config.connection_parameters();
    const std::string slot = config.text("slot.name");
    // The server cuts names at 63 bytes: the id comes last and must fit.
    settings.application_name =
        fmt::format("outflow {} {}", slot.substr(0, 46), relay_id(transactional_id));
    settings.initial_statements = split_statements(config.text("database.initial.statements"));
    settings.allow_plugin = config.boolean("outflow.auto.allow.plugin");
    settings.context.user = value_of(settings.parameters, "user");
    settings.context.database = value_of(settings.parameters, "dbname");
    settings.context.slot = slot;
    const std::string port = value_of(settings.parameters, "port");
    settings.context.where =
        value_of(settings.parameters, "host") + (port.empty() ? "" : ":" + port);
    return settings;
}

std::vector<std::string> split_statements(std::string_view text) {
    std::vector<std::string> statements(1);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool doubled = text.substr(at, 2) == ";;";
        if (text[at] == ';' && !doubled) {
            statements.emplace_back();
            continue;
        }
        statements.back() += text[at];
        at += doubled;
    }
    std::erase_if(statements, [](const std::string &statement) {
        return statement.find_first_not_of(" \n\r\t") == std::string::npos;
    });
    return statements;
}

std::uint64_t Result::lsn(int row, int column) const {
    std::uint64_t lsn = 0;
    if (!is_null(row, column)) core::parse_lsn(text(row, column), &lsn);
    return lsn;
}

int Result::integer(int row, int column) const {
    int value = 0;
    const std::string_view digits = text(row, column);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

Connection::Connection(const SourceSettings &settings, Kind kind) {
    connect(settings, kind);
    if (PQstatus(connection_.get()) == CONNECTION_OK) {
        PQsetErrorVerbosity(connection_.get(), PQERRORS_DEFAULT);
        PQsetNoticeReceiver(connection_.get(), &on_notice, nullptr);
        if (kind == Kind::kSql) run_initial_statements(settings);
        return;
    }
    explain(ServerError::of_connection(PQerrorMessage(connection_.get())), settings.context,
            fmt::format("{} cannot be reached as {} in database {}", settings.context.where,
                        settings.context.user, settings.context.database));
}

void Connection::connect(const SourceSettings &settings, Kind kind) {
    Properties all = settings.parameters;
    std::string options = value_of(all, "options");
    for (const auto &[name, value] : kSessionSettings)
        options += fmt::format(" -c {}={}", name, value);
    if (settings.allow_plugin && kind == Kind::kReplication) options += kAllowPlugin;
    all.emplace_back("options", options);
    all.emplace_back("client_encoding", "UTF8");
    all.emplace_back("application_name", settings.application_name);
    if (kind == Kind::kReplication) all.emplace_back("replication", "database");

    std::vector<const char *> names;
    std::vector<const char *> values;
    for (const auto &[name, value] : all) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
    if (!connection_) throw std::bad_alloc();
    if (PQstatus(connection_.get()) == CONNECTION_BAD) return;
    PQsetErrorVerbosity(connection_.get(), PQERRORS_VERBOSE);

    const std::int64_t deadline = steady_ms() + kConnectTimeoutMs;
    auto state = PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        if (steady_ms() > deadline)
            explain({"08001", "no answer within 10 s", {}, {}}, settings.context,
                    fmt::format("{} does not answer", settings.context.where));
        await_socket(state == PGRES_POLLING_READING ? POLLIN : POLLOUT);
        state = PQconnectPoll(connection_.get());
    }
}

// What they set must not change the text of values.
void Connection::run_initial_statements(const SourceSettings &settings) {
    if (settings.initial_statements.empty()) return;
    try {
        for (const std::string &statement : settings.initial_statements) query(statement);
        for (const auto &[name, value] : kSessionSettings)
            query(fmt::format("SET {} = '{}'", name, value));
    } catch (const ServerError &error) {
        explain(error, settings.context, "database.initial.statements failed");
    }
}

// Wakes at least once a second, so that callers can look at their deadlines.
void Connection::await_socket(short events) {
    if (Shutdown::requested()) throw Interrupted();
    pollfd fds[2] = {{socket(), events, 0}, {Shutdown::wake_fd(), POLLIN, 0}};
    poll(fds, 2, 1000);
    if (fds[1].revents != 0) Shutdown::clear_wake();
    if (Shutdown::requested()) throw Interrupted();
}

// Creating a slot may wait for hours in the server, which does not notice a closed socket then.
void Connection::cancel() {
    PGcancel *cancel = PQgetCancel(connection_.get());
    if (cancel == nullptr) return;
    char ignored[256];
    PQcancel(cancel, ignored, sizeof ignored);
    PQfreeCancel(cancel);
}

Result Connection::await_result() {
    try {
        while (PQflush(connection_.get()) == 1) await_socket(POLLOUT);
        while (PQisBusy(connection_.get()) != 0) {
            await_socket(POLLIN);
            if (PQconsumeInput(connection_.get()) == 0) break;
        }
    } catch (const Interrupted &) {
        cancel();
        throw;
    }
    Result result(PQgetResult(connection_.get()));
    if (result.get() == nullptr)
        throw ServerError("08006", PQerrorMessage(connection_.get()), {}, {});
    return result;
}

Result Connection::query(const std::string &sql) {
    Result result = start_copy(sql);
    while (PGresult *rest = PQgetResult(connection_.get())) PQclear(rest);
    return result;
}

Result Connection::start_copy(const std::string &sql) {
    if (PQsendQuery(connection_.get(), sql.c_str()) == 0)
        throw ServerError("08006", PQerrorMessage(connection_.get()), {}, {});
    Result result = await_result();
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
        ServerError error = ServerError::of(result.get(), connection_.get());
        while (PGresult *rest = PQgetResult(connection_.get())) PQclear(rest);
        throw error;
    }
    return result;
}

Result Connection::query(const std::string &sql, const std::vector<std::string> &parameters) {
    std::vector<const char *> values;
    for (const std::string &parameter : parameters) values.push_back(parameter.c_str());
    if (PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                          values.data(), nullptr, nullptr, 0) == 0)
        throw ServerError("08006", PQerrorMessage(connection_.get()), {}, {});
    Result result = await_result();
    while (PGresult *rest = PQgetResult(connection_.get())) PQclear(rest);
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK &&
        PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw ServerError::of(result.get(), connection_.get());
    return result;
}

std::string Connection::literal(std::string_view text) const {
    char *quoted = PQescapeLiteral(connection_.get(), text.data(), text.size());
    if (quoted == nullptr) throw ServerError("22021", PQerrorMessage(connection_.get()), {}, {});
    std::string result(quoted);
    PQfreemem(quoted);
    return result;
}

std::string Connection::identifier(std::string_view text) const {
    char *quoted = PQescapeIdentifier(connection_.get(), text.data(), text.size());
    if (quoted == nullptr) throw ServerError("22021", PQerrorMessage(connection_.get()), {}, {});
    std::string result(quoted);
    PQfreemem(quoted);
    return result;
}

std::string option_array(const Connection &connection, const Properties &options) {
    std::string array = "ARRAY[";
    for (const auto &[name, value] : options) {
        if (array.size() > 6) array += ',';
        array += connection.literal(name) + ',' + connection.literal(value);
    }
    return array + "]::text[]";
}

}  // namespace outflow::relay
