#include "source/snapshot.h"

#include <fmt/format.h>
#include <poll.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "app/log.h"
#include "app/shutdown.h"

namespace outflow::relay {
namespace {

constexpr std::int64_t kProgressMs = 10'000;

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::string lsn_text(core::EndLsn lsn) {
    char buffer[core::kLsnTextSize];
    return {buffer, static_cast<std::size_t>(core::format_lsn(lsn.value, buffer))};
}

Properties row_options(Connection *sql, const SnapshotPlan &plan) {
    const auto now_us = std::chrono::duration_cast<std::chrono::microseconds>(
                            std::chrono::system_clock::now().time_since_epoch())
                            .count();
    Properties options = plan.plugin_options;
    options.emplace_back("outflow.snapshot.lsn", lsn_text(plan.lsn));
    options.emplace_back("outflow.snapshot.time_us", std::to_string(now_us));
    options.emplace_back("outflow.snapshot.xid",
                         sql->query("SELECT pg_catalog.pg_current_xact_id()").string(0, 0));
    return options;
}

}  // namespace

Snapshot::Snapshot(Connection sql, const ServerContext &context, Channel *channel)
    : sql_(std::move(sql)), context_(context), channel_(channel), rows_(this) {}

bool Snapshot::run(const SnapshotPlan &plan) {
    const std::int64_t begun_ms = steady_ms();
    next_word_ms_ = begun_ms + kProgressMs;
    try {
        sql_.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        sql_.query("SET TRANSACTION SNAPSHOT " + sql_.literal(plan.exported));
        const std::string options = option_array(sql_, row_options(&sql_, plan));
        bool first = true;
        for (const TableTopic &target : plan.tables) {
            const auto &[schema, table, topic] = target;
            rows_.begin_table(target, std::exchange(first, false));
            channel_->push(SnapshotTable{schema + "." + table});
            if (!copy_table(schema, table, options)) return false;
            total_rows_ += rows_.rows();
            log_debug("snapshot", "{}.{}: {} rows", schema, table, rows_.rows());
        }
        sql_.query("COMMIT");
    } catch (const ServerError &error) {
        explain(error, context_, "the snapshot failed");
    }
    rows_.end_snapshot();
    channel_->push(SnapshotEnd{plan.state_after});
    log_info("snapshot", "snapshot read: {} rows of {} tables in {:.1f} s", total_rows_,
             plan.tables.size(), static_cast<double>(steady_ms() - begun_ms) / 1000);
    return true;
}

bool Snapshot::copy_table(const std::string &schema, const std::string &table,
                          const std::string &options) {
    const std::string name = sql_.identifier(schema) + "." + sql_.identifier(table);
    try {
        sql_.start_copy(
            fmt::format("COPY (SELECT outflow.snapshot(t.*, {}) FROM ONLY {} AS t) "
                        "TO STDOUT (FORMAT binary)",
                        options, name));
    } catch (const ServerError &error) {
        if (error.sqlstate() != "42501") throw;
        throw StartupError({error::kNoSelectRight,
                            fmt::format("role {} may not read table {}", context_.user, name),
                            error.text(),
                            fmt::format("GRANT SELECT ON {} TO {};\n"
                                        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA outflow TO {};",
                                        name, context_.user, context_.user)});
    }
    while (true) {
        if (!wait_for_room()) return false;
        char *buffer = nullptr;
        const int length = PQgetCopyData(sql_.get(), &buffer, 1);
        if (length > 0) {
            const bool good = rows_.on_copy_data({buffer, static_cast<std::size_t>(length)});
            PQfreemem(buffer);
            if (!good) malformed(name);
        } else if (length == 0) {
            pollfd fds[2] = {{sql_.socket(), POLLIN, 0}, {Shutdown::wake_fd(), POLLIN, 0}};
            poll(fds, 2, 1000);
            if (fds[1].revents != 0) Shutdown::clear_wake();
            if (PQconsumeInput(sql_.get()) == 0)
                throw ServerError("08006", PQerrorMessage(sql_.get()), {}, {});
        } else {
            break;
        }
    }
    const Result end(PQgetResult(sql_.get()));
    if (PQresultStatus(end.get()) != PGRES_COMMAND_OK) throw ServerError::of(end.get(), sql_.get());
    while (PGresult *rest = PQgetResult(sql_.get())) PQclear(rest);
    if (!rows_.end_table()) malformed(name);
    return true;
}

// The server waits meanwhile: a snapshot is read no faster than Kafka takes it.
bool Snapshot::wait_for_room() {
    while (true) {
        if (Shutdown::requested()) throw Interrupted();
        if (channel_->ended()) return false;
        const bool room = channel_->may_read();
        if (const std::int64_t now_ms = steady_ms(); now_ms >= next_word_ms_) {
            next_word_ms_ = now_ms + kProgressMs;
            log_info("snapshot", "snapshot: {} rows read, {} committed", total_rows_ + rows_.rows(),
                     channel_->counters().events.load(std::memory_order_relaxed));
        }
        if (room) return true;
        pollfd wake = {Shutdown::wake_fd(), POLLIN, 0};
        poll(&wake, 1, 1000);
        if (wake.revents != 0) Shutdown::clear_wake();
    }
}

void Snapshot::on_snapshot_chunk(std::string_view chunk) {
    auto *memory = static_cast<char *>(std::malloc(chunk.size()));
    if (memory == nullptr) throw std::bad_alloc();
    std::memcpy(memory, chunk.data(), chunk.size());
    channel_->push(ChunkHandle(
        Chunk::make(memory, &std::free, {memory, chunk.size()}, chunk.size(), channel_->budget())));
}

void Snapshot::malformed(const std::string &table) {
    throw StartupError(
        {error::kBadChunk,
         fmt::format("the snapshot of table {} is broken: {}", table, rows_.problem()),
         {},
         "Install the same version of the extension and the relay."});
}

}  // namespace outflow::relay
