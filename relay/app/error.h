// Every failure the relay reports: one table of codes, each with its exit code and title. Codes are
// a contract with scripts and documentation: a number is never reused.
//
// During start-up a Failure travels as StartupError; in the running loop it is a value.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace outflow::relay {

enum class ExitCode : int {
    kOk = 0,
    kRuntime = 1,
    kUsage = 2,   // usage, configuration, and what only a person can change on the server
    kDoctor = 3,  // doctor found blockers
    kSource = 4,  // the source cannot be continued without loss
    kFenced = 5,  // another relay took over
};

struct ErrorSpec {
    std::string_view code;
    ExitCode exit;
    std::string_view title;
};

// Sorted by code. 1xxx configuration, 2xxx PostgreSQL, 3xxx Kafka, 4xxx position and gaps, 5xxx
// data, 6xxx internal.
inline constexpr ErrorSpec kErrorTable[] = {
    {"OUT-1100", ExitCode::kUsage, "wrong usage"},
    {"OUT-1101", ExitCode::kUsage, "configuration file cannot be read"},
    {"OUT-1102", ExitCode::kUsage, "unknown property"},
    {"OUT-1103", ExitCode::kUsage, "invalid value"},
    {"OUT-1104", ExitCode::kUsage, "unsupported property"},
    {"OUT-1105", ExitCode::kUsage, "properties exclude each other"},
    {"OUT-1106", ExitCode::kUsage, "required property is missing"},
    {"OUT-1107", ExitCode::kUsage, "secret or placeholder cannot be resolved"},
    {"OUT-1108", ExitCode::kUsage, "two tables share one topic"},
    {"OUT-1109", ExitCode::kUsage, "no table to capture"},
    {"OUT-1110", ExitCode::kOk, "pattern matches no table"},
    {"OUT-1111", ExitCode::kOk, "property has no effect"},
    {"OUT-1112", ExitCode::kOk, "property behaves differently"},
    {"OUT-1113", ExitCode::kOk, "old name of a property or value"},
    {"OUT-1114", ExitCode::kUsage, "two tables or columns share one name"},
    {"OUT-1115", ExitCode::kUsage, "capture file cannot be read"},
    {"OUT-1116", ExitCode::kUsage, "more tables than guardrail.collections.max"},

    {"OUT-2101", ExitCode::kRuntime, "PostgreSQL cannot be reached"},
    {"OUT-2102", ExitCode::kUsage, "PostgreSQL refused the login"},
    {"OUT-2103", ExitCode::kUsage, "wal_level is not logical"},
    {"OUT-2104", ExitCode::kUsage, "the role may not replicate"},
    {"OUT-2105", ExitCode::kUsage, "the role may not read a table"},
    {"OUT-2106", ExitCode::kUsage, "the extension outflow is missing in the database"},
    {"OUT-2107", ExitCode::kUsage, "extension and relay have different versions"},
    {"OUT-2108", ExitCode::kUsage, "the plugin's library is missing on the server"},
    {"OUT-2109", ExitCode::kRuntime, "another client holds the slot"},
    {"OUT-2110", ExitCode::kUsage, "no free replication slot or WAL sender"},
    {"OUT-2111", ExitCode::kUsage, "the publication is missing"},
    {"OUT-2112", ExitCode::kUsage, "the role may not create or change the publication"},
    {"OUT-2113", ExitCode::kUsage, "this PostgreSQL version is not supported"},
    {"OUT-2114", ExitCode::kUsage, "the database does not exist"},
    {"OUT-2115", ExitCode::kUsage, "the database is not encoded in UTF8"},
    {"OUT-2116", ExitCode::kRuntime, "the slot could not be created in time"},
    {"OUT-2117", ExitCode::kRuntime, "the connection to PostgreSQL was lost"},
    {"OUT-2118", ExitCode::kRuntime, "PostgreSQL reported an error"},
    {"OUT-2119", ExitCode::kUsage, "the plugin refused its options"},
    {"OUT-2120", ExitCode::kRuntime, "the snapshot failed"},
    {"OUT-2121", ExitCode::kUsage, "row security would hide rows from the snapshot"},
    {"OUT-2122", ExitCode::kUsage, "the select of a snapshot override does not fit its table"},
    {"OUT-2123", ExitCode::kUsage, "the publication does not fit publication.autocreate.mode"},
    {"OUT-2124", ExitCode::kUsage, "a replica identity cannot be set"},
    {"OUT-2125", ExitCode::kOk, "the heartbeat's action query failed"},

    {"OUT-3101", ExitCode::kRuntime, "no Kafka broker can be reached"},
    {"OUT-3102", ExitCode::kRuntime, "Kafka refused the login"},
    {"OUT-3103", ExitCode::kRuntime, "a Kafka ACL is missing"},
    {"OUT-3104", ExitCode::kRuntime, "a topic cannot be created"},
    {"OUT-3105", ExitCode::kRuntime, "a topic is missing"},
    {"OUT-3106", ExitCode::kUsage, "librdkafka refused a property"},
    {"OUT-3107", ExitCode::kRuntime, "a Kafka transaction failed"},
    {"OUT-3108", ExitCode::kRuntime, "a record was not delivered"},
    {"OUT-3109", ExitCode::kOk, "librdkafka is older than 2.5.0"},
    {"OUT-3110", ExitCode::kFenced, "another relay took over"},
    {"OUT-3111", ExitCode::kRuntime, "Kafka reported an error"},

    {"OUT-4101", ExitCode::kSource, "another PostgreSQL cluster"},
    {"OUT-4102", ExitCode::kSource, "another database"},
    {"OUT-4103", ExitCode::kSource, "the slot uses another plugin"},
    {"OUT-4104", ExitCode::kSource, "a position exists, but the slot is gone"},
    {"OUT-4105", ExitCode::kSource, "the slot lost its WAL"},
    {"OUT-4106", ExitCode::kSource, "the slot was invalidated"},
    {"OUT-4107", ExitCode::kSource, "the slot is ahead of the position"},
    {"OUT-4108", ExitCode::kSource, "the promoted server is behind Kafka"},
    {"OUT-4109", ExitCode::kSource, "the server went backwards"},
    {"OUT-4110", ExitCode::kSource, "the slot exists, but the position is missing"},
    {"OUT-4111", ExitCode::kSource, "the position topic cannot hold a position"},
    {"OUT-4112", ExitCode::kSource, "a split transaction cannot be continued"},
    {"OUT-4113", ExitCode::kSource, "a snapshot was cut off, and the mode takes none"},
    {"OUT-4114", ExitCode::kSource, "there is no position to recover"},
    {"OUT-4201", ExitCode::kRuntime, "a foreign transaction hides the end of the position topic"},
    {"OUT-4202", ExitCode::kSource, "PostgreSQL refuses the output plugin"},

    {"OUT-5101", ExitCode::kRuntime, "the plugin sent a chunk that cannot be read"},
    {"OUT-5102", ExitCode::kRuntime, "a record is too large for Kafka"},
    {"OUT-5103", ExitCode::kRuntime, "a row cannot be rendered"},

    {"OUT-6101", ExitCode::kRuntime, "internal error"},
    {"OUT-6102", ExitCode::kRuntime, "the output cannot be written"},
};

