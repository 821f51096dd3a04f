#include "plugin/types/decimal.h"

#include "core/json_writer.h"
#include "core/numeric_text.h"

namespace outflow::plugin {

void make_decimal(Codec *codec, EncodeFn encode, EncodeFn encode_number, int precision,
                  bool as_number) {
    codec->encode = as_number ? encode_number : encode;
    codec->encode_header = encode_number;
    codec->schema = {.type = "bytes",
                     .name = "org.apache.kafka.connect.data.Decimal",
                     .version = 1,
                     .parameters = json_text([&](core::ByteSink *sink) {
                         core::write_schema_parameter(sink, true, "scale",
                                                      psprintf("%d", codec->scale));
                         if (precision > 0)
                             core::write_schema_parameter(sink, false, "connect.decimal.precision",
                                                          psprintf("%d", precision));
                         core::end_json_object(sink);
                     })};
    codec->header_fallback = json_text([&](core::ByteSink *sink) {
        core::write_big_decimal_text(sink, core::NumericView(), codec->scale);
    });
    codec->fallback = codec->header_fallback;
    if (as_number) return;
    codec->fallback = json_text([&](core::ByteSink *sink) {
        core::write_json_decimal(sink, core::NumericView(), codec->scale, nullptr);
    });
}

bool make_plain_decimal(Codec *codec, const Options &options, EncodeFn as_double,
                        EncodeFn as_string) {
    switch (options.decimal_mode) {
        case DecimalMode::kPrecise:
            return false;
        case DecimalMode::kDouble:
            codec->encode = as_double;
            codec->schema.type = "double";
            codec->fallback =
                json_text([](core::ByteSink *sink) { core::write_json_double(sink, 0); });
            return true;
        case DecimalMode::kString:
            codec->encode = as_string;
            codec->schema.type = "string";
            codec->fallback = json_text([&](core::ByteSink *sink) {
                core::write_json_numeric_string(sink, core::NumericView(), codec->scale);
            });
            codec->unavailable = json_text(
                [&](core::ByteSink *sink) { core::write_json_string(sink, options.placeholder); });
            return true;
    }
    return false;
}

}  // namespace outflow::plugin
