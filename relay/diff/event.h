// A record as the comparison sees it: its bytes, which of them may differ, and what it is matched
// by. Owns its bytes, because it may wait for the other side. Pure, no thread, no Kafka.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outflow::relay::diff {

enum class Side : std::uint8_t { kLeft, kRight };
inline constexpr std::size_t kSides = 2;
constexpr std::size_t index(Side side) { return static_cast<std::size_t>(side); }
constexpr Side other(Side side) { return side == Side::kLeft ? Side::kRight : Side::kLeft; }

// What two readers of one WAL may write differently (debezium-wire-format.md §30).
enum class Mask : std::uint8_t {
    kEnvelopeTime,   // ts_ms, ts_us, ts_ns: the connector's clock
    kSourceVersion,  // source.version
    kRunId,          // header __debezium.context.runId
    kPrefix,         // the topic prefix, where the sides' prefixes differ
    kSnapshotPlace,  // where a snapshot was taken: source's ts_*, txId, lsn, sequence in op r
};
inline constexpr std::size_t kMasks = 5;

inline constexpr std::string_view kMaskNames[kMasks] = {"ts_ms/ts_us/ts_ns", "source.version",
                                                        "runId", "topic prefix",
                                                        "snapshot ts_*/txId/lsn/sequence"};

struct Span {
    std::size_t begin = 0;
    std::size_t size = 0;
    Mask mask = Mask::kEnvelopeTime;
};

// Bytes of a key, a value or a header with the parts that may differ, in order. Without a text:
// null.
struct Part {
    std::optional<std::string> text;
    std::vector<Span> spans;
    std::size_t payload = 0;  // where it begins, behind the schema
};

// What stands behind the schema, for a person; null as "null".
std::string_view payload_text(const Part &part);

// The text with a fixed word in place of each span; null as "null".
std::string masked_text(const Part &part);

struct Header {
    std::string name;
    Part value;
};

struct Event {
    Part key;
    Part value;
    std::vector<Header> headers;
    // What it is matched by, besides topic and key. Operation '-': a tombstone, which has the place
    // of the delete before it; '?': not an event of Debezium's form.
    char operation = '?';
    std::uint64_t lsn = 0;
    std::uint64_t txn = 0;

    std::size_t bytes() const;
};

// What Kafka gave; views are valid for the call.
struct RawRecord {
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;
    std::vector<std::pair<std::string_view, std::optional<std::string_view>>> headers;
    std::int64_t timestamp_ms = -1;  // -1: none. Not compared: the producer's clock
};

// Finds the spans without building a document. `prefix` is masked where it is the side's own name;
// empty: nowhere. A snapshot's row has lsn and txn 0.
Event locate(const RawRecord &record, std::string_view prefix);

}  // namespace outflow::relay::diff
