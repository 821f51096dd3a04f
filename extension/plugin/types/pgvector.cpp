// The types of pgvector: vector and halfvec as arrays of numbers, sparsevec as a struct of its
// dimensions and a map. The reference reads their texts, so the numbers are those of the text.
#include "core/java_hash_map.h"
#include "core/json_writer.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

constexpr long kMostDimensions = INT16_MAX;  // Java's short holds no more

// A number's text lies inside a text that ends with another character, so strto… stops.
double read_double(const char **text) {
    char *end = nullptr;
    const double number = std::strtod(*text, &end);
    *text = end;
    return number;
}
float read_float(const char **text) {
    char *end = nullptr;
    const float number = std::strtof(*text, &end);
    *text = end;
    return number;
}

// `[1,2.5,-3e-05]`, number by number.
template <typename Write>
void write_array(core::ByteSink *sink, Datum value, const Codec &codec, Write write) {
    const char *text = OutputFunctionCall(codec.output, value) + 1;
    core::begin_json_array(sink);
    for (bool first = true; *text != ']' && *text != '\0'; first = false) {
        if (!first) core::write_json_comma(sink);
        write(sink, &text);
        if (*text == ',') ++text;
    }
    core::end_json_array(sink);
}

void encode_vector(core::ByteSink *sink, Datum value, const Codec &codec) {
    write_array(sink, value, codec, [](core::ByteSink *out, const char **text) {
        core::write_json_double(out, read_double(text));
    });
}
void encode_halfvec(core::ByteSink *sink, Datum value, const Codec &codec) {
    write_array(sink, value, codec, [](core::ByteSink *out, const char **text) {
        core::write_json_float(out, read_float(text));
    });
}

struct SparseVector {
    std::uint32_t *indexes;  // also their hashes
    double *numbers;
    std::size_t count;
    long dimensions;
};

// `{1:1.5,3:2}/5`.
SparseVector read_sparse(const char *text) {
    const std::size_t room = strlen(text);
    SparseVector vector = {};
    vector.indexes = static_cast<std::uint32_t *>(palloc(sizeof(std::uint32_t) * room));
    vector.numbers = static_cast<double *>(palloc(sizeof(double) * room));
    for (++text; *text != '}' && *text != '\0';) {
        char *end = nullptr;
        vector.indexes[vector.count] = static_cast<std::uint32_t>(std::strtoul(text, &end, 10));
        text = end + 1;
        vector.numbers[vector.count++] = read_double(&text);
        if (*text == ',') ++text;
    }
    if (*text == '}') vector.dimensions = std::strtol(text + 2, nullptr, 10);
    return vector;
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
    const SparseVector vector = read_sparse(OutputFunctionCall(codec.output, value));
    if (vector.dimensions > kMostDimensions)
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
