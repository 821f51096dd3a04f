#include "source/server_error.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <utility>

namespace outflow::relay {
namespace {

struct Rule {
    std::string_view sqlstate;  // a prefix; empty: errors without one
    std::string_view part;      // of the message; empty: any
    const ErrorSpec *spec;      // nullptr: transient
    std::string_view next;      // {user}, {database}, {slot}
};

// First match counts.
constexpr Rule kRules[] = {
    {"42501", "may not be used as an output plugin", error::kPluginRefused,
     "ALTER ROLE {user} SET output_plugin_libraries = pgoutput, test_decoding, outflow;\n"
     "or for all roles: ALTER SYSTEM SET output_plugin_libraries = pgoutput, test_decoding, "
     "outflow; SELECT pg_reload_conf();"},
    {"42501", "row-level security", error::kRowSecurity,
     "ALTER ROLE {user} BYPASSRLS;\nor leave the table out of the snapshot: "
     "snapshot.include.collection.list."},
    {"42501", "schema outflow", error::kNoSelectRight, "GRANT USAGE ON SCHEMA outflow TO {user};"},
    {"42501", "captured_tables", error::kNoSelectRight,
     "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA outflow TO {user};"},
    {"42501", "replication", error::kNoReplicationRight, "ALTER ROLE {user} REPLICATION;"},
    {"42501", "WAL sender", error::kNoReplicationRight, "ALTER ROLE {user} REPLICATION;"},
    {"58P01", "", error::kPluginMissing,
     "Install the package with the extension outflow on the database server (make install)."},
    {"28000", "pg_hba.conf", error::kServerLogin,
     "Add to pg_hba.conf: host {database} {user} <address>/32 scram-sha-256, and reload."},
    {"28", "", error::kServerLogin, "Check database.user and database.password."},
    {"3D000", "", error::kDatabaseMissing, "Check database.dbname."},
    {"55000", "wal_level", error::kWalLevel,
     "ALTER SYSTEM SET wal_level = logical; and restart the server."},
    {"55000", "max_replication_slots", error::kNoFreeSlot,
     "ALTER SYSTEM SET max_replication_slots = 20; and restart the server."},
    {"53400", "", error::kNoFreeSlot,
     "Drop a slot that nobody uses, or raise max_replication_slots and restart the server."},
    {"53300", "max_wal_senders", error::kNoFreeSlot,
     "ALTER SYSTEM SET max_wal_senders = 20; and restart the server."},
    {"53300", "", nullptr, ""},
    {"55006", "", error::kSlotBusy, ""},
    {"22023", "", error::kPluginOptions, ""},
    {"2201B", "in option", error::kPluginOptions, ""},
    {"42701", "would both be field", error::kNameCollision, ""},
    {"42P07", "would both have schema", error::kNameCollision, ""},
    {"57P", "", nullptr, ""},
    {"08", "", nullptr, ""},
    {"", "", nullptr, ""},
};

const Rule *rule_for(const ServerError &error) {
    for (const Rule &rule : kRules) {
        if (rule.sqlstate.empty() ? !error.sqlstate().empty()
                                  : !error.sqlstate().starts_with(rule.sqlstate))
            continue;
        if (error.message().find(rule.part) != std::string::npos) return &rule;
    }
    return nullptr;
}

std::string fill(std::string_view pattern, const ServerContext &context) {
    return fmt::format(fmt::runtime(pattern), fmt::arg("user", context.user),
                       fmt::arg("database", context.database), fmt::arg("slot", context.slot));
}

std::string trimmed(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" \n\r\t");
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

std::string field(const PGresult *result, int code) {
    const char *text = PQresultErrorField(result, code);
    return text == nullptr ? std::string() : std::string(text);
}

}  // namespace

ServerError::ServerError(std::string sqlstate, std::string message, std::string detail,
                         std::string hint)
    : std::runtime_error(message),
      sqlstate_(std::move(sqlstate)),
      message_(std::move(message)),
      detail_(std::move(detail)),
      hint_(std::move(hint)) {}

ServerError ServerError::of(const PGresult *result, const PGconn *connection) {
    std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (message.empty()) message = trimmed(PQerrorMessage(connection));
    return {field(result, PG_DIAG_SQLSTATE), std::move(message),
            field(result, PG_DIAG_MESSAGE_DETAIL), field(result, PG_DIAG_MESSAGE_HINT)};
}

// libpq 15 gives no access to the SQLSTATE of a refused connection; with verbose errors it stands
// in the text in every language: `FATAL:  28P01: password …\nLOCATION:  auth_failed, auth.c:338`.
ServerError ServerError::of_connection(std::string text) {
    std::string sqlstate;
    for (std::size_t at = text.find(": "); at != std::string::npos; at = text.find(": ", at + 1)) {
        const std::size_t begin = text.find_first_not_of(' ', at + 1);
        if (begin == std::string::npos || begin + 5 >= text.size() || text[begin + 5] != ':')
            continue;
        const std::string_view candidate(text.data() + begin, 5);
        // "FATAL:" looks like one, but for the digit.
        if (candidate.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") !=
                std::string_view::npos ||
            candidate.find_first_of("0123456789") == std::string_view::npos)
            continue;
        sqlstate = candidate;
        text.erase(begin, 7);
        break;
    }
    if (const std::size_t location = text.find("\nLOCATION"); location != std::string::npos)
        text.erase(location);
    return {std::move(sqlstate), trimmed(text), {}, {}};
}

std::string ServerError::text() const {
    std::string text = sqlstate_.empty() ? message_ : sqlstate_ + " " + message_;
    if (!detail_.empty()) text += "; " + detail_;
    if (!hint_.empty()) text += "; hint: " + hint_;
    return text;
}

TransientError::TransientError(Failure failure)
    : std::runtime_error(failure.message), failure_(std::move(failure)) {}

void explain(const ServerError &error, const ServerContext &context, std::string_view doing) {
    const Rule *rule = rule_for(error);
    Failure failure = {error::kServerError, std::string(doing), error.text(), {}};
    if (rule == nullptr) throw StartupError(std::move(failure));
    if (rule->spec == nullptr) {
        failure.spec = error::kServerUnreachable;
        throw TransientError(std::move(failure));
    }
    failure.spec = rule->spec;
    failure.next = fill(rule->next, context);
    throw StartupError(std::move(failure));
}

const ErrorSpec *stream_error(const ServerError &error) {
    const Rule *rule = rule_for(error);
    return rule != nullptr && rule->spec == error::kNameCollision ? rule->spec : error::kServerLost;
}

void throw_failure(Failure failure) {
    const bool transient =
        failure.spec == error::kServerUnreachable || failure.spec == error::kServerLost ||
        failure.spec == error::kBrokerUnreachable || failure.spec == error::kKafkaTransaction ||
        failure.spec == error::kKafkaError || failure.spec == error::kNotDelivered;
    if (transient) throw TransientError(std::move(failure));
    throw StartupError(std::move(failure));
}

}  // namespace outflow::relay
