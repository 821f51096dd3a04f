// Fixed-width little-endian integers at unaligned addresses.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace outflow::core {

template <typename Integer>
constexpr Integer from_little_endian(Integer value) {
    if constexpr (std::endian::native == std::endian::big) {
        Integer swapped = 0;
        for (std::size_t byte = 0; byte < sizeof(Integer); ++byte) {
            swapped = static_cast<Integer>(swapped << 8 | (value & 0xFF));
            value = static_cast<Integer>(value >> 8);
        }
        return swapped;
    }
    return value;
}

template <typename Integer>
void store(char *at, Integer value) {
    value = from_little_endian(value);
    std::memcpy(at, &value, sizeof value);
}

template <typename Integer>
Integer load(const char *at) {
    Integer value;
    std::memcpy(&value, at, sizeof value);
    return from_little_endian(value);
}

}  // namespace outflow::core
