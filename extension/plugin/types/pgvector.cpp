// The types of pgvector: vector and halfvec as arrays of numbers, sparsevec as a struct of its
// dimensions and a map. The reference reads their texts, so the numbers are those of the text.
#include "core/java_hash_map.h"
#include "core/json_writer.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

constexpr long kMostDimensions = INT16_MAX;  // Java's short holds no more

// Anybody who may make types can give another one these names: each of these takes what it is named
// for off the text, and is false where the text goes on with something else.
bool take_byte(const char **text, char byte) {
    if (**text != byte) return false;
    ++*text;
    return true;
}
template <typename Number>
bool take_number(const char **text, Number *number, Number (*read)(const char *, char **)) {
    char *end = nullptr;
    *number = read(*text, &end);
    if (end == *text) return false;
    *text = end;
    return true;
}
bool take_double(const char **text, double *number) { return take_number(text, number, strtod); }
bool take_float(const char **text, float *number) { return take_number(text, number, strtof); }
bool take_integer(const char **text, long *number) {
    return take_number<long>(text, number,
                             [](const char *from, char **end) { return strtol(from, end, 10); });
}

// `[1,2.5,-3e-05]`, number by number.
template <typename WriteNumber>
bool write_array(core::ByteSink *sink, const char *text, WriteNumber write_number) {
    if (!take_byte(&text, '[')) return false;
    core::begin_json_array(sink);
    for (bool first = true; !take_byte(&text, ']'); first = false) {
        if (!first && !take_byte(&text, ',')) return false;
        if (!first) core::write_json_comma(sink);
        if (!write_number(&text)) return false;
    }
    core::end_json_array(sink);
    return *text == '\0';
}

// A text that is no array leaves no trace.
template <typename WriteNumber>
void write_array_or_null(core::ByteSink *sink, Datum value, const Codec &codec,
                         WriteNumber write_number) {
    const std::size_t begin = sink->size;
    if (write_array(sink, OutputFunctionCall(codec.output, value), write_number)) return;
    sink->size = begin;
    sink->append(codec.null_text);
}

void encode_vector(core::ByteSink *sink, Datum value, const Codec &codec) {
    write_array_or_null(sink, value, codec, [sink](const char **text) {
        double number = 0;
        if (!take_double(text, &number)) return false;
        core::write_json_double(sink, number);
        return true;
    });
}
void encode_halfvec(core::ByteSink *sink, Datum value, const Codec &codec) {
    write_array_or_null(sink, value, codec, [sink](const char **text) {
        float number = 0;
        if (!take_float(text, &number)) return false;
        core::write_json_float(sink, number);
        return true;
    });
}

struct SparseVector {
    std::uint32_t *indexes;  // also their hashes
    double *numbers;
    std::size_t count;
    long dimensions;
};

// `{1:1.5,3:2}/5`.
bool read_sparse(const char *text, SparseVector *vector) {
    const std::size_t room = strlen(text) + 1;
    vector->indexes = static_cast<std::uint32_t *>(palloc(sizeof(std::uint32_t) * room));
    vector->numbers = static_cast<double *>(palloc(sizeof(double) * room));
    if (!take_byte(&text, '{')) return false;
    while (!take_byte(&text, '}')) {
        long index = 0;
        if (vector->count > 0 && !take_byte(&text, ',')) return false;
        if (!take_integer(&text, &index) || !take_byte(&text, ':')) return false;
        if (!take_double(&text, &vector->numbers[vector->count])) return false;
        vector->indexes[vector->count++] = static_cast<std::uint32_t>(index);
    }
    return take_byte(&text, '/') && take_integer(&text, &vector->dimensions) && *text == '\0';
}

// Of a map that is made for as many entries as there are.
std::size_t bucket_count(std::size_t entries) {
    std::size_t buckets = 1;
    while (buckets < entries) buckets *= 2;
    return entries > buckets * 3 / 4 ? buckets * 2 : buckets;
}

