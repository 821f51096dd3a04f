#include "source/snapshot_worker.h"

namespace outflow::relay {

SnapshotWorker::SnapshotWorker(const SourceSettings &settings, const std::string &exported)
    : sql_(settings, Connection::Kind::kSql) {
    sql_.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    sql_.query("SET TRANSACTION SNAPSHOT " + sql_.literal(exported));
}

void SnapshotWorker::start(std::size_t table, const std::string &copy) {
    table_ = table;
    if (PQsendQuery(sql_.get(), copy.c_str()) == 0)
        throw ServerError("08006", PQerrorMessage(sql_.get()), {}, {});
    state_ = State::kStarting;
}

SnapshotWorker::Progress SnapshotWorker::read(const Take &take) {
    if (PQconsumeInput(sql_.get()) == 0)
        throw ServerError("08006", PQerrorMessage(sql_.get()), {}, {});
    if (state_ == State::kStarting) take_answer();
    if (state_ == State::kCopying) return hand_over(take);
    if (state_ == State::kEnding) take_answer();
    return state_ == State::kIdle ? Progress::kEnded : Progress::kWaiting;
}

// The answer to the statement, and what follows the last row.
void SnapshotWorker::take_answer() {
    while (PQisBusy(sql_.get()) == 0) {
        const Result result(PQgetResult(sql_.get()));
        if (result.get() == nullptr) {
            state_ = State::kIdle;
            return;
        }
        switch (PQresultStatus(result.get())) {
            case PGRES_COPY_OUT:
                state_ = State::kCopying;
                return;
            case PGRES_COMMAND_OK:
                break;
            default:
                throw ServerError::of(result.get(), sql_.get());
        }
    }
}

SnapshotWorker::Progress SnapshotWorker::hand_over(const Take &take) {
    while (true) {
        char *buffer = nullptr;
        const int length = PQgetCopyData(sql_.get(), &buffer, 1);
        if (length == 0) return Progress::kWaiting;
        if (length < 0) break;
        const bool good = take({buffer, static_cast<std::size_t>(length)});
        PQfreemem(buffer);
        if (!good) return Progress::kRefused;
    }
    state_ = State::kEnding;
    take_answer();
    return state_ == State::kIdle ? Progress::kEnded : Progress::kWaiting;
}

void SnapshotWorker::commit() { sql_.query("COMMIT"); }

}  // namespace outflow::relay
