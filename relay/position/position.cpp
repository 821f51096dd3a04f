#include "position/position.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/json_writer.h"
#include "core/string_sink.h"

namespace outflow::relay {
namespace {

constexpr int kRecordVersion = 1;

constexpr std::array<std::pair<SnapshotState, std::string_view>, 5> kSnapshotStates = {{
    {SnapshotState::kNone, "none"},
    {SnapshotState::kCreating, "creating"},
    {SnapshotState::kRunning, "running"},
    {SnapshotState::kStreaming, "streaming"},
    {SnapshotState::kCompleted, "completed"},
}};

std::string_view snapshot_state_name(SnapshotState state) {
    return kSnapshotStates[static_cast<std::size_t>(state)].second;
}

// Writes the members of an object in order.
class ObjectWriter {
 public:
    explicit ObjectWriter(core::ByteSink *sink) : sink_(sink) { core::begin_json_object(sink_); }

    void text(std::string_view name, std::string_view value) {
        member(name);
        core::write_json_string(sink_, value);
    }
    void number(std::string_view name, std::uint64_t value) {
        member(name);
        core::write_json_uint(sink_, value);
    }
    void lsn(std::string_view name, std::uint64_t value) {
        char buffer[core::kLsnTextSize];
        const int length = core::format_lsn(value, buffer);
        text(name, {buffer, static_cast<std::size_t>(length)});
    }
    void null(std::string_view name) {
        member(name);
        core::write_json_null(sink_);
    }
    void member(std::string_view name) {
        if (!first_) core::write_json_comma(sink_);
        first_ = false;
        core::write_json_name(sink_, name);
    }
    void end() { core::end_json_object(sink_); }

 private:
    core::ByteSink *sink_;
    bool first_ = true;
};

// Thrown by the readers below and caught in position_from_json: nlohmann-json's own errors and ours
// take one way.
struct BadField : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Json = nlohmann::json;

template <typename T>
T read(const Json &object, const char *name) {
    const auto found = object.find(name);
    if (found == object.end()) throw BadField(fmt::format("\"{}\" is missing", name));
    // nlohmann-json converts negative and fractional numbers silently.
    if constexpr (std::is_integral_v<T>) {
        if (!found->is_number_unsigned()) throw BadField(fmt::format("\"{}\" is no count", name));
    }
    return found->get<T>();
}

std::uint64_t read_lsn(const Json &object, const char *name) {
    std::uint64_t lsn = 0;
    if (!core::parse_lsn(read<std::string>(object, name), &lsn))
        throw BadField(fmt::format("\"{}\" is no LSN", name));
    return lsn;
}

SnapshotState read_snapshot_state(const std::string &name) {
    for (const auto &[state, known] : kSnapshotStates) {
        if (known == name) return state;
    }
    throw BadField(fmt::format("unknown snapshot state \"{}\"", name));
}

Position read_position(const Json &object) {
    if (read<int>(object, "v") != kRecordVersion) throw BadField("written by another version");
    Position position;
    position.system_identifier = read<std::string>(object, "system_identifier");
    position.timeline = read<int>(object, "timeline");
    position.database = read<std::string>(object, "db");
    position.slot = read<std::string>(object, "slot");
    position.commit = {read_lsn(object, "commit_lsn")};
    position.end = {read_lsn(object, "end_lsn")};
    if (const Json &partial = object.at("partial"); !partial.is_null()) {
        position.partial = Position::Partial{{read_lsn(partial, "commit_lsn")},
                                             read<std::uint32_t>(partial, "xid"),
                                             read<std::uint64_t>(partial, "raw_ordinal")};
    }
    position.ack = {read_lsn(object, "ack_lsn")};
    position.message = {read_lsn(object, "msg_lsn")};
    position.sequence = {read_lsn(object, "seq_lsn")};
    const Json &snapshot = object.at("snapshot");
    position.snapshot.epoch = read<int>(snapshot, "epoch");
    position.snapshot.state = read_snapshot_state(read<std::string>(snapshot, "state"));
    if (const Json &table = snapshot.at("table"); !table.is_null())
        position.snapshot.table = table.get<std::string>();
    position.config_fingerprint = read<std::string>(object, "config_fingerprint");
    position.run_id = read<std::string>(object, "run_id");
    return position;
}

}  // namespace

std::string position_to_json(const Position &position) {
    core::StringSink sink;
    ObjectWriter record(&sink);
    record.number("v", kRecordVersion);
    record.text("system_identifier", position.system_identifier);
    record.number("timeline", position.timeline);
    record.text("db", position.database);
    record.text("slot", position.slot);
    record.lsn("commit_lsn", position.commit.value);
    record.lsn("end_lsn", position.end.value);
    if (position.partial) {
        record.member("partial");
        ObjectWriter partial(&sink);
        partial.lsn("commit_lsn", position.partial->commit.value);
        partial.number("xid", position.partial->xid);
        partial.number("raw_ordinal", position.partial->raw_ordinal);
        partial.end();
    } else {
        record.null("partial");
    }
    record.lsn("ack_lsn", position.ack.value);
    record.lsn("msg_lsn", position.message.value);
    record.lsn("seq_lsn", position.sequence.value);
    record.member("snapshot");
    ObjectWriter snapshot(&sink);
    snapshot.number("epoch", position.snapshot.epoch);
    snapshot.text("state", snapshot_state_name(position.snapshot.state));
    if (position.snapshot.table.empty())
        snapshot.null("table");
    else
        snapshot.text("table", position.snapshot.table);
    snapshot.null("last_key");  // a table is one piece until snapshots resume by key
    snapshot.end();
    record.text("config_fingerprint", position.config_fingerprint);
    record.text("run_id", position.run_id);
    record.end();
    return sink.str();
}

std::string position_key(std::string_view topic_prefix, std::string_view slot,
                         std::string_view database) {
    core::StringSink sink;
    ObjectWriter key(&sink);
    key.text("topic_prefix", topic_prefix);
    key.text("slot", slot);
    key.text("db", database);
    key.end();
    return sink.str();
}

bool position_from_json(std::string_view json, Position *position, std::string *reason) {
    try {
        *position = read_position(Json::parse(json));
        return true;
    } catch (const std::exception &problem) {
        *reason = problem.what();
        return false;
    }
}

void ConfigFingerprint::add(std::string_view option, std::string_view value) {
    const auto mix = [this](std::string_view bytes) {
        for (const char byte : bytes) {
            hash_ ^= static_cast<unsigned char>(byte);
            hash_ *= 0x100000001b3;
        }
        hash_ ^= 0xFF;  // no byte of UTF-8: ends a part
        hash_ *= 0x100000001b3;
    };
    mix(option);
    mix(value);
}

std::string ConfigFingerprint::text() const { return fmt::format("{:016x}", hash_); }

}  // namespace outflow::relay
