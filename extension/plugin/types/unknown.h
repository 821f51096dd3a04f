// Types that the reference does not know: left out, or the bytes of their text.
#pragma once

#include "plugin/type_encoder.h"

namespace outflow::plugin {

// Whether such columns are printed; if so, makes a codec of bytes (or of their text) under
// binary.handling.mode. `encode` hands the value's text to `codec.write_bytes`.
bool make_opaque_codec(Codec *codec, EncodeFn encode, const Options &options);

}  // namespace outflow::plugin