// The row of a code; a code that is not in the table does not compile.
consteval const ErrorSpec *error_spec(std::string_view code) {
    for (const ErrorSpec &spec : kErrorTable) {
        if (spec.code == code) return &spec;
    }
    throw "no such error code";
}

namespace error {
inline constexpr const ErrorSpec *kUsage = error_spec("OUT-1100");
inline constexpr const ErrorSpec *kConfigFile = error_spec("OUT-1101");
inline constexpr const ErrorSpec *kUnknownProperty = error_spec("OUT-1102");
inline constexpr const ErrorSpec *kInvalidValue = error_spec("OUT-1103");
inline constexpr const ErrorSpec *kUnsupportedProperty = error_spec("OUT-1104");
inline constexpr const ErrorSpec *kExclusiveProperties = error_spec("OUT-1105");
inline constexpr const ErrorSpec *kMissingProperty = error_spec("OUT-1106");
inline constexpr const ErrorSpec *kUnresolved = error_spec("OUT-1107");
inline constexpr const ErrorSpec *kTopicCollision = error_spec("OUT-1108");
inline constexpr const ErrorSpec *kNoTable = error_spec("OUT-1109");
inline constexpr const ErrorSpec *kPatternMatchesNothing = error_spec("OUT-1110");
inline constexpr const ErrorSpec *kNoEffect = error_spec("OUT-1111");
inline constexpr const ErrorSpec *kDifferent = error_spec("OUT-1112");
inline constexpr const ErrorSpec *kOldName = error_spec("OUT-1113");
inline constexpr const ErrorSpec *kNameCollision = error_spec("OUT-1114");
inline constexpr const ErrorSpec *kCaptureFile = error_spec("OUT-1115");
inline constexpr const ErrorSpec *kTooManyTables = error_spec("OUT-1116");

inline constexpr const ErrorSpec *kServerUnreachable = error_spec("OUT-2101");
inline constexpr const ErrorSpec *kServerLogin = error_spec("OUT-2102");
inline constexpr const ErrorSpec *kWalLevel = error_spec("OUT-2103");
inline constexpr const ErrorSpec *kNoReplicationRight = error_spec("OUT-2104");
inline constexpr const ErrorSpec *kNoSelectRight = error_spec("OUT-2105");
inline constexpr const ErrorSpec *kExtensionMissing = error_spec("OUT-2106");
inline constexpr const ErrorSpec *kExtensionVersion = error_spec("OUT-2107");
inline constexpr const ErrorSpec *kPluginMissing = error_spec("OUT-2108");
inline constexpr const ErrorSpec *kSlotBusy = error_spec("OUT-2109");
inline constexpr const ErrorSpec *kNoFreeSlot = error_spec("OUT-2110");
inline constexpr const ErrorSpec *kPublicationMissing = error_spec("OUT-2111");
inline constexpr const ErrorSpec *kPublicationRight = error_spec("OUT-2112");
inline constexpr const ErrorSpec *kServerVersion = error_spec("OUT-2113");
inline constexpr const ErrorSpec *kDatabaseMissing = error_spec("OUT-2114");
inline constexpr const ErrorSpec *kDatabaseEncoding = error_spec("OUT-2115");
inline constexpr const ErrorSpec *kSlotTimeout = error_spec("OUT-2116");
inline constexpr const ErrorSpec *kServerLost = error_spec("OUT-2117");
inline constexpr const ErrorSpec *kServerError = error_spec("OUT-2118");
inline constexpr const ErrorSpec *kPluginOptions = error_spec("OUT-2119");
inline constexpr const ErrorSpec *kSnapshotFailed = error_spec("OUT-2120");
inline constexpr const ErrorSpec *kRowSecurity = error_spec("OUT-2121");
inline constexpr const ErrorSpec *kSnapshotSelect = error_spec("OUT-2122");
inline constexpr const ErrorSpec *kPublicationUnfit = error_spec("OUT-2123");
inline constexpr const ErrorSpec *kReplicaIdentity = error_spec("OUT-2124");
inline constexpr const ErrorSpec *kHeartbeatQuery = error_spec("OUT-2125");

inline constexpr const ErrorSpec *kBrokerUnreachable = error_spec("OUT-3101");
inline constexpr const ErrorSpec *kBrokerLogin = error_spec("OUT-3102");
inline constexpr const ErrorSpec *kBrokerAcl = error_spec("OUT-3103");
inline constexpr const ErrorSpec *kTopicCreation = error_spec("OUT-3104");
inline constexpr const ErrorSpec *kTopicMissing = error_spec("OUT-3105");
inline constexpr const ErrorSpec *kKafkaProperty = error_spec("OUT-3106");
inline constexpr const ErrorSpec *kKafkaTransaction = error_spec("OUT-3107");
inline constexpr const ErrorSpec *kNotDelivered = error_spec("OUT-3108");
inline constexpr const ErrorSpec *kOldLibrary = error_spec("OUT-3109");
inline constexpr const ErrorSpec *kFenced = error_spec("OUT-3110");
inline constexpr const ErrorSpec *kKafkaError = error_spec("OUT-3111");

inline constexpr const ErrorSpec *kGapCluster = error_spec("OUT-4101");
inline constexpr const ErrorSpec *kGapDatabase = error_spec("OUT-4102");
inline constexpr const ErrorSpec *kGapPlugin = error_spec("OUT-4103");
inline constexpr const ErrorSpec *kGapSlotGone = error_spec("OUT-4104");
inline constexpr const ErrorSpec *kGapWalLost = error_spec("OUT-4105");
inline constexpr const ErrorSpec *kGapSlotInvalid = error_spec("OUT-4106");
inline constexpr const ErrorSpec *kGapSlotAhead = error_spec("OUT-4107");
inline constexpr const ErrorSpec *kGapTimeline = error_spec("OUT-4108");
inline constexpr const ErrorSpec *kGapServerBackwards = error_spec("OUT-4109");
inline constexpr const ErrorSpec *kGapNoPosition = error_spec("OUT-4110");
inline constexpr const ErrorSpec *kGapPositionTopic = error_spec("OUT-4111");
inline constexpr const ErrorSpec *kGapSplit = error_spec("OUT-4112");
inline constexpr const ErrorSpec *kGapSnapshot = error_spec("OUT-4113");
inline constexpr const ErrorSpec *kGapNothingToRecover = error_spec("OUT-4114");
inline constexpr const ErrorSpec *kHangingTransaction = error_spec("OUT-4201");
inline constexpr const ErrorSpec *kPluginRefused = error_spec("OUT-4202");

inline constexpr const ErrorSpec *kBadChunk = error_spec("OUT-5101");
inline constexpr const ErrorSpec *kRecordTooLarge = error_spec("OUT-5102");
inline constexpr const ErrorSpec *kRowNotRendered = error_spec("OUT-5103");

inline constexpr const ErrorSpec *kInternal = error_spec("OUT-6101");
inline constexpr const ErrorSpec *kOutput = error_spec("OUT-6102");
}  // namespace error

struct Failure {
    const ErrorSpec *spec = error::kInternal;
    std::string message;  // what failed and where: slot, LSN, table, topic
    std::string detail;   // SQLSTATE or Kafka error name, and the server's own text and HINT
    std::string next;     // the exact statement or command that helps; may have several lines

    ExitCode exit() const { return spec->exit; }
};

class StartupError : public std::runtime_error {
 public:
    explicit StartupError(Failure failure);
    const Failure &failure() const { return failure_; }

 private:
    Failure failure_;
};

// "OUT-2103 wal_level is replica, …" and, each on a line of its own, the detail and what to do.
std::string describe(const Failure &failure);

// One error line (JSON format: detail and next are fields of it) on stderr.
void report(const Failure &failure);

}  // namespace outflow::relay
