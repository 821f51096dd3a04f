// Text as Java sees it: a sequence of UTF-16 units. Whoever asks what Java does with "each
// character" of a name asks about units; one above U+FFFF is two of them.
#pragma once

#include <cstdint>
#include <string_view>

namespace outflow::core {

// Takes one character off the front of UTF-8 text (not empty; broken text gives U+FFFD).
inline char32_t take_character(std::string_view *text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>((*text)[at]); };
    const unsigned char lead = byte(0);
    const std::size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (size == 1 || lead < 0xC0 || size > text->size()) {
        text->remove_prefix(1);
        return lead < 0x80 ? lead : 0xFFFD;
    }
    char32_t character = lead & (0xFFU >> (size + 1));
    for (std::size_t at = 1; at < size; ++at) character = character << 6 | (byte(at) & 0x3FU);
    text->remove_prefix(size);
    return character;
}

// Calls `use(unit)` for each unit of one character.
template <typename Use>
void for_each_unit(char32_t character, Use use) {
    if (character < 0x10000) {
        use(static_cast<char16_t>(character));
        return;
    }
    use(static_cast<char16_t>(0xD800 + ((character - 0x10000) >> 10)));
    use(static_cast<char16_t>(0xDC00 + ((character - 0x10000) & 0x3FF)));
}

}  // namespace outflow::core
