#include "diff/compare.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace outflow::relay::diff {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kBefore = 40;
constexpr std::size_t kAfter = 60;

// --- bytes ---------------------------------------------------------------------------------------

struct Offsets {
    std::size_t left;
    std::size_t right;
};

std::optional<std::size_t> mismatch(std::string_view left, std::string_view right) {
    if (left == right) return std::nullopt;
    const std::size_t size = std::min(left.size(), right.size());
    return static_cast<std::size_t>(
        std::mismatch(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(size), right.begin())
            .first -
        left.begin());
}

bool same_masks(const Part &left, const Part &right) {
    return std::equal(left.spans.begin(), left.spans.end(), right.spans.begin(), right.spans.end(),
                      [](const Span &a, const Span &b) { return a.mask == b.mask; });
}

// The first byte outside of the masks that differs.
std::optional<Offsets> first_difference(const Part &left, const Part &right) {
    if (!left.text || !right.text)
        return left.text == right.text ? std::nullopt : std::optional<Offsets>({0, 0});
    const std::string_view left_text = *left.text;
    const std::string_view right_text = *right.text;
    Offsets at{0, 0};
    const std::size_t spans = same_masks(left, right) ? left.spans.size() : 0;
    for (std::size_t span = 0; span <= spans; ++span) {
        const bool last = span == spans;
        const std::size_t left_end = last ? left_text.size() : left.spans[span].begin;
        const std::size_t right_end = last ? right_text.size() : right.spans[span].begin;
        if (auto found = mismatch(left_text.substr(at.left, left_end - at.left),
                                  right_text.substr(at.right, right_end - at.right)))
            return Offsets{at.left + *found, at.right + *found};
        if (!last) at = {left_end + left.spans[span].size, right_end + right.spans[span].size};
    }
    return std::nullopt;
}

void note_ignored(const Part &left, const Part &right, std::array<bool, kMasks> *differ) {
    if (!left.text || !right.text || !same_masks(left, right)) return;
    for (std::size_t at = 0; at < left.spans.size(); ++at) {
        const Span &a = left.spans[at];
        const Span &b = right.spans[at];
        if (std::string_view(*left.text).substr(a.begin, a.size) !=
            std::string_view(*right.text).substr(b.begin, b.size))
            (*differ)[static_cast<std::size_t>(a.mask)] = true;
    }
}

std::string excerpt(const Part &part, std::size_t offset) {
    if (!part.text) return "null";
    const std::size_t begin = offset - std::min(offset, kBefore);
    return part.text->substr(begin, offset - begin + kAfter);
}

// --- values --------------------------------------------------------------------------------------

const Json *child(const Json *object, const char *name) {
    if (object == nullptr || !object->is_object()) return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &*found;
}

bool is(const Json *schema, const char *property, std::string_view wanted) {
    const Json *found = child(schema, property);
    return found != nullptr && found->is_string() &&
           found->get_ref<const std::string &>() == wanted;
}

const Json *schema_of_field(const Json *schema, const std::string &name) {
    const Json *fields = child(schema, "fields");
    if (fields == nullptr || !fields->is_array()) return nullptr;
    for (const Json &field : *fields) {
        if (is(&field, "field", name)) return &field;
    }
    return nullptr;
}

// A difference that is Debezium's own fault (debezium-wire-format.md §28): what it looks like.
struct KnownDeviation {
    std::string_view reason;
    bool (*explains)(char operation, const Json &left, const Json &right, const Json *schema);
};

// Java's text of an object without toString(): type@hash.
bool is_java_identity(const Json &value, std::string_view type) {
    if (!value.is_string()) return false;
    const std::string_view text = value.get_ref<const std::string &>();
    const std::size_t at = text.rfind('@');
    return at != std::string_view::npos && at + 1 < text.size() && text.find(type) < at &&
           text.find_first_not_of("0123456789abcdef", at + 1) == std::string_view::npos;
}

bool is_inner_array(char, const Json &left, const Json &right, const Json *) {
    return (left.is_null() && is_java_identity(right, "[L")) ||
           (right.is_null() && is_java_identity(left, "[L"));
}

bool is_message_identity(char, const Json &left, const Json &right, const Json *) {
    constexpr std::string_view kType = "LogicalDecodingMessage";
    const auto ours = [&](const Json &value) {
        return value.is_string() && value.get_ref<const std::string &>().find(kType) == 0;
    };
    return (is_java_identity(left, kType) && ours(right)) ||
           (is_java_identity(right, kType) && ours(left));
}

// Days since 1970: Debezium's snapshot reads them through java.sql.Date.
bool is_old_snapshot_date(char operation, const Json &left, const Json &right, const Json *schema) {
    constexpr std::int64_t kGregorian = -141'427;  // 1582-10-15
    return operation == 'r' && is(schema, "name", "io.debezium.time.Date") &&
           left.is_number_integer() && right.is_number_integer() &&
           std::min(left.get<std::int64_t>(), right.get<std::int64_t>()) < kGregorian;
}

constexpr KnownDeviation kKnownDeviations[] = {
    {"Debezium prints the Java identity of an inner array", is_inner_array},
    {"Debezium prints the Java identity of a logical message", is_message_identity},
    {"Debezium's snapshot shifts dates before 1582-10-15", is_old_snapshot_date},
};

struct Found {
    std::string path;
    std::string left;
    std::string right;
    std::string_view reason;  // empty: no known deviation
};

