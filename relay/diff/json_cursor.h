// Where the members of a JSON object stand in its bytes, without building a document. Compact JSON,
// as Connect's converter writes it; views of the caller's text. Lenient: what lies inside of a
// value is not checked.
#pragma once

#include <cstddef>
#include <string_view>

namespace outflow::relay::diff {

// After a failure every answer is a failure.
class JsonCursor {
 public:
    explicit JsonCursor(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

    std::size_t at() const { return at_; }
    bool take(char wanted) {
        if (at_ >= text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }
    // "name": → name; the escapes stay.
    bool name(std::string_view *name) {
        const std::size_t begin = at_;
        if (!string()) return false;
        *name = text_.substr(begin + 1, at_ - begin - 2);
        return take(':');
    }
    bool value(std::string_view *value) {
        const std::size_t begin = at_;
        if (!skip()) return false;
        *value = text_.substr(begin, at_ - begin);
        return true;
    }

 private:
    bool string() {
        if (!take('"')) return false;
        for (;;) {
            const std::size_t quote = text_.find('"', at_);
            if (quote == std::string_view::npos) return false;
            std::size_t slashes = 0;
            while (text_[quote - 1 - slashes] == '\\') ++slashes;  // ends at the opening quote
            at_ = quote + 1;
            if (slashes % 2 == 0) return true;
        }
    }
    bool skip() {
        std::size_t depth = 0;
        while (at_ < text_.size()) {
            const char byte = text_[at_];
            if (byte == '"') {
                if (!string()) return false;
                if (depth == 0) return true;
                continue;
            }
            if (byte == '{' || byte == '[') {
                ++depth;
            } else if (byte == '}' || byte == ']' || byte == ',') {
                if (depth == 0) return true;  // behind a number or a word
                if (byte != ',' && --depth == 0) return ++at_, true;
            }
            ++at_;
        }
        return depth == 0;
    }

    std::string_view text_;
    std::size_t at_;
};

// Calls visit(name, value, offset of value) for each member of the object at `at`.
template <typename Visit>
bool walk_members(std::string_view text, std::size_t at, Visit visit) {
    JsonCursor cursor(text, at);
    if (!cursor.take('{')) return false;
    if (cursor.take('}')) return true;
    do {
        std::string_view name;
        std::string_view value;
        if (!cursor.name(&name)) return false;
        const std::size_t begin = cursor.at();
        if (!cursor.value(&value)) return false;
        visit(name, value, begin);
    } while (cursor.take(','));
    return cursor.take('}');
}

}  // namespace outflow::relay::diff
