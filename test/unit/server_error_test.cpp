#include "source/server_error.h"

#include <gtest/gtest.h>

namespace outflow::relay {
namespace {

const ServerContext kContext = {"cdc", "shop", "outflow", "db1:5432"};

TEST(ServerError, FindsTheSqlstateOfARefusedConnectionInAnyLanguage) {
    const ServerError error = ServerError::of_connection(
        "connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  28P01: "
        "Passwort-Authentifizierung für Benutzer »cdc« fehlgeschlagen\nLOCATION:  auth_failed, "
        "auth.c:338\n");
    EXPECT_EQ(error.sqlstate(), "28P01");
    EXPECT_EQ(error.message(),
              "connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  "
              "Passwort-Authentifizierung für Benutzer »cdc« fehlgeschlagen");
}

TEST(ServerError, AnUnreachableServerHasNoSqlstate) {
    const ServerError error = ServerError::of_connection(
        "connection to server at \"127.0.0.1\", port 1 failed: Connection refused\n\tIs the server "
        "running on that host and accepting TCP/IP connections?\n");
    EXPECT_EQ(error.sqlstate(), "");
    EXPECT_THROW(explain(error, kContext, "x"), TransientError);
}

Failure explained(const ServerError &error) {
    try {
        explain(error, kContext, "doing something");
    } catch (const StartupError &startup) {
        return startup.failure();
    } catch (const TransientError &transient) {
        return transient.failure();
    }
}

TEST(ServerError, ARefusedPluginHasItsCodeTheStatementAndTheServersHint) {
    const Failure failure =
        explained({"42501", "library \"outflow\" may not be used as an output plugin", "",
                   "Extend the list."});
    EXPECT_EQ(failure.spec, error::kPluginRefused);
    EXPECT_EQ(failure.exit(), ExitCode::kSource);
    EXPECT_TRUE(
        failure.next.starts_with("ALTER ROLE cdc SET output_plugin_libraries = pgoutput, "
                                 "test_decoding, outflow;"));
    EXPECT_NE(failure.detail.find("hint: Extend the list."), std::string::npos);
}

TEST(ServerError, EachKnownErrorHasItsExitCode) {
    struct Case {
        const char *sqlstate;
        const char *message;
        const ErrorSpec *spec;
    };
    const Case cases[] = {
        {"42501", "must be superuser or replication role to start walsender",
         error::kNoReplicationRight},
        {"42501", "permission denied to start WAL sender", error::kNoReplicationRight},
        {"42501", "permission denied for function captured_tables", error::kNoSelectRight},
        {"58P01", "could not access file \"outflow\"", error::kPluginMissing},
        {"28P01", "password authentication failed", error::kServerLogin},
        {"28000", "no pg_hba.conf entry", error::kServerLogin},
        {"3D000", "database \"x\" does not exist", error::kDatabaseMissing},
        {"55000", "logical decoding requires wal_level >= logical", error::kWalLevel},
        {"53400", "all replication slots are in use", error::kNoFreeSlot},
        {"55006", "replication slot is active", error::kSlotBusy},
        {"22023", "unknown option", error::kPluginOptions},
        {"57P03", "the database system is shutting down", error::kServerUnreachable},
        {"08006", "server closed the connection", error::kServerUnreachable},
        {"XX000", "surprise", error::kServerError},
    };
    for (const Case &each : cases) {
        SCOPED_TRACE(each.message);
        EXPECT_EQ(explained({each.sqlstate, each.message, "", ""}).spec, each.spec);
    }
}

}  // namespace
}  // namespace outflow::relay
