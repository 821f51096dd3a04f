// drain: reads a logical slot from its start to a given LSN, counts what comes, and measures the
// walsender that serves it. Prints one JSON line. It confirms nothing and writes no WAL, so the
// same WAL can be drained again through a copy of the slot.
//
//   drain --dsn DSN --slot NAME --until LSN --count chunks|pgoutput|nothing
//         [--cpus WALSENDER,CLIENT] [--option NAME=VALUE ...]
//
// The end is the keepalive that the walsender sends when it has nothing more to read, and with
// chunks the record that says so. The walsender must run on this machine, as a user whose processes
// we may pin.
#include <endian.h>
#include <libpq-fe.h>
#include <sched.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/chunk_reader.h"
#include "core/lsn.h"

namespace {

using Clock = std::chrono::steady_clock;
namespace core = outflow::core;

constexpr auto kMemoryPeriod = std::chrono::milliseconds(5);

enum class Format { kNothing, kPgoutput, kChunks };

struct Arguments {
    std::string dsn;
    std::string slot;
    std::uint64_t until = 0;
    Format format = Format::kNothing;
    int walsender_cpu = -1;
    int client_cpu = -1;
    std::vector<std::pair<std::string, std::string>> options;
};

struct Counts {
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
    std::uint64_t rows = 0;
};

[[noreturn]] void fail(const std::string &what) { throw std::runtime_error(what); }

// --- command line

Format parse_format(const std::string &name) {
    if (name == "chunks") return Format::kChunks;
    if (name == "pgoutput") return Format::kPgoutput;
    if (name == "nothing") return Format::kNothing;
    fail("--count wants chunks, pgoutput or nothing");
}

std::pair<std::string, std::string> split(const std::string &text, char separator) {
    const std::size_t at = text.find(separator);
    if (at == std::string::npos) fail("no " + std::string(1, separator) + " in " + text);
    return {text.substr(0, at), text.substr(at + 1)};
}

Arguments parse(int argc, char **argv) {
    Arguments arguments;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        const std::string value = argv[i + 1];
        if (name == "--dsn") {
            arguments.dsn = value;
        } else if (name == "--slot") {
            arguments.slot = value;
        } else if (name == "--until") {
            if (!core::parse_lsn(value, &arguments.until)) fail("no LSN: " + value);
        } else if (name == "--count") {
            arguments.format = parse_format(value);
        } else if (name == "--cpus") {
            const auto [walsender, client] = split(value, ',');
            arguments.walsender_cpu = std::stoi(walsender);
            arguments.client_cpu = std::stoi(client);
        } else if (name == "--option") {
            arguments.options.push_back(split(value, '='));
        } else {
            fail("unknown argument " + std::string(name));
        }
    }
    if (argc % 2 == 0 || arguments.dsn.empty() || arguments.slot.empty() || !arguments.until)
        fail("--dsn, --slot, --until and --count are required");
    return arguments;
}

// --- the walsender, seen through /proc

void pin(int pid, int cpu) {
    if (cpu < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(pid, sizeof set, &set) != 0)
        fail("cannot pin process " + std::to_string(pid) + ": " + std::strerror(errno));
}

// Run time by the scheduler's clock, exact to the nanosecond; utime and stime count ticks.
std::uint64_t run_time_ns(int pid) {
    std::uint64_t ns = 0;
    std::ifstream file("/proc/" + std::to_string(pid) + "/schedstat");
    if (!(file >> ns)) fail("cannot read the walsender's run time");
    return ns;
}

struct Memory {
    std::uint64_t private_kb = 0;     // RssAnon
    std::uint64_t high_water_kb = 0;  // VmHWM: also counts the shared buffers it touched
};

Memory memory_of(int pid) {
    Memory memory;
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string word; file >> word;) {
        if (word == "RssAnon:") file >> memory.private_kb;
        if (word == "VmHWM:") file >> memory.high_water_kb;
    }
    return memory;
}

class MemoryWatch {
 public:
    explicit MemoryWatch(int pid) : pid_(pid) { sample(); }

    void sample_when_due() {
        if (Clock::now() >= due_) sample();
    }
    void sample() {
        const Memory now = memory_of(pid_);
        if (now.private_kb > peak_.private_kb) peak_.private_kb = now.private_kb;
        peak_.high_water_kb = now.high_water_kb;
        due_ = Clock::now() + kMemoryPeriod;
    }
    const Memory &peak() const { return peak_; }

 private:
    int pid_;
    Memory peak_;
    Clock::time_point due_;
};

// --- the stream