std::string text_of(const Json *value) {
    if (value == nullptr) return "(absent)";
    return value->dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Two parsed documents side by side; keeps the first difference and the first unexplained one.
class ValueWalk {
 public:
    explicit ValueWalk(char operation) : operation_(operation) {}

    void walk(const std::string &path, const Json &left, const Json &right, const Json *schema) {
        if (left.is_object() && right.is_object()) {
            walk_object(path, left, right, schema);
        } else if (left.is_array() && right.is_array() && left.size() == right.size()) {
            for (std::size_t at = 0; at < left.size(); ++at)
                walk(path + "[" + std::to_string(at) + "]", left[at], right[at],
                     child(schema, "items"));
        } else if (!same_leaf(left, right, schema)) {
            note(path, &left, &right, reason(left, right, schema));
        }
    }

    const std::optional<Found> &known() const { return known_; }
    const std::optional<Found> &unknown() const { return unknown_; }

 private:
    void walk_object(const std::string &path, const Json &left, const Json &right,
                     const Json *schema) {
        const std::string dot = path.empty() ? "" : path + ".";
        for (const auto &[name, value] : left.items()) {
            const auto found = right.find(name);
            if (found == right.end()) {
                note(dot + name, &value, nullptr, {});
            } else {
                walk(dot + name, value, *found, schema_of_field(schema, name));
            }
        }
        for (const auto &[name, value] : right.items()) {
            if (!left.contains(name)) note(dot + name, nullptr, &value, {});
        }
    }

    // A float4 is the same when both texts read back to it; without a schema it could be a float8.
    static bool same_leaf(const Json &left, const Json &right, const Json *schema) {
        if (left.is_number_float() != right.is_number_float()) return false;
        if (left == right) return true;
        return left.is_number_float() && is(schema, "type", "float") &&
               left.get<float>() == right.get<float>();
    }

    std::string_view reason(const Json &left, const Json &right, const Json *schema) const {
        for (const KnownDeviation &known : kKnownDeviations) {
            if (known.explains(operation_, left, right, schema)) return known.reason;
        }
        return {};
    }

    void note(const std::string &path, const Json *left, const Json *right,
              std::string_view reason) {
        auto &first = reason.empty() ? unknown_ : known_;
        if (!first) first = {path, text_of(left), text_of(right), reason};
    }

    const char operation_;
    std::optional<Found> known_;
    std::optional<Found> unknown_;
};

Verdict compare_values(char operation, const Part &left, const Part &right,
                       Difference *difference) {
    if (!left.text || !right.text) return Verdict::kDiffers;
    const Json a = Json::parse(masked_text(left), nullptr, /*allow_exceptions=*/false);
    const Json b = Json::parse(masked_text(right), nullptr, /*allow_exceptions=*/false);
    if (a.is_discarded() || b.is_discarded()) return Verdict::kDiffers;
    ValueWalk values(operation);
    const Json *schema = child(&a, "schema");
    const Json *payload = child(&a, "payload");
    const Json *other_payload = child(&b, "payload");
    if (schema != nullptr && payload != nullptr && other_payload != nullptr && a.size() == 2) {
        const Json *other_schema = child(&b, "schema");
        static const Json kNone;
        values.walk("schema", *schema, other_schema == nullptr ? kNone : *other_schema, nullptr);
        values.walk("payload", *payload, *other_payload, schema);
    } else {
        values.walk("", a, b, nullptr);
    }
    const auto &found = values.unknown() ? values.unknown() : values.known();
    if (!found) return Verdict::kEqualAsValue;
    difference->path = found->path;
    difference->reason = found->reason;
    difference->excerpt = {found->left, found->right};
    return values.unknown() ? Verdict::kDiffers : Verdict::kKnownDeviation;
}

// The worst verdict decides, and its difference is the one that is shown.
class Comparison {
 public:
    Comparison(char operation, Difference *difference)
        : operation_(operation), difference_(difference) {}

    void part(std::string name, const Part &left, const Part &right) {
        const auto offsets = first_difference(left, right);
        if (!offsets) return;
        Difference found;
        found.part = std::move(name);
        found.offset = {offsets->left, offsets->right};
        found.excerpt = {excerpt(left, offsets->left), excerpt(right, offsets->right)};
        const Verdict verdict = compare_values(operation_, left, right, &found);
        keep(verdict, std::move(found));
    }

    void keep(Verdict verdict, Difference found) {
        if (verdict <= verdict_) return;
        verdict_ = verdict;
        *difference_ = std::move(found);
    }

    Verdict verdict() const { return verdict_; }

 private:
    const char operation_;
    Difference *difference_;
    Verdict verdict_ = Verdict::kIdentical;
};

std::string header_names(const Event &event) {
    std::string names;
    for (const Header &header : event.headers) names += (names.empty() ? "" : ", ") + header.name;
    return names;
}

}  // namespace

Verdict compare(const Event &left, const Event &right, Ignored *ignored, Difference *difference) {
    std::array<bool, kMasks> differ{};
    note_ignored(left.key, right.key, &differ);
    note_ignored(left.value, right.value, &differ);
    Comparison comparison(left.operation, difference);
    comparison.part("key", left.key, right.key);
    const bool same_names = std::equal(
        left.headers.begin(), left.headers.end(), right.headers.begin(), right.headers.end(),
        [](const Header &a, const Header &b) { return a.name == b.name; });
    if (!same_names) {
        comparison.keep(Verdict::kDiffers,
                        {"headers", "", "", {}, {header_names(left), header_names(right)}});
    } else {
        for (std::size_t at = 0; at < left.headers.size(); ++at) {
            note_ignored(left.headers[at].value, right.headers[at].value, &differ);
            comparison.part("header " + left.headers[at].name, left.headers[at].value,
                            right.headers[at].value);
        }
    }
    comparison.part("value", left.value, right.value);
    for (std::size_t mask = 0; mask < kMasks; ++mask) (*ignored)[mask] += differ[mask] ? 1 : 0;
    return comparison.verdict();
}

}  // namespace outflow::relay::diff
