#include "json_tree.h"

#include <climits>
#include <cstdlib>

#include "utf8_text.h"

namespace outflow::core {
namespace {

// From so many members on an object has an index: open addressing, at most half full.
constexpr std::uint32_t kIndexedMembers = 16;
// Names that were chosen to meet at one place of the index would make it slow; others do not come
// near this.
constexpr std::uint32_t kMaxProbes = 1000;

std::uint32_t hash_of(std::string_view name) {
    std::uint32_t hash = 2166136261u;  // FNV-1a
    for (const char byte : name) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
    return hash ^ hash >> 15;
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

struct Parser {
    JsonTree *tree;
    const char *at;
    const char *end;

    JsonNode &node(std::uint32_t index) {
        return reinterpret_cast<JsonNode *>(tree->nodes.data)[index];
    }
    std::uint32_t *slots(const JsonNode &object) {
        return reinterpret_cast<std::uint32_t *>(tree->indexes.data) + object.index_at;
    }

    // The new node's number, or kMaxJsonNodes when there are too many.
    std::uint32_t add_node() {
        const std::size_t count = tree->nodes.size / sizeof(JsonNode);
        if (count >= kMaxJsonNodes) return kMaxJsonNodes;
        const JsonNode fresh;
        tree->nodes.append({reinterpret_cast<const char *>(&fresh), sizeof fresh});
        return static_cast<std::uint32_t>(count);
    }

    void skip_space() {
        while (at != end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) ++at;
    }
    bool take(char byte) {
        skip_space();
        if (at == end || *at != byte) return false;
        ++at;
        return true;
    }
    bool take_word(std::string_view word) {
        if (!std::string_view(at, static_cast<std::size_t>(end - at)).starts_with(word))
            return false;
        at += word.size();
        return true;
    }

    bool take_unit(std::uint32_t *unit) {
        if (end - at < 4) return false;
        *unit = 0;
        for (int digit = 0; digit < 4; ++digit) {
            const char byte = *at++;
            const char letter = static_cast<char>(byte | 0x20);
            std::uint32_t value = 0;
            if (is_digit(byte))
                value = static_cast<std::uint32_t>(byte - '0');
            else if (letter >= 'a' && letter <= 'f')
                value = static_cast<std::uint32_t>(letter - 'a' + 10);
            else
                return false;
            *unit = *unit << 4 | value;
        }
        return true;
    }

    // A surrogate without its partner is no character; Jackson cannot print it again.
    bool take_unicode_escape() {
        std::uint32_t code = 0;
        if (!take_unit(&code)) return false;
        if (code >= 0xDC00 && code < 0xE000) return false;
        if (code >= 0xD800 && code < 0xDC00) {
            std::uint32_t low = 0;
            if (!take_word("\\u") || !take_unit(&low) || low < 0xDC00 || low >= 0xE000)
                return false;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        append_utf8(&tree->texts, code);
        return true;
    }

    bool take_escape() {
        if (at == end) return false;
        const char letter = *at++;
        switch (letter) {
            case '"':
            case '\\':
            case '/':
                tree->texts.append(letter);
                return true;
            case 'b':
                tree->texts.append('\b');
                return true;
            case 'f':
                tree->texts.append('\f');
                return true;
            case 'n':
                tree->texts.append('\n');
                return true;
            case 'r':
                tree->texts.append('\r');
                return true;
            case 't':
                tree->texts.append('\t');
                return true;
            case 'u':
                return take_unicode_escape();
            default:
                return false;
        }
    }

    // Behind the opening quote.
    bool take_string(JsonText *text) {
        const std::size_t begin = tree->texts.size;
        while (at != end) {
            const char *plain = at;
            while (at != end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= ' ')
                ++at;
            tree->texts.append({plain, static_cast<std::size_t>(at - plain)});
            if (at == end) return false;
            const char byte = *at++;
            if (byte == '"') {
                *text = {static_cast<std::uint32_t>(begin),
                         static_cast<std::uint32_t>(tree->texts.size - begin)};
                return tree->texts.size <= UINT32_MAX;
            }
            if (byte != '\\' || !take_escape()) return false;
        }
        return false;
    }

    bool take_digits() {
        const char *begin = at;
        while (at != end && is_digit(*at)) ++at;
        return at != begin;
    }

    static void set_integer(JsonNode *into, std::string_view digits, bool negative) {
        std::int64_t value = 0;
        for (const char digit : digits) {
            const int step = negative ? '0' - digit : digit - '0';
            if (__builtin_mul_overflow(value, 10, &value) ||
                __builtin_add_overflow(value, step, &value)) {
                into->kind = JsonKind::kBigInteger;
                return;
            }
        }
        into->integer = value;
        into->kind = value >= INT32_MIN && value <= INT32_MAX ? JsonKind::kInt32 : JsonKind::kInt64;
    }

    static void set_double(JsonNode *into, std::string_view text) {
        char copy[kMaxJsonNumberBytes + 1];
        std::memcpy(copy, text.data(), text.size());
        copy[text.size()] = '\0';
        into->kind = JsonKind::kDouble;
        into->number = std::strtod(copy, nullptr);  // the server's LC_NUMERIC is always C
    }

    bool take_number(std::uint32_t index) {
        const char *begin = at;
        const bool negative = *at == '-';
        if (negative) ++at;
        const char *digits = at;
        if (!take_digits()) return false;
        const std::string_view whole(digits, static_cast<std::size_t>(at - digits));
        if (whole.size() > 1 && whole[0] == '0') return false;
        bool integral = true;
        if (at != end && *at == '.') {
            integral = false;
            ++at;
            if (!take_digits()) return false;
        }
        if (at != end && (*at | 0x20) == 'e') {
            integral = false;
            ++at;
            if (at != end && (*at == '+' || *at == '-')) ++at;
            if (!take_digits()) return false;
        }
        const std::string_view text(begin, static_cast<std::size_t>(at - begin));
        if (text.size() > kMaxJsonNumberBytes) return false;
        if (integral)
            set_integer(&node(index), whole, negative);
        else
            set_double(&node(index), text);
        return true;
    }

    bool enter_index(const JsonNode &object, std::uint32_t member) {
        std::uint32_t *table = slots(object);
        std::uint32_t slot = hash_of(tree->view(node(member).name)) & (object.index_size - 1);
        for (std::uint32_t probe = 0; table[slot] != 0; ++probe) {
            if (probe == kMaxProbes) return false;
            slot = (slot + 1) & (object.index_size - 1);
        }
        table[slot] = member;
        return true;
    }

    // Grows by four, so that all tables of an object together are no more than twice the last.
    bool keep_index(std::uint32_t object, std::uint32_t member) {
        if (node(object).count < kIndexedMembers) return true;
        if (2 * node(object).count < node(object).index_size)
            return enter_index(node(object), member);
        const std::uint32_t size =
            node(object).index_size == 0 ? 4 * kIndexedMembers : 4 * node(object).index_size;
        const std::size_t bytes = size * sizeof(std::uint32_t);
        node(object).index_at =
            static_cast<std::uint32_t>(tree->indexes.size / sizeof(std::uint32_t));
        node(object).index_size = size;
        std::memset(tree->indexes.reserve(bytes), 0, bytes);
        tree->indexes.advance(bytes);
        for (std::uint32_t at_member = node(object).first; at_member != 0;
             at_member = node(at_member).next)
            if (!enter_index(node(object), at_member)) return false;
        return true;
    }

    // The node for the member's value: a new one, or that of an earlier member of this name;
    // kMaxJsonNodes where there cannot be one.
    std::uint32_t member_node(std::uint32_t object, JsonText name, std::uint32_t *last) {
        const std::uint32_t earlier = tree->find(node(object), tree->view(name));
        if (earlier != 0) {
            JsonNode fresh;
            fresh.name = node(earlier).name;
            fresh.next = node(earlier).next;
            node(earlier) = fresh;
            return earlier;
        }
        const std::uint32_t member = add_child(object, last);
        if (member == kMaxJsonNodes) return member;
        node(member).name = name;
        return keep_index(object, member) ? member : kMaxJsonNodes;
    }

    std::uint32_t add_child(std::uint32_t parent, std::uint32_t *last) {
        const std::uint32_t child = add_node();
        if (child == kMaxJsonNodes) return child;
        (*last == 0 ? node(parent).first : node(*last).next) = child;
        *last = child;
        ++node(parent).count;
        return child;
    }

    bool take_array(std::uint32_t array, int depth) {
        node(array).kind = JsonKind::kArray;
        if (take(']')) return true;
        std::uint32_t last = 0;
        do {
            const std::uint32_t element = add_child(array, &last);
            if (element == kMaxJsonNodes || !take_value(element, depth + 1)) return false;
        } while (take(','));
        return take(']');
    }

    bool take_object(std::uint32_t object, int depth) {
        node(object).kind = JsonKind::kObject;
        if (take('}')) return true;
        std::uint32_t last = 0;
        do {
            JsonText name;
            if (!take('"') || !take_string(&name) || !take(':')) return false;
            const std::uint32_t member = member_node(object, name, &last);
            if (member == kMaxJsonNodes || !take_value(member, depth + 1)) return false;
        } while (take(','));
        return take('}');
    }

    bool take_bool(std::uint32_t index, std::string_view word, bool truth) {
        node(index).kind = JsonKind::kBool;
        node(index).truth = truth;
        return take_word(word);
    }

    bool take_value(std::uint32_t index, int depth) {
        skip_space();
        if (at == end) return false;
        switch (*at) {
            case '{':
                ++at;
                return depth < kMaxJsonDepth && take_object(index, depth);
            case '[':
                ++at;
                return depth < kMaxJsonDepth && take_array(index, depth);
            case '"':
                ++at;
                node(index).kind = JsonKind::kString;
                {
                    JsonText text;
                    if (!take_string(&text)) return false;
                    node(index).text = text;
                }
                return true;
            case 't':
                return take_bool(index, "true", true);
            case 'f':
                return take_bool(index, "false", false);
            case 'n':
                return take_word("null");
            default:
                return (*at == '-' || is_digit(*at)) && take_number(index);
        }
    }
};

}  // namespace

bool JsonTree::parse(std::string_view json) {
    nodes.clear();
    texts.clear();
    indexes.clear();
    Parser parser = {this, json.data(), json.data() + json.size()};
    return parser.take_value(parser.add_node(), 0);
}

std::uint32_t JsonTree::find(const JsonNode &object, std::string_view name) const {
    if (object.index_size == 0) {
        for (std::uint32_t at = object.first; at != 0; at = node(at).next)
            if (view(node(at).name) == name) return at;
        return 0;
    }
    const auto *table = reinterpret_cast<const std::uint32_t *>(indexes.data) + object.index_at;
    std::uint32_t slot = hash_of(name) & (object.index_size - 1);
    while (table[slot] != 0 && view(node(table[slot]).name) != name)
        slot = (slot + 1) & (object.index_size - 1);
    return table[slot];
}

}  // namespace outflow::core
