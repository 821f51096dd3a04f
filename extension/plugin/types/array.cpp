// One-dimensional arrays of whatever has a codec.
#include "core/json_writer.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

// An inner array has no Connect value: the reference prints null for each of numbers, and random
// text for strings; Outflow prints null for both.
void encode_nested(core::ByteSink *sink, const ArrayType *array) {
    core::begin_json_array(sink);
    for (int at = 0; at < ARR_DIMS(array)[0]; ++at) {
        if (at > 0) core::write_json_comma(sink);
        core::write_json_null(sink);
    }
    core::end_json_array(sink);
}

bool required_element_is_null(const ArrayType *array, const Codec &element) {
    return !element.element_optional && ARR_HASNULL(array) &&
           array_contains_nulls(const_cast<ArrayType *>(array));
}

void encode_array(core::ByteSink *sink, Datum value, const Codec &codec) {
    ArrayType *array = DatumGetArrayTypeP(value);
    if (ARR_NDIM(array) > 1) {
        encode_nested(sink, array);
        return;
    }
    // A null element in an array whose elements are required makes the whole column null.
    if (required_element_is_null(array, *codec.element)) {
        sink->append(codec.null_text);
        return;
    }
    Datum *elements = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    deconstruct_array(array, ARR_ELEMTYPE(array), codec.element_length, codec.element_by_value,
                      codec.element_align, &elements, &nulls, &count);
    core::begin_json_array(sink);
    for (int at = 0; at < count; ++at) {
        if (at > 0) core::write_json_comma(sink);
        if (nulls[at])
            core::write_json_null(sink);
        else
            codec.element->encode(sink, elements[at], *codec.element);
    }
    core::end_json_array(sink);
}

}  // namespace

void make_array_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    auto *element = static_cast<Codec *>(palloc(sizeof(Codec)));
    TypeRequest element_request = request;
    element_request.type = get_element_type(request.type);
    element_request.in_array = true;
    make_codec(element, element_request, options);
    if (element->encode == nullptr) return;  // a column that is left out
    codec->element = element;
    get_typlenbyvalalign(element_request.type, &codec->element_length, &codec->element_by_value,
                         &codec->element_align);
    codec->encode = encode_array;
    codec->schema.type = "array";
    codec->schema.members = json_text([&](core::ByteSink *sink) {
        core::write_schema_items(sink, element->schema, element->element_optional);
    });
    codec->fallback = json_text([](core::ByteSink *sink) {
        core::begin_json_array(sink);
        core::end_json_array(sink);
    });
    codec->unavailable = element->unavailable_array;
}

}  // namespace outflow::plugin
