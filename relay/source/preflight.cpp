#include "source/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace outflow::relay {
namespace {

std::string text(core::EndLsn lsn) {
    char buffer[core::kLsnTextSize];
    return {buffer, static_cast<std::size_t>(core::format_lsn(lsn.value, buffer))};
}

std::string resnapshot(const std::string &slot) {
    return fmt::format(
        "SELECT pg_drop_replication_slot('{}'); and run with a new position topic "
        "(outflow.position.topic), which takes a new snapshot.",
        slot);
}

using Gap = std::optional<Failure>;

Gap other_cluster(const StartFacts &facts) {
    const Position &position = *facts.position;
    if (position.system_identifier == facts.server.system_identifier) return std::nullopt;
    return Failure{error::kGapCluster,
                   fmt::format("the position belongs to cluster {}, this server is cluster {}",
                               position.system_identifier, facts.server.system_identifier),
                   {},
                   "Point database.hostname at the right server, or use another "
                   "outflow.position.topic, which takes a new snapshot."};
}

Gap other_database(const StartFacts &facts) {
    const Position &position = *facts.position;
    if (position.database == facts.server.database) return std::nullopt;
    return Failure{error::kGapDatabase,
                   fmt::format("the position belongs to database {}, connected to {}",
                               position.database, facts.server.database),
                   {},
                   "Fix database.dbname."};
}

Gap other_plugin(const StartFacts &facts) {
    if (facts.slot->plugin == "outflow" && facts.slot->database == facts.server.database)
        return std::nullopt;
    return Failure{
        error::kGapPlugin,
        fmt::format("slot {} uses plugin \"{}\" in database \"{}\", not outflow in {}",
                    facts.slot_name, facts.slot->plugin, facts.slot->database,
                    facts.server.database),
        {},
        fmt::format("Choose another slot.name; or copy the slot to this plugin: SELECT "
                    "pg_copy_logical_replication_slot('{}', 'outflow', false, 'outflow');",
                    facts.slot_name)};
}

Gap slot_gone(const StartFacts &facts) {
    return Failure{error::kGapSlotGone,
                   fmt::format("Kafka has everything up to {}, but slot {} does not exist: changes "
                               "since then cannot be read any more",
                               text(facts.position->ack), facts.slot_name),
                   {},
                   "Find out who dropped it; then run with a new position topic "
                   "(outflow.position.topic), which takes a new snapshot."};
}

Gap wal_lost(const StartFacts &facts) {
    if (facts.slot->wal_status != "lost") return std::nullopt;
    return Failure{error::kGapWalLost,
                   fmt::format("slot {} needs WAL that the server has removed "
                               "(max_slot_wal_keep_size)",
                               facts.slot_name),
                   "wal_status = lost", resnapshot(facts.slot_name)};
}

Gap invalidated(const StartFacts &facts) {
    if (facts.slot->invalidation.empty()) return std::nullopt;
    return Failure{
        error::kGapSlotInvalid, fmt::format("the server has invalidated slot {}", facts.slot_name),
        fmt::format("reason: {}", facts.slot->invalidation), resnapshot(facts.slot_name)};
}

Gap slot_ahead(const StartFacts &facts) {
    if (facts.slot->confirmed <= facts.position->ack) return std::nullopt;
    return Failure{
        error::kGapSlotAhead,
        fmt::format("slot {} is confirmed up to {}, but Kafka has only what lies before {}: "
                    "somebody advanced, recreated or consumed the slot",
                    facts.slot_name, text(facts.slot->confirmed), text(facts.position->ack)),
        {},
        "Find out who uses the slot. " + resnapshot(facts.slot_name)};
}

Gap other_timeline(const StartFacts &facts) {
    const Position &position = *facts.position;
    if (position.timeline == facts.server.timeline) return std::nullopt;
    const bool behind = facts.server.timeline < position.timeline;
    const bool forked_before = facts.server.fork && position.ack > *facts.server.fork;
    if (!behind && !forked_before) return std::nullopt;
    return Failure{
        error::kGapTimeline,
        behind
            ? fmt::format("Kafka follows timeline {}, this server is on the older timeline {}",
                          position.timeline, facts.server.timeline)
            : fmt::format("Kafka has changes up to {} of timeline {}, which this server left at {}",
                          text(position.ack), position.timeline, text(*facts.server.fork)),
        {},
        "Kafka holds changes that this server never had. Decide which of them stand; then use "
        "another outflow.position.topic, which takes a new snapshot."};
}

Gap server_backwards(const StartFacts &facts) {
    if (facts.position->ack <= facts.server.wal_end) return std::nullopt;
    return Failure{error::kGapServerBackwards,
                   fmt::format("Kafka has everything up to {}, but the server's WAL ends at {}",
                               text(facts.position->ack), text(facts.server.wal_end)),
                   {},
                   "A backup was restored, or WAL was lost in a crash: Kafka holds changes that "
                   "this server does not have. Decide which of them stand; then use another "
                   "outflow.position.topic, which takes a new snapshot."};
}

Gap split_cannot_continue(const StartFacts &facts) {
    const Position &position = *facts.position;
    if (!position.partial || position.config_fingerprint == facts.fingerprint) return std::nullopt;
    return Failure{error::kGapSplit,
                   fmt::format("transaction {} is half in Kafka, and the options that shape its "
                               "events were changed since",
                               position.partial->xid),
                   {},
                   "Run once with the old options until the transaction is through "
                   "(--until=current), then change them."};
}

Gap no_position(const StartFacts &facts) {
    return Failure{error::kGapNoPosition,
                   fmt::format("slot {} exists, but there is no position for it: nobody knows what "
                               "Kafka already has",
                               facts.slot_name),
                   {},
                   fmt::format("Restore the position topic or fix topic.prefix; to take the slot "
                               "from where it stands: --adopt-slot; to start anew: SELECT "
                               "pg_drop_replication_slot('{}');",
                               facts.slot_name)};
}

Gap snapshot_was_cut_off(const StartFacts &facts) {
    if (facts.position->snapshot.state != SnapshotState::kRunning || facts.mode.takes_data())
        return std::nullopt;
    return Failure{
        error::kGapSnapshot,
        fmt::format("a snapshot was cut off in table {}, and snapshot.mode={} takes none",
                    facts.position->snapshot.table, facts.mode.name),
        {},
        "Set snapshot.mode=initial until the snapshot is complete; or run with a new "
        "position topic (outflow.position.topic)."};
}

Gap nothing_to_recover(const StartFacts &facts) {
    if (!facts.mode.needs_position) return std::nullopt;
    return Failure{
        error::kGapNothingToRecover,
        "snapshot.mode.configuration.based.snapshot.on.schema.error recovers a position, "
        "and there is none",
        {},
        "Set it to false for the first start."};
}

StartDecision refused(Gap gap) { return {StartAction::kStream, std::move(gap), std::nullopt}; }
StartDecision decided(StartAction action) { return {action, std::nullopt, std::nullopt}; }

StartDecision without_position(const StartFacts &facts) {
    if (Gap gap = nothing_to_recover(facts)) return refused(gap);
    if (!facts.slot) return decided(StartAction::kCreate);
    for (const auto check : {other_plugin, wal_lost, invalidated}) {
        if (Gap gap = check(facts)) return refused(gap);
    }
    if (!facts.adopt_slot) return refused(no_position(facts));
    return decided(StartAction::kAdopt);
}

StartDecision anew(const StartFacts &facts) {
    return decided(facts.slot ? StartAction::kReplaceSlot : StartAction::kCreate);
}

StartDecision with_position(const StartFacts &facts) {
    for (const auto check : {other_cluster, other_database, snapshot_was_cut_off}) {
        if (Gap gap = check(facts)) return refused(gap);
    }
    const SnapshotState state = facts.position->snapshot.state;
    const bool due = facts.mode.at_each_start && facts.first_start;
    if (state == SnapshotState::kCompleted && !due) {
        if (!facts.mode.streams) return decided(StartAction::kNothing);
        return without_position(facts);
    }
    if (facts.slot) {
        if (Gap gap = other_plugin(facts)) return refused(gap);
    }
    if (due || state == SnapshotState::kCreating || state == SnapshotState::kRunning)
        return anew(facts);
    if (!facts.slot) return refused(slot_gone(facts));
    for (const auto check : {wal_lost, invalidated, other_timeline, server_backwards, slot_ahead,
                             split_cannot_continue}) {
        if (Gap gap = check(facts)) return refused(gap);
    }
    return decided(StartAction::kStream);
}

// Changes were lost, and a new snapshot has what they led to. Not among them: another server,
// database or plugin is a mistake in the configuration, and where Kafka has changes that the server
// never had no snapshot takes them back.
bool is_closed_by_snapshot(const ErrorSpec *gap) {
    return gap == error::kGapSlotGone || gap == error::kGapWalLost ||
           gap == error::kGapSlotInvalid || gap == error::kGapSlotAhead ||
           gap == error::kGapNoPosition;
}

}  // namespace