// Keys that are no strings make an array of pairs.
void write_pairs(core::ByteSink *sink, const SparseVector &vector) {
    const std::size_t buckets = bucket_count(vector.count);
    auto *starts = static_cast<std::uint32_t *>(palloc(sizeof(std::uint32_t) * (buckets + 1)));
    auto *order = static_cast<std::uint32_t *>(palloc(sizeof(std::uint32_t) * (vector.count + 1)));
    core::java_hash_map_order(vector.indexes, vector.count, buckets, starts, order);
    core::begin_json_array(sink);
    for (std::size_t at = 0; at < vector.count; ++at) {
        if (at > 0) core::write_json_comma(sink);
        core::begin_json_array(sink);
        core::write_json_uint(sink, vector.indexes[order[at]]);
        core::write_json_comma(sink);
        core::write_json_double(sink, vector.numbers[order[at]]);
        core::end_json_array(sink);
    }
    core::end_json_array(sink);
}

// `"fields":[…]`: the dimensions, and a map from short to double.
void write_sparse_members(core::ByteSink *sink) {
    const std::string_view map = json_text([](core::ByteSink *members) {
        core::write_json_name(members, "keys");
        core::write_schema(members, {.type = "int16"}, false, {}, {});
        core::write_json_comma(members);
        core::write_json_name(members, "values");
        core::write_schema(members, {.type = "double"}, false, {}, {});
    });
    core::write_json_name(sink, "fields");
    core::begin_json_array(sink);
    core::write_schema(sink, {.type = "int16"}, false, {}, "dimensions");
    core::write_json_comma(sink);
    core::write_schema(sink, {.type = "map", .members = map}, false, {}, "vector");
    core::end_json_array(sink);
}

void write_sparse(core::ByteSink *sink, const SparseVector &vector) {
    core::begin_json_object(sink);
    core::write_json_name(sink, "dimensions");
    core::write_json_int(sink, vector.dimensions);
    core::write_json_comma(sink);
    core::write_json_name(sink, "vector");
    write_pairs(sink, vector);
    core::end_json_object(sink);
}

void encode_sparsevec(core::ByteSink *sink, Datum value, const Codec &codec) {
    SparseVector vector = {};
    const bool readable = read_sparse(OutputFunctionCall(codec.output, value), &vector);
    if (!readable || vector.dimensions > kMostDimensions)
        sink->append(codec.null_text);
    else
        write_sparse(sink, vector);
}

void make_number_array(Codec *codec, EncodeFn encode, std::string_view number,
                       std::string_view name) {
    codec->encode = encode;
    codec->schema = {.type = "array",
                     .members = json_text([&](core::ByteSink *sink) {
                         core::write_schema_items(sink, {.type = number}, false);
                     }),
                     .name = name,
                     .version = 1};
    codec->fallback = json_text([](core::ByteSink *sink) {
        core::begin_json_array(sink);
        core::end_json_array(sink);
    });
}

}  // namespace

void make_pgvector_codec(Codec *codec, const TypeRequest &request, const Options &) {
    codec->element_optional = false;
    set_output_function(codec, request.type);
    const std::string_view name = format_type_be(request.type);
    if (name.ends_with("sparsevec")) {
        codec->encode = encode_sparsevec;
        codec->schema = {.type = "struct",
                         .members = json_text(write_sparse_members),
                         .name = "io.debezium.data.SparseDoubleVector",
                         .version = 1,
                         .doc = "Sparse double vector"};
        codec->fallback =
            json_text([](core::ByteSink *sink) { write_sparse(sink, SparseVector()); });
    } else if (name.ends_with("halfvec")) {
        make_number_array(codec, encode_halfvec, "float", "io.debezium.data.FloatVector");
    } else {
        make_number_array(codec, encode_vector, "double", "io.debezium.data.DoubleVector");
    }
}

}  // namespace outflow::plugin
