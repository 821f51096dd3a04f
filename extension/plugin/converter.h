// Kafka Connect's converters that Outflow has: how a record's key or value becomes bytes.
#pragma once

#include <cstdint>

namespace outflow::plugin {

enum class ConverterClass : std::uint8_t {
    kJson,
    kString,  // the text of strings and numbers
    kBytes,   // ByteArrayConverter: bytes as they are, nothing else
    kBinary,  // BinaryDataConverter: bytes as they are, everything else as JSON
};

}  // namespace outflow::plugin
