#include "diff/capture_line.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "app/utf8.h"
#include "core/json_writer.h"
#include "diff/json_cursor.h"

namespace outflow::relay::diff {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kNull = "null";

// --- writing -------------------------------------------------------------------------------------

// May stand in the line as it is, and is told apart from nothing.
bool is_json_on_one_line(std::string_view text) {
    const auto is_blank = [](char byte) { return static_cast<unsigned char>(byte) <= ' '; };
    if (text.empty() || is_blank(text.front()) || is_blank(text.back()) || text == kNull)
        return false;
    return std::none_of(text.begin(), text.end(),
                        [](char byte) { return byte == '\n' || byte == '\r'; }) &&
           Json::accept(text);
}

void append_part(core::ByteSink *line, std::string_view name, std::string_view base64_name,
                 std::optional<std::string_view> bytes) {
    core::write_json_comma(line);
    if (!bytes || is_json_on_one_line(*bytes)) {
        core::write_json_name(line, name);
        line->append(bytes.value_or(kNull));
    } else {
        core::write_json_name(line, base64_name);
        core::write_json_base64(line, *bytes);
    }
}

void append_header_value(core::ByteSink *line, std::optional<std::string_view> value) {
    if (!value) return core::write_json_null(line);
    if (is_utf8(*value)) return core::write_json_string(line, *value);
    core::begin_json_object(line);
    core::write_json_name(line, "base64");
    core::write_json_base64(line, *value);
    core::end_json_object(line);
}

// --- reading -------------------------------------------------------------------------------------

bool decode_base64(std::string_view text, std::string *bytes) {
    if (text.size() % 4 != 0) return false;
    std::uint32_t group = 0;
    int bits = 0;
    std::size_t padding = 0;
    for (const char character : text) {
        constexpr std::string_view kAlphabet =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        if (character == '=') {
            ++padding;
            continue;
        }
        const std::size_t value = kAlphabet.find(character);
        if (value == std::string_view::npos || padding != 0) return false;
        group = group << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        *bytes += static_cast<char>(group >> bits & 0xFF);
    }
    return padding <= 2;
}

// The first byte says what it would be; JsonCursor does not look at words and numbers.
bool begins_json(std::string_view text) {
    return !text.empty() && (std::string_view("{[\"-").find(text[0]) != std::string_view::npos ||
                             (text[0] >= '0' && text[0] <= '9') || text == "true" ||
                             text == "false" || text == kNull);
}

template <typename Number>
bool number_of(std::string_view text, Number *number) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), *number);
    return code == std::errc() && end == text.data() + text.size();
}

std::optional<std::string_view> present(std::string_view json) {
    return json == kNull ? std::nullopt : std::optional(json);
}

}  // namespace

void append_capture_line(core::ByteSink *line, std::string_view topic, int partition,
                         const RawRecord &record) {
    core::begin_json_object(line);
    core::write_json_name(line, "topic");
    core::write_json_string(line, topic);
    if (partition >= 0) {
        core::write_json_comma(line);
        core::write_json_name(line, "partition");
        core::write_json_int(line, partition);
    }
    if (record.timestamp_ms >= 0) {
        core::write_json_comma(line);
        core::write_json_name(line, "timestamp");
        core::write_json_int(line, record.timestamp_ms);
    }
    append_part(line, "key", "key_base64", record.key);
    core::write_json_comma(line);
    core::write_json_name(line, "headers");
    core::begin_json_object(line);
    for (std::size_t at = 0; at < record.headers.size(); ++at) {
        if (at != 0) core::write_json_comma(line);
        core::write_json_name(line, record.headers[at].first);
        append_header_value(line, record.headers[at].second);
    }
    core::end_json_object(line);
    append_part(line, "value", "value_base64", record.value);
    core::end_json_object(line);
    line->append('\n');
}

std::string CaptureLine::read(std::string_view line) {
    topic_ = {};
    partition_ = 0;
    record_ = {};
    decoded_.clear();
    std::string wrong;
    std::size_t end = 1;
    const bool whole =
        walk_members(line, 0, [&](std::string_view name, std::string_view value, std::size_t at) {
            if (wrong.empty()) wrong = take_member(name, value);
            end = at + value.size();
        });
    if (!wrong.empty()) return wrong;
    if (!whole || end + 1 != line.size()) return "not one JSON object without spaces";
    if (topic_.empty()) return "no \"topic\"";
    return {};
}

std::string CaptureLine::take_member(std::string_view name, std::string_view value) {
    const auto unless = [&](bool is_read) {
        return is_read ? std::string() : "\"" + std::string(name) + "\" cannot be read";
    };
    if (!begins_json(value)) return unless(false);
    std::string_view bytes;
    if (name == "topic") return unless(text_of(value, &topic_));
    if (name == "partition") return unless(number_of(value, &partition_) && partition_ >= 0);
    if (name == "timestamp") return unless(number_of(value, &record_.timestamp_ms));
    if (name == "headers") return unless(take_headers(value));
    if (name == "key" || name == "value") {
        (name == "key" ? record_.key : record_.value) = present(value);
        return {};
    }
    if (name == "key_base64" || name == "value_base64") {
        if (!bytes_of(value, &bytes)) return unless(false);
        (name == "key_base64" ? record_.key : record_.value) = bytes;
        return {};
    }
    return "\"" + std::string(name) + "\" is no member of a captured record";
}

bool CaptureLine::take_headers(std::string_view object) {
    bool fine = true;
    const auto take = [&](std::string_view name, std::string_view value, std::size_t) {
        constexpr std::string_view kBase64 = R"({"base64":)";
        std::string_view text;
        if (!begins_json(value)) {
            fine = false;
        } else if (value == kNull) {
            record_.headers.emplace_back(name, std::nullopt);
            return;
        } else if (value.starts_with(kBase64)) {
            value.remove_prefix(kBase64.size());
            value.remove_suffix(1);
            fine = fine && bytes_of(value, &text);
        } else {
            fine = fine && text_of(value, &text);
        }
        record_.headers.emplace_back(name, text);
    };
    if (!walk_members(object, 0, take) || !fine) return false;
    for (auto &[name, value] : record_.headers) {
        if (name.find('\\') == std::string_view::npos) continue;
        std::string quoted = "\"";
        quoted.append(name) += '"';
        if (!text_of(decoded_.emplace_back(std::move(quoted)), &name)) return false;
    }
    return true;
}

bool CaptureLine::text_of(std::string_view json, std::string_view *text) {
    if (json.size() < 2 || json.front() != '"') return false;
    *text = json.substr(1, json.size() - 2);
    if (text->find('\\') == std::string_view::npos) return true;
    const Json parsed = Json::parse(json, nullptr, /*allow_exceptions=*/false);
    if (!parsed.is_string()) return false;
    *text = decoded_.emplace_back(parsed.get_ref<const std::string &>());
    return true;
}

bool CaptureLine::bytes_of(std::string_view json, std::string_view *bytes) {
    std::string_view text;
    if (!text_of(json, &text)) return false;
    std::string &decoded = decoded_.emplace_back();
    if (!decode_base64(text, &decoded)) return false;
    *bytes = decoded;
    return true;
}

}  // namespace outflow::relay::diff
