// One-dimensional arrays of whatever has a codec.
#include "core/json_writer.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

// An inner array has no Connect value: the reference prints null for each of numbers, and random
// text for strings; Outflow prints null for both, and for the whole array where elements may not be
// null.
void encode_nested(core::ByteSink *sink, const ArrayType *array) {
    core::begin_json_array(sink);
    for (int at = 0; at < ARR_DIMS(array)[0]; ++at) {
        if (at > 0) core::write_json_comma(sink);
        core::write_json_null(sink);
    }
    core::end_json_array(sink);
}

void encode_elements(core::ByteSink *sink, const Datum *elements, const bool *nulls, int count,
                     const Codec &element) {
    core::begin_json_array(sink);
    for (int at = 0; at < count; ++at) {
        if (at > 0) core::write_json_comma(sink);
        if (nulls[at])
            core::write_json_null(sink);
        else
            element.encode(sink, elements[at], element);
    }
    core::end_json_array(sink);
}

bool null_spoils(const ArrayType *array, const Codec &element) {
    return (!element.element_optional || element.null_spoils_array) && ARR_HASNULL(array) &&
           array_contains_nulls(const_cast<ArrayType *>(array));
}

bool value_spoils(const Datum *elements, const bool *nulls, int count, const Codec &element) {
    if (element.spoils_array == nullptr) return false;
    for (int at = 0; at < count; ++at) {
        if (!nulls[at] && element.spoils_array(elements[at])) return true;
    }
    return false;
}

void encode_array(core::ByteSink *sink, Datum value, const Codec &codec) {
    ArrayType *array = DatumGetArrayTypeP(value);
    const Codec &element = *codec.element;
    const bool is_nested = ARR_NDIM(array) > 1;
    if (null_spoils(array, element) || (is_nested && !element.element_optional)) {
        sink->append(codec.null_text);
        return;
    }
    Datum *elements = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    deconstruct_array(array, ARR_ELEMTYPE(array), codec.element_length, codec.element_by_value,
                      codec.element_align, &elements, &nulls, &count);
    if (value_spoils(elements, nulls, count, element))
        sink->append(codec.null_text);
    else if (is_nested)
        encode_nested(sink, array);
    else
        encode_elements(sink, elements, nulls, count, element);
}

// int2vector and oidvector are arrays to the reference, but it finds nothing in them.
void encode_empty(core::ByteSink *sink, Datum, const Codec &codec) { sink->append(codec.fallback); }

void set_array_shape(Codec *codec, const Codec &element) {
    codec->schema.type = "array";
    codec->schema.members = json_text([&](core::ByteSink *sink) {
        core::write_schema_items(sink, element.schema, element.element_optional);
    });
    codec->fallback = json_text([](core::ByteSink *sink) {
        core::begin_json_array(sink);
        core::end_json_array(sink);
    });
}

}  // namespace

void make_vector_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    Codec element;
    make_codec(&element, {.type = get_element_type(request.type)}, options);
    element.element_optional = false;
    set_array_shape(codec, element);
    codec->encode = encode_empty;
}

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
    set_array_shape(codec, *element);
    codec->unavailable = element->unavailable_array;
}

}  // namespace outflow::plugin
