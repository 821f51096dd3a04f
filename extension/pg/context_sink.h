// A ByteSink whose bytes live in a memory context. Growing may raise an error (out of memory),
// which leaves through the core's frames; they hold nothing that needs undoing.
#pragma once

#include "core/byte_sink.h"
#include "pg.h"

namespace outflow::pg {

struct ContextSink : core::ByteSink {
    MemoryContext context = nullptr;
};
static_assert(std::is_trivially_destructible_v<ContextSink>);

// Turns `sink` into an empty sink of `context`, with room for `capacity` bytes.
void init_context_sink(ContextSink *sink, MemoryContext context, std::size_t capacity);
// The same for a plain ByteSink that is a member of a core struct: the bytes are allocated in the
// context that is current when it grows for the first time and stay in that context.
void init_local_sink(core::ByteSink *sink);

// Copies bytes into a context.
std::string_view copy_bytes(MemoryContext context, std::string_view bytes);

}  // namespace outflow::pg