struct Finish {
    void operator()(PGconn *connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Finish>;

struct FreeCopied {
    void operator()(char *buffer) const { PQfreemem(buffer); }
};

Connection connect(const std::string &dsn) {
    Connection connection(PQconnectdb((dsn + " replication=database").c_str()));
    if (PQstatus(connection.get()) != CONNECTION_OK) fail(PQerrorMessage(connection.get()));
    return connection;
}

void start_replication(PGconn *connection, const Arguments &arguments) {
    std::string command = "START_REPLICATION SLOT " + arguments.slot + " LOGICAL 0/0";
    const char *separator = " (";
    for (const auto &[name, value] : arguments.options) {
        char *text = PQescapeLiteral(connection, value.data(), value.size());
        command += separator + ("\"" + name + "\" ") + text;
        PQfreemem(text);
        separator = ", ";
    }
    if (!arguments.options.empty()) command += ")";
    PGresult *result = PQexec(connection, command.c_str());
    const bool started = PQresultStatus(result) == PGRES_COPY_BOTH;
    PQclear(result);
    if (!started) fail(command + "\n" + PQerrorMessage(connection));
}

std::uint64_t read_u64(const char *bytes) {
    std::uint64_t value;
    std::memcpy(&value, bytes, sizeof value);
    return be64toh(value);
}

constexpr std::size_t kDataHeaderBytes = 1 + 8 + 8 + 8;  // 'w', start, end, clock
constexpr std::size_t kKeepaliveBytes = 1 + 8 + 8 + 1;   // 'k', end, clock, reply wanted

// Counts the rows of a chunk. True when it reports a position at or behind `until`.
bool take_chunk(std::string_view payload, std::uint64_t until, Counts *counts) {
    bool ended = false;
    core::ChunkReader reader(payload);
    for (core::ChunkRecord record; reader.next(&record);) {
        counts->rows += record.type == core::RecordType::kEvent && record.event.has_value();
        ended |= record.type == core::RecordType::kCommit && record.commit.end.value >= until;
        ended |=
            record.type == core::RecordType::kProgress && record.progress.position.value >= until;
    }
    if (reader.error() != core::ChunkError::kNone)
        fail("bad chunk: " + std::string(core::describe(reader.error())));
    return ended;
}

bool is_pgoutput_row(char type) { return type == 'I' || type == 'U' || type == 'D'; }

// True at the end.
bool take(std::string_view message, const Arguments &arguments, Counts *counts) {
    if (message[0] == 'k' && message.size() >= kKeepaliveBytes) {
        // A keepalive may overtake an open chunk: there only the records tell.
        return arguments.format != Format::kChunks &&
               read_u64(message.data() + 1) >= arguments.until;
    }
    if (message[0] != 'w' || message.size() <= kDataHeaderBytes) fail("unexpected message");
    const std::string_view payload = message.substr(kDataHeaderBytes);
    ++counts->messages;
    counts->bytes += payload.size();
    if (arguments.format == Format::kChunks) return take_chunk(payload, arguments.until, counts);
    if (arguments.format == Format::kPgoutput) counts->rows += is_pgoutput_row(payload[0]);
    return false;
}

Counts read_to_end(PGconn *connection, const Arguments &arguments, MemoryWatch *memory) {
    Counts counts;
    for (;;) {
        char *buffer = nullptr;
        const int size = PQgetCopyData(connection, &buffer, 0);
        const std::unique_ptr<char, FreeCopied> owner(buffer);
        if (size <= 0) fail(std::string("the stream ended: ") + PQerrorMessage(connection));
        if (take({buffer, static_cast<std::size_t>(size)}, arguments, &counts)) return counts;
        memory->sample_when_due();
    }
}

void run(const Arguments &arguments) {
    const Connection connection = connect(arguments.dsn);
    const int walsender = PQbackendPID(connection.get());
    pin(walsender, arguments.walsender_cpu);
    pin(0, arguments.client_cpu);
    MemoryWatch memory(walsender);
    const std::uint64_t cpu_before = run_time_ns(walsender);
    const auto start = Clock::now();
    start_replication(connection.get(), arguments);
    const Counts counts = read_to_end(connection.get(), arguments, &memory);
    const std::chrono::duration<double> wall = Clock::now() - start;
    const std::uint64_t cpu_ns = run_time_ns(walsender) - cpu_before;
    memory.sample();
    std::printf(
        "{\"cpu_ns\": %llu, \"wall_s\": %.6f, \"messages\": %llu, \"bytes\": %llu, \"rows\": %llu, "
        "\"private_kb\": %llu, \"high_water_kb\": %llu}\n",
        static_cast<unsigned long long>(cpu_ns), wall.count(),
        static_cast<unsigned long long>(counts.messages),
        static_cast<unsigned long long>(counts.bytes), static_cast<unsigned long long>(counts.rows),
        static_cast<unsigned long long>(memory.peak().private_kb),
        static_cast<unsigned long long>(memory.peak().high_water_kb));
}

}  // namespace

int main(int argc, char **argv) {
    try {
        run(parse(argc, argv));
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "drain: %s\n", error.what());
        return 1;
    }
}
