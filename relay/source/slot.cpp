#include "source/slot.h"

#include <fmt/format.h>

#include "app/log.h"
#include "app/shutdown.h"

namespace outflow::relay {
namespace {

constexpr int kOwnPollMs = 100;
constexpr int kOwnPatienceMs = 5'000;

void pause(int milliseconds) {
    if (!Shutdown::sleep(milliseconds)) throw Interrupted();
}

// One of our name leaves by itself when its next commit is fenced; an idle or frozen one does not.
void take_over(Connection *sql, const SlotHolder &holder, const std::string &slot) {
    log_warn("source", {.slot = slot}, "taking the slot over from another relay (pid {}, {})",
             holder.pid, holder.client);
    for (int waited = 0; waited < kOwnPatienceMs; waited += kOwnPollMs) {
        const auto now = slot_holder(sql, slot);
        if (!now || now->pid != holder.pid) return;
        pause(kOwnPollMs);
    }
    sql->query("SELECT pg_terminate_backend($1::int)", {std::to_string(holder.pid)});
    pause(kOwnPollMs);
}

}  // namespace

std::optional<SlotInfo> find_slot(Connection *sql, const std::string &slot) {
    const int version = sql->server_version();
    const char *invalidation = version >= 170000 ? "coalesce(invalidation_reason, '')"
                               : version >= 160000
                                   ? "CASE WHEN conflicting THEN 'conflicting' ELSE '' END"
                                   : "''";
    const Result result = sql->query(
        fmt::format("SELECT coalesce(plugin, ''), coalesce(database, ''), active, "
                    "coalesce(active_pid, 0), coalesce(wal_status, ''), confirmed_flush_lsn, {} "
                    "FROM pg_catalog.pg_replication_slots WHERE slot_name = $1",
                    invalidation),
        {slot});
    if (result.rows() == 0) return std::nullopt;
    SlotInfo info;
    info.plugin = result.string(0, 0);
    info.database = result.string(0, 1);
    info.active = result.boolean(0, 2);
    info.active_pid = result.integer(0, 3);
    info.wal_status = result.string(0, 4);
    info.confirmed = {result.lsn(0, 5)};
    info.invalidation = result.string(0, 6);
    return info;
}

CreatedSlot create_slot(Connection *replication, const std::string &slot, SlotKind kind,
                        bool export_snapshot) {
    const Result result = replication->query(fmt::format(
        "CREATE_REPLICATION_SLOT {}{} LOGICAL outflow (SNAPSHOT '{}'{})",
        replication->identifier(slot), kind == SlotKind::kTemporary ? " TEMPORARY" : "",
        export_snapshot ? "export" : "nothing", kind == SlotKind::kFailover ? ", FAILOVER" : ""));
    CreatedSlot created;
    created.consistent_point = {result.lsn(0, 1)};
    if (!result.is_null(0, 2)) created.snapshot = result.string(0, 2);
    return created;
}

void drop_slot(Connection *sql, const std::string &slot) {
    sql->query("SELECT pg_drop_replication_slot($1)", {slot});
}

std::optional<SlotHolder> slot_holder(Connection *sql, const std::string &slot) {
    const Result result = sql->query(
        "SELECT s.active_pid, coalesce(a.application_name, ''), "
        "coalesce(host(a.client_addr), 'local') "
        "FROM pg_catalog.pg_replication_slots s "
        "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = s.active_pid "
        "WHERE s.slot_name = $1 AND s.active_pid IS NOT NULL",
        {slot});
    if (result.rows() == 0) return std::nullopt;
    return SlotHolder{result.integer(0, 0), result.string(0, 1), result.string(0, 2)};
}

void wait_for_free_slot(Connection *sql, const SourceSettings &settings, const BusyPolicy &policy) {
    const std::string &slot = settings.context.slot;
    for (int attempt = 0;; ++attempt) {
        const auto holder = slot_holder(sql, slot);
        if (!holder) return;
        if (holder->application_name == settings.application_name) {
            take_over(sql, *holder, slot);
            continue;
        }
        if (attempt >= policy.retries)
            throw StartupError(
                {error::kSlotBusy,
                 fmt::format("slot {} is held by pid {}, application \"{}\", client {}", slot,
                             holder->pid, holder->application_name, holder->client),
                 {},
                 fmt::format("Stop that client, or: SELECT pg_terminate_backend({});",
                             holder->pid)});
        log_warn("source", {.slot = slot, .code = error::kSlotBusy->code},
                 "slot is held by pid {}, application \"{}\", client {}; next try in {} ms",
                 holder->pid, holder->application_name, holder->client, policy.delay_ms);
        pause(policy.delay_ms);
    }
}

}  // namespace outflow::relay
