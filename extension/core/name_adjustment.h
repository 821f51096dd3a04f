// Names made valid for Avro, as Debezium's schema.name.adjustment.mode and
// field.name.adjustment.mode do it.
#pragma once

#include <cstdint>
#include <string_view>

#include "byte_sink.h"

namespace outflow::core {

enum class NameAdjustment : std::uint8_t {
    kNone,
    kAvro,         // what is not allowed becomes `_`; a digit in front gets one before it
    kAvroUnicode,  // what is not allowed, `_` included, becomes `_uXXXX`
};

// Letters and digits are ASCII ones; a name may not begin with a digit. Dots are allowed behind the
// first character of a schema name.
void append_schema_name(ByteSink *sink, std::string_view name, NameAdjustment adjustment);
// No dots.
void append_field_name(ByteSink *sink, std::string_view name, NameAdjustment adjustment);

// Appends `_u` and the unit in lower-case hexadecimal. Debezium pads one or two digits with `00`
// and nothing else: U+0007 gives `_u007`, U+0100 gives `_u100`.
void append_unicode_escape(ByteSink *sink, char16_t unit);

}  // namespace outflow::core
