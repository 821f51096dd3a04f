// Keeps a piece of JSON in the current memory context.
#pragma once

#include <string_view>

#include "core/byte_sink.h"
#include "pg/context_sink.h"

namespace outflow::plugin {

// Runs `write(&sink)` and returns what it appended; the bytes live in the current context.
template <typename Write>
std::string_view json_text(Write write) {
    core::ByteSink sink;
    pg::init_local_sink(&sink);
    write(&sink);
    return sink.view();
}

}  // namespace outflow::plugin