StartDecision decide_start(const StartFacts &facts) {
    StartDecision decision = facts.position ? with_position(facts) : without_position(facts);
    if (!decision.gap || !facts.mode.heals_gaps || !is_closed_by_snapshot(decision.gap->spec))
        return decision;
    decision.action = anew(facts).action;
    decision.healed = std::exchange(decision.gap, std::nullopt);
    return decision;
}

std::optional<core::EndLsn> fork_of_timeline(std::string_view history, int timeline) {
    while (!history.empty()) {
        const std::size_t newline = history.find('\n');
        std::string_view line = history.substr(0, newline);
        history =
            newline == std::string_view::npos ? std::string_view() : history.substr(newline + 1);
        int number = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
        if (error != std::errc() || number != timeline) continue;
        line.remove_prefix(static_cast<std::size_t>(end - line.data()));
        const std::size_t begin = line.find_first_not_of(" \t");
        if (begin == std::string_view::npos) continue;
        const std::size_t stop = line.find_first_of(" \t", begin);
        std::uint64_t lsn = 0;
        if (core::parse_lsn(
                line.substr(begin, stop == std::string_view::npos ? stop : stop - begin), &lsn))
            return core::EndLsn{lsn};
    }
    return std::nullopt;
}

ServerFacts read_server_facts(Connection *replication, int stored_timeline) {
    const Result identity = replication->query("IDENTIFY_SYSTEM");
    ServerFacts facts;
    facts.system_identifier = identity.string(0, 0);
    facts.timeline = identity.integer(0, 1);
    facts.wal_end = {identity.lsn(0, 2)};
    facts.database = identity.string(0, 3);
    if (stored_timeline > 0 && facts.timeline > stored_timeline) {
        const Result history =
            replication->query(fmt::format("TIMELINE_HISTORY {}", facts.timeline));
        facts.fork = fork_of_timeline(history.text(0, 1), stored_timeline);
    }
    return facts;
}

}  // namespace outflow::relay
