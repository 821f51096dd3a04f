// How bytes are printed under binary.handling.mode: for bytea columns and logical messages.
#pragma once

#include "core/schema_writer.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {

using BytesWriter = void (*)(core::ByteSink *sink, std::string_view bytes);

BytesWriter bytes_writer(BinaryMode mode);
core::SchemaNode bytes_schema(BinaryMode mode);
// What stands for an unavailable value; empty in the base64 text modes, where the reference ends
// with null.
std::string_view unavailable_bytes(const Options &options);

}  // namespace outflow::plugin
