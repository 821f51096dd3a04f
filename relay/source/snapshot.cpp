#include "source/snapshot.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
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
constexpr int kLookAroundMs = 1'000;

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::string lsn_text(core::EndLsn lsn) {
    char buffer[core::kLsnTextSize];
    return {buffer, static_cast<std::size_t>(core::format_lsn(lsn.value, buffer))};
}

// The same for all rows, whichever worker copies them.
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

std::vector<SnapshotProgress::Table> expected_rows(const SnapshotTargets &tables) {
    std::vector<SnapshotProgress::Table> expected;
    for (const SnapshotTarget &each : tables)
        expected.push_back({each.table.name(), each.estimate});
    return expected;
}

}  // namespace

Snapshot::Snapshot(const SourceSettings &source, SnapshotPlan plan, Channel *channel)
    : source_(source),
      plan_(std::move(plan)),
      channel_(channel),
      rows_(this),
      progress_(expected_rows(plan_.tables)) {
    for (const SnapshotTarget &each : plan_.tables) {
        const auto number = static_cast<std::uint32_t>(tables_.size() + 1);
        tables_.emplace_back(number, each.table, plan_.settings.says_first && number == 1);
    }
}

bool Snapshot::run() {
    const std::int64_t begun_ms = steady_ms();
    next_word_ms_ = begun_ms + kProgressMs;
    try {
        connect();
        if (!copy_tables()) return false;
        for (const auto &worker : workers_) worker->commit();
    } catch (const ServerError &error) {
        explain(error, source_.context, "the snapshot failed");
    }
    rows_.end_snapshot();
    channel_->push(SnapshotEnd{plan_.state_after});
    log_info("snapshot", "snapshot read: {} in {:.1f} s", progress_.result(),
             static_cast<double>(steady_ms() - begun_ms) / 1000);
    return true;
}

void Snapshot::connect() {
    const std::size_t count = std::min(plan_.settings.workers, plan_.tables.size());
    for (std::size_t worker = 0; worker < count; ++worker)
        workers_.push_back(std::make_unique<SnapshotWorker>(source_, plan_.exported));
    log_info("snapshot", "snapshot: {}{}", progress_.plan(),
             count > 1 ? fmt::format(", {} workers", count) : "");
    if (workers_.empty()) return;
    lock_tables();
    Connection *sql = workers_.front()->sql();
    options_ = option_array(*sql, row_options(sql, plan_));
}

// snapshot.locking.mode=shared. The first worker's transaction holds the locks to the end.
void Snapshot::lock_tables() {
    if (!plan_.settings.lock_timeout_ms) return;
    Connection *sql = workers_.front()->sql();
    std::string names;
    for (const SnapshotTarget &each : plan_.tables)
        names += (names.empty() ? "" : ", ") + quoted_name(*sql, each.table);
    try {
        sql->query(fmt::format("SET LOCAL lock_timeout = {}", *plan_.settings.lock_timeout_ms));
        sql->query(fmt::format("LOCK TABLE ONLY {} IN ACCESS SHARE MODE", names));
        sql->query("SET LOCAL lock_timeout = 0");
    } catch (const ServerError &error) {
        constexpr std::string_view kNotAvailable = "55P03";
        if (error.sqlstate() != kNotAvailable) throw;
        throw StartupError(
            {error::kSnapshotFailed,
             fmt::format("a table of the snapshot could not be locked within {} ms",
                         *plan_.settings.lock_timeout_ms),
             error.text(),
             "Find the holder in pg_locks (AccessExclusiveLock); raise snapshot.lock.timeout.ms; "
             "or use snapshot.locking.mode=none, which the exported snapshot allows."});
    }
}

bool Snapshot::copy_tables() {
    while (true) {
        give_work();
        if (!is_busy()) return true;
        if (!wait_for_room()) return false;
        await_data();
        for (const auto &worker : workers_) {
            if (worker->busy() && may_read(*worker)) read(worker.get());
        }
    }
}

void Snapshot::give_work() {
    for (const auto &worker : workers_) {
        if (worker->busy() || next_table_ == tables_.size()) continue;
        const SnapshotTarget &target = plan_.tables[next_table_];
        channel_->push(SnapshotTable{target.table.name()});
        worker->start(next_table_, fmt::format("COPY (SELECT outflow.snapshot({}, {}) FROM {}) "
                                               "TO STDOUT (FORMAT binary)",
                                               target.row, options_, target.source));
        progress_.begin(next_table_++);
    }
}

bool Snapshot::is_busy() const {
    return std::any_of(workers_.begin(), workers_.end(),
                       [](const auto &worker) { return worker->busy(); });
}

// Nothing goes out before the row that says `first`.
bool Snapshot::may_read(const SnapshotWorker &worker) const {
    return worker.table() == 0 || tables_.front().first_row_is_out();
}

void Snapshot::read(SnapshotWorker *worker) {
    const std::size_t number = worker->table();
    SnapshotRows::Table *table = &tables_[number];
    try {
        const auto progress = worker->read(
            [&](std::string_view message) { return rows_.on_copy_data(table, message); });
        progress_.advance(number, table->rows());
        if (progress == SnapshotWorker::Progress::kRefused) malformed(number);
        if (progress == SnapshotWorker::Progress::kEnded) end_table(number);
    } catch (const ServerError &error) {
        fail(number, error);
    }
}

void Snapshot::end_table(std::size_t number) {
    if (!rows_.end_table(&tables_[number])) malformed(number);
    progress_.end(number);
    log_info("snapshot", "{}", progress_.table_end(number));
}

void Snapshot::await_data() {
    std::vector<pollfd> fds = {{Shutdown::wake_fd(), POLLIN, 0}};
    for (const auto &worker : workers_) {
        if (worker->busy() && may_read(*worker)) fds.push_back({worker->socket(), POLLIN, 0});
    }
    poll(fds.data(), fds.size(), kLookAroundMs);
    if (fds.front().revents != 0) Shutdown::clear_wake();
}

// The server waits meanwhile: a snapshot is read no faster than Kafka takes it.
bool Snapshot::wait_for_room() {
    while (true) {
        if (Shutdown::requested()) throw Interrupted();
        if (channel_->ended()) return false;
        const bool room = channel_->may_read();
        if (const std::int64_t now_ms = steady_ms(); now_ms >= next_word_ms_) {
            next_word_ms_ = now_ms + kProgressMs;
            log_info("snapshot", "snapshot: {}; {} committed", progress_.state(),
                     channel_->counters().events.load(std::memory_order_relaxed));
        }
        if (room) return true;
        pollfd wake = {Shutdown::wake_fd(), POLLIN, 0};
        poll(&wake, 1, kLookAroundMs);
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

void Snapshot::fail(std::size_t number, const ServerError &error) {
    constexpr std::string_view kDenied = "42501";
    const std::string name = plan_.tables[number].table.name();
    if (error.sqlstate() == kDenied && !is_row_security(error))
        throw StartupError(
            {error::kNoSelectRight,
             fmt::format("role {} may not read table {}", source_.context.user, name), error.text(),
             select_grants(*workers_.front()->sql(), plan_.tables[number].table,
                           source_.context.user)});
    explain(error, source_.context, fmt::format("the snapshot of table {} failed", name));
}

void Snapshot::malformed(std::size_t number) {
    throw StartupError({error::kBadChunk,
                        fmt::format("the snapshot of table {} is broken: {}",
                                    plan_.tables[number].table.name(), rows_.problem()),
                        {},
                        "Install the same version of the extension and the relay."});
}

}  // namespace outflow::relay
