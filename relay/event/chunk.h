// Chunk: one run of bytes from PostgreSQL and how many records still point into it.
//
// The source thread makes it and hands it over through the channel; from then on only the sink
// thread touches it, so the count is a plain number. The memory is libpq's own copy buffer or ours;
// it is freed with the last reference, at the delivery report of the last record in it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "event/byte_budget.h"

namespace outflow::relay {

class Chunk {
 public:
    using Free = void (*)(void *memory);

    // Takes `memory`, of which `bytes` are the chunk; `total_bytes` are charged to the budget.
    // Starts with one reference, the caller's.
    static Chunk *make(void *memory, Free free, std::string_view bytes, std::size_t total_bytes,
                       ByteBudget *budget) {
        return new Chunk(memory, free, bytes, total_bytes, budget);
    }

    std::string_view bytes() const { return bytes_; }
    void retain() { ++references_; }
    void release() {
        if (--references_ == 0) delete this;
    }

    Chunk(const Chunk &) = delete;
    Chunk &operator=(const Chunk &) = delete;

 private:
    Chunk(void *memory, Free free, std::string_view bytes, std::size_t total_bytes,
          ByteBudget *budget)
        : memory_(memory), free_(free), bytes_(bytes), total_bytes_(total_bytes), budget_(budget) {
        budget_->take(total_bytes_);
    }
    ~Chunk() {
        free_(memory_);
        budget_->give_back(total_bytes_);
    }

    void *memory_;
    Free free_;
    std::string_view bytes_;
    std::size_t total_bytes_;
    ByteBudget *budget_;
    std::size_t references_ = 1;
};

// Owns one reference.
class ChunkHandle {
 public:
    ChunkHandle() = default;
    explicit ChunkHandle(Chunk *chunk) : chunk_(chunk) {}
    ChunkHandle(ChunkHandle &&other) noexcept : chunk_(std::exchange(other.chunk_, nullptr)) {}
    ChunkHandle &operator=(ChunkHandle &&other) noexcept {
        std::swap(chunk_, other.chunk_);
        return *this;
    }
    ~ChunkHandle() {
        if (chunk_ != nullptr) chunk_->release();
    }

    Chunk *get() const { return chunk_; }
    explicit operator bool() const { return chunk_ != nullptr; }

 private:
    Chunk *chunk_ = nullptr;
};

}  // namespace outflow::relay
