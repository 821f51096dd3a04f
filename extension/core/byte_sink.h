// ByteSink: a growing run of bytes that the core writers append to.
//
// The core allocates nothing itself. Whoever owns the memory supplies `grow`: the plugin with a
// memory context (and may raise an error straight through the core's frames, none of which has a
// destructor), the relay and the tests with a std::string (string_sink.h). Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace outflow::core {

struct ByteSink {
    char *data = nullptr;
    std::size_t size = 0;
    std::size_t capacity = 0;
    // Makes capacity >= size + extra, or does not return.
    void (*grow)(ByteSink *sink, std::size_t extra) = nullptr;

    // At least `extra` writable bytes behind `size`; they count only after `advance`.
    char *reserve(std::size_t extra) {
        if (capacity - size < extra) [[unlikely]]
            grow(this, extra);
        return data + size;
    }
    void advance(std::size_t bytes) { size += bytes; }

    void append(std::string_view bytes) {
        std::memcpy(reserve(bytes.size()), bytes.data(), bytes.size());
        size += bytes.size();
    }
    void append(char byte) {
        *reserve(1) = byte;
        ++size;
    }
    void clear() { size = 0; }
    std::string_view view() const { return {data, size}; }
    std::string_view view_from(std::size_t begin) const { return {data + begin, size - begin}; }
};

static_assert(std::is_trivially_destructible_v<ByteSink>);

}  // namespace outflow::core
