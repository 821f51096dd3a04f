#include "app/word_list.h"

#include <algorithm>

#include "core/text_split.h"

namespace outflow::relay {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

std::vector<std::string> comma_words(std::string_view list) {
    std::vector<std::string> words;
    while (!list.empty()) {
        const std::string_view word = trim(core::take_part(&list, ','));
        if (!word.empty()) words.emplace_back(word);
    }
    return words;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
    });
    return result;
}

}  // namespace outflow::relay
