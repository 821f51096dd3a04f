#include "command/event_view.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/lsn.h"

namespace outflow::relay {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxShownValue = 60;
constexpr std::string_view kUnavailable = "__debezium_unavailable_value";

constexpr std::string_view kReset = "\033[0m";
constexpr std::string_view kDim = "\033[2m";

std::string_view color_of(char operation) {
    switch (operation) {
        case 'c':
            return "\033[32m";  // green
        case 'u':
            return "\033[33m";  // yellow
        case 'd':
        case 't':
            return "\033[31m";  // red
        default:
            return "\033[36m";  // cyan
    }
}

// Without the wrapper that schemas.enable=true puts around it.
Json parse(std::string_view text) {
    Json document = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (document.is_object() && document.size() == 2 && document.contains("schema") &&
        document.contains("payload"))
        return document["payload"];
    return document;
}

// What a terminal may show: no control characters, also not those of U+0080 to U+009F.
std::string printable(std::string_view text) {
    std::string shown;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool c1 =
            byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (byte < 0x20 || byte == 0x7F || c1) {
            shown.push_back('?');
            if (c1) ++at;
        } else {
            shown.push_back(text[at]);
        }
    }
    return shown;
}

// Cut between two characters.
std::string shortened(std::string text) {
    if (text.size() <= kMaxShownValue) return text;
    std::size_t end = kMaxShownValue;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text + "…";
}

std::string show(const Json &value) {
    return shortened(printable(value.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

const Json &member(const Json &object, const char *name) {
    static const Json kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(name);
    return found == object.end() ? kNull : *found;
}

char operation_of(const Json &event) {
    const Json &op = member(event, "op");
    return op.is_string() && op.get_ref<const std::string &>().size() == 1
               ? op.get_ref<const std::string &>()[0]
               : '\0';
}

class LineWriter {
 public:
    explicit LineWriter(bool color) : color_(color) {}

    void text(std::string_view text) { line_ += text; }
    void painted(std::string_view paint, std::string_view text) {
        if (color_) line_ += paint;
        line_ += text;
        if (color_) line_ += kReset;
    }
    void field(const std::string &name, const std::string &value) {
        line_ += fields_++ == 0 ? "  " : ", ";
        painted(kDim, printable(name) + ": ");
        line_ += value;
    }
    bool has_fields() const { return fields_ > 0; }
    std::string take() { return std::move(line_); }

 private:
    const bool color_;
    int fields_ = 0;
    std::string line_;
};

void show_row(const Json &row, LineWriter *line) {
    if (!row.is_object()) return;
    for (const auto &[name, value] : row.items()) {
        if (!value.is_null()) line->field(name, show(value));
    }
}

void show_changes(const Json &before, const Json &after, LineWriter *line) {
    for (const auto &[name, value] : after.items()) {
        const Json &old = member(before, name.c_str());
        if (old != value && value != kUnavailable)
            line->field(name, show(old) + " → " + show(value));
    }
    if (!line->has_fields()) line->text("  no change");
}

void show_event(const Json &event, char operation, LineWriter *line) {
    const Json &before = member(event, "before");
    const Json &after = member(event, "after");
    switch (operation) {
        case 'u':
            if (before.is_object() && after.is_object()) {
                show_changes(before, after, line);
            } else {
                show_row(after, line);
            }
            break;
        case 'd':
            show_row(before, line);
            break;
        case 't':
            line->text("  truncate");
            break;
        case 'm':
            show_row(member(event, "message"), line);
            break;
        default:
            show_row(after, line);
    }
}

void show_source(const Json &source, char operation, std::int64_t timestamp_ms, LineWriter *line) {
    std::string text;
    if (const Json &txn = member(source, "txId"); txn.is_number())
        text += fmt::format("  txId {}", txn.dump());
    if (const Json &lsn = member(source, "lsn"); lsn.is_number_integer()) {
        char digits[core::kLsnTextSize];
        const int size = core::format_lsn(lsn.get<std::uint64_t>(), digits);
        text += fmt::format("  lsn {}", std::string_view(digits, static_cast<std::size_t>(size)));
    }
    const Json &time = member(source, "ts_ms");
    // A snapshot's rows all carry its time: a delay would mean nothing.
    if (operation == 'r') {
        text += "  snapshot";
    } else if (time.is_number_integer() && timestamp_ms >= 0) {
        text += fmt::format("  +{} ms", timestamp_ms - time.get<std::int64_t>());
    }
    if (!text.empty()) line->painted(kDim, " " + text);
}

std::string time_of_day(std::int64_t timestamp_ms) {
    if (timestamp_ms < 0) return "--:--:--.---";
    const auto seconds = static_cast<std::time_t>(timestamp_ms / 1000);
    std::tm local{};
    localtime_r(&seconds, &local);
    return fmt::format("{:%H:%M:%S}.{:03}", local, timestamp_ms % 1000);
}

bool is_key(const ShownRecord &record, const std::string &wanted) {
    if (!record.key) return false;
    if (*record.key == wanted) return true;
    const Json key = parse(*record.key);
    if (key.is_discarded()) return false;
    if (key.dump() == wanted) return true;
    if (!key.is_object() || key.size() != 1) return false;
    const Json &column = key.front();
    return column.is_string() ? column.get<std::string>() == wanted : column.dump() == wanted;
}

}  // namespace

bool passes(const EventFilter &filter, const ShownRecord &record) {
    if (filter.key && !is_key(record, *filter.key)) return false;
    if (filter.operations.empty()) return true;
    if (!record.value) return false;
    const char operation = operation_of(parse(*record.value));
    return operation != '\0' && filter.operations.find(operation) != std::string::npos;
}

std::string format_record(const ShownRecord &record, bool color) {
    LineWriter line(color);
    const Json event = record.value ? parse(*record.value) : Json();
    const char operation = record.value ? operation_of(event) : '-';
    line.text(time_of_day(record.timestamp_ms));
    line.text(" ");
    line.painted(color_of(operation), std::string(1, operation == '\0' ? '?' : operation));
    line.text(" ");
    line.text(printable(record.topic));
    if (record.key) {
        const Json key = parse(*record.key);
        line.text("  " + (key.is_discarded() ? shortened(printable(*record.key)) : show(key)));
    }
    if (!record.value) {
        line.text("  tombstone");
    } else if (operation == '\0') {
        line.text("  " + shortened(printable(*record.value)));
    } else {
        show_event(event, operation, &line);
        show_source(member(event, "source"), operation, record.timestamp_ms, &line);
    }
    return line.take();
}

}  // namespace outflow::relay
