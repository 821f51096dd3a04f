// outflow.routed_topic(topic text, options text[]) → text: where the transforms of the options send
// the records of a topic that is not a table's: heartbeats.
#include "plugin/options.h"
#include "plugin/topic.h"
#include "plugin/type_encoder.h"

extern "C" {
PG_FUNCTION_INFO_V1(outflow_routed_topic);
}

Datum outflow_routed_topic(PG_FUNCTION_ARGS) {
    using namespace outflow;
    plugin::Options options;
    plugin::parse_option_array(&options, PG_GETARG_ARRAYTYPE_P(1));
    const char *topic = text_to_cstring(PG_GETARG_TEXT_PP(0));
    const std::string_view routed = plugin::routed_other_topic(options, plugin::to_utf8(topic));
    PG_RETURN_TEXT_P(cstring_to_text_with_len(routed.data(), static_cast<int>(routed.size())));
}
