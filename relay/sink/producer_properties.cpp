#include "sink/producer_properties.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace outflow::relay {
namespace {

// What the user did not choose. `linger.ms` 0: a batch builds up by itself while requests are on
// their way; waiting for one costs latency and gains nothing at saturation (performance §3).
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kDefaults = {{
    {"acks", "all"},
    {"partitioner", "murmur2_random"},  // Java's
    // Costs no latency: a commit flushes, and a flush does not linger. Without it the broker thread
    // sends crumbs and then spins over a queue that has no request free (test/bench).
    {"linger.ms", "20"},
    {"queue.buffering.max.messages", "1000000"},
    {"socket.nagle.disable", "true"},
}};

// A record must fail before its transaction does, and the transaction before the broker's limit
// (transaction.max.timeout.ms, 15 minutes).
constexpr std::int64_t kTransactionTimeoutMs = 60'000;
constexpr std::int64_t kLongestTransactionMs = 900'000;

bool has(const kafka::Properties &properties, std::string_view name) {
    return std::any_of(properties.begin(), properties.end(),
                       [&](const auto &property) { return property.first == name; });
}

std::string_view value_of(const kafka::Properties &properties, std::string_view name) {
    std::string_view value;
    for (const auto &[key, text] : properties) {
        if (key == name) value = text;
    }
    return value;
}

std::int64_t number(const kafka::Properties &properties, std::string_view name) {
    return std::strtoll(std::string(value_of(properties, name)).c_str(), nullptr, 10);
}

void complete_timeouts(kafka::Properties *all) {
    if (!has(*all, "transaction.timeout.ms")) {
        const std::int64_t message_ms = number(*all, "message.timeout.ms");
        const std::int64_t wanted = std::max(kTransactionTimeoutMs, message_ms * 4 / 3);
        all->emplace_back("transaction.timeout.ms",
                          std::to_string(std::min(wanted, kLongestTransactionMs)));
    }
    if (!has(*all, "message.timeout.ms"))
        all->emplace_back("message.timeout.ms",
                          std::to_string(number(*all, "transaction.timeout.ms") * 3 / 4));
}

}  // namespace

kafka::Properties producer_properties(const KafkaSinkOptions &options) {
    kafka::Properties all = options.properties;
    for (const auto &[name, value] : kDefaults) {
        if (!has(all, name)) all.emplace_back(name, value);
    }
    complete_timeouts(&all);
    // Twice what we let in, so that the library's own limit never acts before ours.
    if (!has(all, "queue.buffering.max.kbytes"))
        all.emplace_back("queue.buffering.max.kbytes",
                         std::to_string(std::max<std::size_t>(
                             options.max_in_flight_bytes * 2 / 1024, 1U << 20)));
    all.emplace_back("enable.idempotence", "true");
    if (options.mode != DeliveryMode::kNoTransactions)
        all.emplace_back("transactional.id", options.transactional_id);
    return all;
}

std::int64_t transaction_timeout_ms(const kafka::Properties &properties) {
    return number(properties, "transaction.timeout.ms");
}

}  // namespace outflow::relay
