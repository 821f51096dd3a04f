#include "column_rule.h"

#include <charconv>

#include "text_split.h"

namespace outflow::core {
namespace {

constexpr std::string_view kTruncate = "column.truncate.to.";
constexpr std::string_view kMask = "column.mask.with.";
constexpr std::string_view kHash = "column.mask.hash.";
constexpr std::string_view kVersion2 = "v2.";
constexpr std::string_view kChars = ".chars";
constexpr std::string_view kSalt = ".with.salt.";

// A mask is printed for every row: longer than this is a slip.
constexpr std::int32_t kLongestMask = 65'536;

struct NamedDigest {
    std::string_view name;  // in lower case
    DigestAlgorithm algorithm;
};
// Java's names, without the hyphen that it takes or leaves.
constexpr NamedDigest kDigests[] = {
    {"md5", DigestAlgorithm::kMd5},       {"sha", DigestAlgorithm::kSha1},
    {"sha1", DigestAlgorithm::kSha1},     {"sha224", DigestAlgorithm::kSha224},
    {"sha256", DigestAlgorithm::kSha256}, {"sha384", DigestAlgorithm::kSha384},
    {"sha512", DigestAlgorithm::kSha512},
};

bool take_prefix(std::string_view *text, std::string_view prefix) {
    if (!text->starts_with(prefix)) return false;
    text->remove_prefix(prefix.size());
    return true;
}

char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
}

// `SHA-256`, `sha256`
bool names_digest(std::string_view text, std::string_view digest) {
    for (const char byte : digest) {
        if (text.starts_with('-') && byte >= '0' && byte <= '9') text.remove_prefix(1);
        if (text.empty() || lower(text[0]) != byte) return false;
        text.remove_prefix(1);
    }
    return text.empty();
}

// `N.chars`
bool read_length(std::string_view rest, std::int32_t *length) {
    if (!rest.ends_with(kChars)) return false;
    rest.remove_suffix(kChars.size());
    if (rest.empty() || rest[0] == '-') return false;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), *length);
    return error == std::errc() && end == rest.data() + rest.size();
}

bool find_digest(std::string_view name, DigestAlgorithm *algorithm) {
    for (const NamedDigest &digest : kDigests) {
        if (!names_digest(name, digest.name)) continue;
        *algorithm = digest.algorithm;
        return true;
    }
    return false;
}

// `ALGORITHM.with.salt.SALT`; the name of an algorithm has no dot.
std::string_view read_hash(std::string_view rest, ColumnRuleName *rule) {
    constexpr std::string_view kForm =
        "expected column.mask.hash.ALGORITHM.with.salt.SALT or "
        "column.mask.hash.v2.ALGORITHM.with.salt.SALT";
    rule->kind = take_prefix(&rest, kVersion2) ? ColumnRuleKind::kHashV2 : ColumnRuleKind::kHash;
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos || dot == 0) return kForm;
    const std::string_view name = {rest.data(), dot};
    rest.remove_prefix(dot);
    if (!take_prefix(&rest, kSalt) || rest.empty()) return kForm;
    rule->salt = rest;
    return find_digest(name, &rule->algorithm)
               ? std::string_view()
               : "the algorithms are MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512";
}

}  // namespace

std::string_view parse_column_rule(std::string_view property, ColumnRuleName *rule) {
    *rule = ColumnRuleName();
    if (property == "column.propagate.source.type") {
        rule->kind = ColumnRuleKind::kSourceType;
    } else if (property == "datatype.propagate.source.type") {
        rule->kind = ColumnRuleKind::kSourceTypeOfDatatype;
    } else if (take_prefix(&property, kTruncate)) {
        rule->kind = ColumnRuleKind::kTruncate;
        if (!read_length(property, &rule->length))
            return "expected column.truncate.to.LENGTH.chars with a number from 0 to 2147483647";
    } else if (take_prefix(&property, kMask)) {
        rule->kind = ColumnRuleKind::kMask;
        if (!read_length(property, &rule->length) || rule->length > kLongestMask)
            return "expected column.mask.with.LENGTH.chars with a number from 0 to 65536";
    } else if (take_prefix(&property, kHash)) {
        return read_hash(property, rule);
    } else {
        return "it is no rule for columns";
    }
    return {};
}

bool is_column_rule_family(std::string_view property) {
    return property.starts_with(kTruncate) || property.starts_with(kMask) ||
           property.starts_with(kHash);
}

bool take_column_rule(std::string_view *rules, std::string_view *property,
                      std::string_view *value) {
    if (rules->find('\n') == std::string_view::npos) return false;
    *property = take_part(rules, '\n');
    *value = take_part(rules, '\n');
    return true;
}

}  // namespace outflow::core
