#include "source_parts.h"

#include <ctime>

#include "pg/context_sink.h"

namespace outflow::plugin {
namespace {

constexpr std::size_t kUsualBytes = 512;

void init_sink(core::ByteSink *sink) {
    pg::init_local_sink(sink);
    sink->reserve(kUsualBytes);
}

}  // namespace

void init_source_parts(core::SourceParts *parts) {
    for (core::ByteSink *sink : {&parts->head, &parts->times, &parts->xid, &parts->origin})
        init_sink(sink);
}

void init_clock(core::EnvelopeClock *clock) { init_sink(&clock->text); }

core::SourceInfo source_of(const Options &options, std::string_view database) {
    core::SourceInfo info;
    info.version = options.source_version;
    info.name = options.topic_prefix;
    // A streamed event sets no marker; what is printed is the default of its schema.
    if (options.value_converter.keeps_nulls) info.snapshot = {};
    info.database = database;
    return info;
}

std::int64_t unix_time_us(TimestampTz time) {
    constexpr std::int64_t kEpochDays = POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE;
    return time + kEpochDays * USECS_PER_DAY;
}

std::int64_t unix_time_ns() {
    timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

}  // namespace outflow::plugin
