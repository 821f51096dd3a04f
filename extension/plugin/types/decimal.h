// What numeric and money share: the three modes of decimal.handling.mode.
#pragma once

#include "plugin/type_encoder.h"

namespace outflow::plugin {

// Connect's Decimal of the codec's scale; the precision is a parameter too, where there is one.
void make_decimal(Codec *codec, EncodeFn encode, EncodeFn encode_number, int precision,
                  bool as_number);

// The modes `double` and `string`; false in the precise one.
bool make_plain_decimal(Codec *codec, const Options &options, EncodeFn as_double,
                        EncodeFn as_string);

}  // namespace outflow::plugin
