// StringSink: a ByteSink over a std::string, for the relay and the tests. The plugin never
// includes this header (it would need the C++ runtime).
#pragma once

#include <string>

#include "byte_sink.h"

namespace outflow::core {

class StringSink : public ByteSink {
 public:
    StringSink() {
        grow = [](ByteSink *sink, std::size_t extra) {
            auto *self = static_cast<StringSink *>(sink);
            self->storage_.resize((self->size + extra) * 2);
            self->data = self->storage_.data();
            self->capacity = self->storage_.size();
        };
    }
    StringSink(const StringSink &) = delete;
    StringSink &operator=(const StringSink &) = delete;

    std::string str() const { return std::string(data, size); }

 private:
    std::string storage_;
};

}  // namespace outflow::core
