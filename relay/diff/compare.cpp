#include "diff/compare.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

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

// Two values of one field that differ.
struct Place {
    char operation;
    const std::string &path;
    const Json &left;
    const Json &right;
    std::array<const Json *, kSides> schema;  // of the field; null without one
};

// A difference that is meant (extension/DEVIATIONS.md): what it looks like.
struct KnownDeviation {
    std::string_view reason;
    bool (*explains)(const Place &place);
};

// Java's text of an object without toString(): type@hash.
bool is_java_identity(const Json &value, std::string_view type) {
    if (!value.is_string()) return false;
    const std::string_view text = value.get_ref<const std::string &>();
    const std::size_t at = text.rfind('@');
    return at != std::string_view::npos && at + 1 < text.size() && text.find(type) < at &&
           text.find_first_not_of("0123456789abcdef", at + 1) == std::string_view::npos;
}

bool is_inner_array(const Place &place) {
    return (place.left.is_null() && is_java_identity(place.right, "[L")) ||
           (place.right.is_null() && is_java_identity(place.left, "[L"));
}

bool is_message_identity(const Place &place) {
    constexpr std::string_view kType = "LogicalDecodingMessage";
    const auto ours = [&](const Json &value) {
        return value.is_string() && value.get_ref<const std::string &>().find(kType) == 0;
    };
    return (is_java_identity(place.left, kType) && ours(place.right)) ||
           (is_java_identity(place.right, kType) && ours(place.left));
}

// Days since 1970: Debezium's snapshot reads them through java.sql.Date.
bool is_old_snapshot_date(const Place &place) {
    constexpr std::int64_t kGregorian = -141'427;  // 1582-10-15
    return place.operation == 'r' && is(place.schema[0], "name", "io.debezium.time.Date") &&
           place.left.is_number_integer() && place.right.is_number_integer() &&
           std::min(place.left.get<std::int64_t>(), place.right.get<std::int64_t>()) < kGregorian;
}

std::vector<std::string_view> labels_of(const Json &list) {
    std::vector<std::string_view> labels;
    std::string_view text = list.get_ref<const std::string &>();
    for (;;) {
        const std::size_t comma = text.find(',');
        labels.push_back(text.substr(0, comma));
        if (comma == std::string_view::npos) return labels;
        text.remove_prefix(comma + 1);
    }
}

// The longer list has all labels of the other, in their order.
bool has_more_labels(const Json &more, const Json &fewer) {
    const std::vector<std::string_view> all = labels_of(more);
    const std::vector<std::string_view> some = labels_of(fewer);
    auto at = some.begin();
    for (const std::string_view label : all) {
        if (at != some.end() && *at == label) ++at;
    }
    return all.size() > some.size() && at == some.end();
}

bool is_later_label(const Place &place) {
    return place.path.starts_with("schema.") && place.path.ends_with(".parameters.allowed") &&
           place.left.is_string() && place.right.is_string() &&
           (has_more_labels(place.left, place.right) || has_more_labels(place.right, place.left));
}

// Eleven bits read without their sign: numeric's scales end at 1000.
bool is_misread_scale(const Json &scale) {
    if (!scale.is_string()) return false;
    const std::string &text = scale.get_ref<const std::string &>();
    return text.size() == 4 && text > "1000" && text < "2048";
}

bool is_negative_scale(const Place &place) {
    if (place.path.starts_with("schema.") && place.path.ends_with(".parameters.scale"))
        return (is_misread_scale(place.left) && place.right == "0") ||
               (is_misread_scale(place.right) && place.left == "0");
    return std::any_of(place.schema.begin(), place.schema.end(), [](const Json *schema) {
        const Json *scale = child(child(schema, "parameters"), "scale");
        return is(schema, "name", "org.apache.kafka.connect.data.Decimal") && scale != nullptr &&
               is_misread_scale(*scale);
    });
}

constexpr KnownDeviation kKnownDeviations[] = {
    {"Debezium prints the Java identity of an inner array", is_inner_array},
    {"Debezium prints the Java identity of a logical message", is_message_identity},
    {"Debezium's snapshot shifts dates before 1582-10-15", is_old_snapshot_date},
    {"Debezium lists the labels that an enum had when it started", is_later_label},
    {"Debezium misreads a negative scale", is_negative_scale},
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
    using Schemas = std::array<const Json *, kSides>;

    explicit ValueWalk(char operation) : operation_(operation) {}

    void walk(const std::string &path, const Json &left, const Json &right, Schemas schemas) {
        if (left.is_object() && right.is_object()) {
            walk_object(path, left, right, schemas);
        } else if (left.is_array() && right.is_array() && left.size() == right.size()) {
            const Schemas items = {child(schemas[0], "items"), child(schemas[1], "items")};
            for (std::size_t at = 0; at < left.size(); ++at)
                walk(path + "[" + std::to_string(at) + "]", left[at], right[at], items);
        } else if (!same_leaf(left, right, schemas[0])) {
            note(path, &left, &right, reason({operation_, path, left, right, schemas}));
        }
    }

    const std::optional<Found> &known() const { return known_; }
    const std::optional<Found> &unknown() const { return unknown_; }

 private:
    void walk_object(const std::string &path, const Json &left, const Json &right,
                     const Schemas &schemas) {
        const std::string dot = path.empty() ? "" : path + ".";
        for (const auto &[name, value] : left.items()) {
            const auto found = right.find(name);
            if (found == right.end()) {
                note(dot + name, &value, nullptr, {});
            } else {
                walk(dot + name, value, *found,
                     {schema_of_field(schemas[0], name), schema_of_field(schemas[1], name)});
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

    static std::string_view reason(const Place &place) {
        for (const KnownDeviation &known : kKnownDeviations) {
            if (known.explains(place)) return known.reason;
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
        values.walk("schema", *schema, other_schema == nullptr ? kNone : *other_schema, {});
        values.walk("payload", *payload, *other_payload, {schema, other_schema});
    } else {
        values.walk("", a, b, {});
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
