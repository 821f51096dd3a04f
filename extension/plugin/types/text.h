// What the families that print strings share.
#pragma once

#include "plugin/type_encoder.h"

namespace outflow::plugin {

// A codec of Connect type string: empty text as fallback, the placeholder for an unavailable value.
void make_string_codec(Codec *codec, EncodeFn encode, const Options &options);

}  // namespace outflow::plugin
