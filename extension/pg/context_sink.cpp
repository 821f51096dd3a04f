#include "context_sink.h"

namespace outflow::pg {
namespace {

std::size_t next_capacity(const core::ByteSink &sink, std::size_t extra) {
    std::size_t capacity = sink.capacity < 64 ? 64 : sink.capacity;
    while (capacity - sink.size < extra) capacity *= 2;
    return capacity;
}

void grow_in(core::ByteSink *sink, std::size_t extra, MemoryContext context) {
    const std::size_t capacity = next_capacity(*sink, extra);
    sink->data = static_cast<char *>(sink->data ? repalloc_huge(sink->data, capacity)
                                                : MemoryContextAllocHuge(context, capacity));
    sink->capacity = capacity;
}

}  // namespace

void init_context_sink(ContextSink *sink, MemoryContext context, std::size_t capacity) {
    *sink = ContextSink();
    sink->context = context;
    sink->grow = [](core::ByteSink *self, std::size_t extra) {
        grow_in(self, extra, static_cast<ContextSink *>(self)->context);
    };
    sink->reserve(capacity);
}

void init_local_sink(core::ByteSink *sink) {
    *sink = core::ByteSink();
    sink->grow = [](core::ByteSink *self, std::size_t extra) {
        grow_in(self, extra, CurrentMemoryContext);
    };
}

std::string_view copy_bytes(MemoryContext context, std::string_view bytes) {
    char *copy = static_cast<char *>(MemoryContextAlloc(context, bytes.size() + 1));
    std::memcpy(copy, bytes.data(), bytes.size());
    copy[bytes.size()] = '\0';
    return {copy, bytes.size()};
}

}  // namespace outflow::pg
