// A line of a capture file: one Kafka record as compact JSON. Writer and reader side by side.
//
//   {"topic":…,"partition":…,"timestamp":…,"key":…,"headers":{…},"value":…}
//
// Key and value are JSON already and stand there as they are, so that `jq` reads them and a reader
// gets the very bytes back; none is null. Bytes that are not JSON on one line are "key_base64" and
// "value_base64" instead. A header's value is a string, null, or {"base64":…}. Only the topic is
// required, so that the lines of `outflow run --sink stdout` are a capture too. Pure, no thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "core/byte_sink.h"
#include "diff/event.h"

namespace outflow::relay::diff {

// Ends with a newline. A partition below 0 is left out, as is a missing timestamp.
void append_capture_line(core::ByteSink *line, std::string_view topic, int partition,
                         const RawRecord &record);

class CaptureLine {
 public:
    // `line` without its newline. What is wrong with it; empty: nothing. What it gives are views of
    // the line and of this object, valid until the next call.
    std::string read(std::string_view line);

    std::string_view topic() const { return topic_; }
    int partition() const { return partition_; }
    const RawRecord &record() const { return record_; }

 private:
    std::string take_member(std::string_view name, std::string_view value);
    bool take_headers(std::string_view object);
    // The text that a JSON string, or the bytes that one in base64 stands for.
    bool text_of(std::string_view json, std::string_view *text);
    bool bytes_of(std::string_view json, std::string_view *bytes);

    std::string_view topic_;
    int partition_ = 0;
    RawRecord record_;
    std::deque<std::string> decoded_;  // what views cannot show of the line itself
};

}  // namespace outflow::relay::diff
