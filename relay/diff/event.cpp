#include "diff/event.h"

#include <charconv>

#include "diff/json_cursor.h"

namespace outflow::relay::diff {
namespace {

constexpr std::string_view kRunIdHeader = "__debezium.context.runId";
constexpr std::string_view kPrefixHeader = "__debezium.context.connectorLogicalName";
constexpr std::size_t kMaxSequence = 64;

bool is_time(std::string_view name) {
    return name == "ts_ms" || name == "ts_us" || name == "ts_ns";
}

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class Locator {
 public:
    Locator(std::string_view text, std::string_view prefix, Part *part)
        : text_(text), prefix_(prefix), part_(part) {}

    // Spans of the schema's names; where the payload begins.
    std::size_t schema() {
        constexpr std::string_view kSchema = R"({"schema":)";
        constexpr std::string_view kPayload = R"(,"payload":)";
        if (!text_.starts_with(kSchema)) return 0;
        JsonCursor cursor(text_, kSchema.size());
        std::string_view schema;
        if (!cursor.value(&schema) || !text_.substr(cursor.at()).starts_with(kPayload)) return 0;
        mask_names(kSchema.size(), schema);
        return part_->payload = cursor.at() + kPayload.size();
    }

    void envelope(std::size_t payload, Event *event) {
        std::string_view operation;
        std::string_view source;
        std::size_t source_at = 0;
        std::vector<Span> before_source;
        std::vector<Span> after_source;
        const bool whole = walk_members(
            text_, payload, [&](std::string_view name, std::string_view value, std::size_t at) {
                if (name == "op") operation = value;
                if (name == "source") {
                    source = value;
                    source_at = at;
                }
                if (is_time(name))
                    (source.empty() ? before_source : after_source)
                        .push_back({at, value.size(), Mask::kEnvelopeTime});
            });
        // Without both it is another record, whose times may mean something.
        if (!whole || operation.size() != 3 || source.empty() || source[0] != '{') return;
        event->operation = operation[1];
        append(before_source);
        source_fields(source_at, event);
        append(after_source);
    }

 private:
    void add(std::size_t at, std::size_t size, Mask mask) {
        part_->spans.push_back({at, size, mask});
    }
    void append(const std::vector<Span> &spans) {
        part_->spans.insert(part_->spans.end(), spans.begin(), spans.end());
    }

    // "name":"PREFIX.…": a quote inside of a string is escaped, so this is a name.
    void mask_names(std::size_t base, std::string_view schema) {
        if (prefix_.empty()) return;
        const std::string wanted = R"("name":")" + std::string(prefix_) + ".";
        for (std::size_t found = schema.find(wanted); found != std::string_view::npos;
             found = schema.find(wanted, found + wanted.size())) {
            add(base + found + wanted.size() - 1 - prefix_.size(), prefix_.size(), Mask::kPrefix);
        }
    }

    void source_fields(std::size_t source_at, Event *event) {
        const bool snapshot = event->operation == 'r';
        walk_members(
            text_, source_at, [&](std::string_view name, std::string_view value, std::size_t at) {
                if (name == "version") {
                    add(at, value.size(), Mask::kSourceVersion);
                } else if (name == "name") {
                    if (!prefix_.empty() && value.size() == prefix_.size() + 2 &&
                        value.substr(1, prefix_.size()) == prefix_)
                        add(at + 1, prefix_.size(), Mask::kPrefix);
                } else if (snapshot && (is_time(name) || name == "txId" || name == "lsn" ||
                                        (name == "sequence" && value.size() < kMaxSequence))) {
                    add(at, value.size(), Mask::kSnapshotPlace);
                } else if (!snapshot && name == "txId") {
                    event->txn = number(value);
                } else if (!snapshot && name == "lsn") {
                    event->lsn = number(value);
                }
            });
    }

    std::string_view text_;
    std::string_view prefix_;
    Part *part_;
};

Part make_part(std::optional<std::string_view> text) {
    Part part;
    if (text) part.text.emplace(*text);
    return part;
}

Part locate_header(std::string_view name, std::optional<std::string_view> value,
                   std::string_view prefix) {
    Part part = make_part(value);
    if (!part.text) return part;
    if (name == kRunIdHeader) {
        part.spans.push_back({0, part.text->size(), Mask::kRunId});
    } else if (name == kPrefixHeader && !prefix.empty()) {
        // Plain, or as JsonConverter writes it.
        if (const std::size_t at = part.text->find(prefix); at != std::string::npos)
            part.spans.push_back({at, prefix.size(), Mask::kPrefix});
    } else {
        Locator(*part.text, prefix, &part).schema();
    }
    return part;
}

}  // namespace

std::string_view payload_text(const Part &part) {
    if (!part.text) return "null";
    const std::string_view text = std::string_view(*part.text).substr(part.payload);
    return part.payload != 0 && text.ends_with('}') ? text.substr(0, text.size() - 1) : text;
}

std::string masked_text(const Part &part) {
    if (!part.text) return "null";
    std::string masked;
    std::size_t at = 0;
    for (const Span &span : part.spans) {
        masked.append(*part.text, at, span.begin - at);
        masked += '0';  // valid where a value stands as well as inside of a string
        at = span.begin + span.size;
    }
    return masked.append(*part.text, at);
}

std::size_t Event::bytes() const {
    constexpr std::size_t kHeap = 64;  // of an allocation or two, and a node of a container
    const auto of = [](const Part &part) {
        return (part.text ? part.text->capacity() : 0) + part.spans.capacity() * sizeof(Span);
    };
    std::size_t bytes = sizeof(Event) + kHeap + of(key) + of(value);
    for (const Header &header : headers)
        bytes += sizeof(Header) + kHeap + header.name.capacity() + of(header.value);
    return bytes;
}

Event locate(const RawRecord &record, std::string_view prefix) {
    Event event;
    event.key = make_part(record.key);
    if (event.key.text) Locator(*event.key.text, prefix, &event.key).schema();
    event.value = make_part(record.value);
    if (event.value.text) {
        Locator locator(*event.value.text, prefix, &event.value);
        locator.envelope(locator.schema(), &event);
    } else {
        event.operation = '-';
    }
    event.headers.reserve(record.headers.size());
    for (const auto &[name, value] : record.headers)
        event.headers.push_back({std::string(name), locate_header(name, value, prefix)});
    return event;
}

}  // namespace outflow::relay::diff
