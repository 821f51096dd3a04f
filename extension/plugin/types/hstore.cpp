// hstore, as JSON text or as a map; both in the order of a Java HashMap. The pairs are read from
// the text of the type's output function, because the layout of the value belongs to the extension.
#include "core/java_hash_map.h"
#include "core/json_writer.h"
#include "core/nested_json.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

struct Pair {
    std::string_view key;
    std::string_view value;
    bool is_null;
};

// `"key"=>"value", "key"=>NULL`, where \ stands before a quote or a backslash.
struct PairReader {
    char *at;
    char *end;

    bool take(char byte) {
        if (at == end || *at != byte) return false;
        ++at;
        return true;
    }
    // Takes the escapes out in place.
    std::string_view quoted() {
        take('"');
        char *const begin = at;
        char *out = at;
        while (at < end && *at != '"') {
            if (*at == '\\' && at + 1 < end) ++at;
            *out++ = *at++;
        }
        take('"');
        return {begin, static_cast<std::size_t>(out - begin)};
    }
    bool next(Pair *pair) {
        while (take(',') || take(' ')) {
        }
        if (at == end) return false;
        pair->key = quoted();
        take('=');
        take('>');
        pair->is_null = at < end && *at != '"';
        if (pair->is_null)
            at += std::min<std::ptrdiff_t>(end - at, sizeof("NULL") - 1);
        else
            pair->value = quoted();
        return true;
    }
};

struct PairList {
    Pair *pairs;
    std::size_t count;
    std::uint32_t *order;
};

template <typename Value>
Value *allocate(std::size_t count) {
    return static_cast<Value *>(
        MemoryContextAllocHuge(CurrentMemoryContext, sizeof(Value) * (count + 1)));
}

void put_in_java_order(PairList *list) {
    auto *hashes = allocate<std::uint32_t>(list->count);
    for (std::size_t at = 0; at < list->count; ++at)
        hashes[at] = core::java_string_hash(list->pairs[at].key);
    const std::size_t buckets = core::java_hash_map_buckets(hashes, list->count);
    list->order = allocate<std::uint32_t>(list->count);
    core::java_hash_map_order(hashes, list->count, buckets, allocate<std::uint32_t>(buckets),
                              list->order);
}

PairList read_pairs(Datum value, const Codec &codec) {
    const std::string_view text = output_text(value, codec);
    // A pair takes at least the six bytes of `""=>""`.
    const std::size_t most = text.size() / 6 + 1;
    PairList list = {allocate<Pair>(most), 0, nullptr};
    PairReader reader = {const_cast<char *>(text.data()),
                         const_cast<char *>(text.data()) + text.size()};
    while (list.count < most && reader.next(&list.pairs[list.count])) ++list.count;
    put_in_java_order(&list);
    return list;
}

void encode_map(core::ByteSink *sink, Datum value, const Codec &codec) {
    const PairList list = read_pairs(value, codec);
    core::begin_json_object(sink);
    for (std::size_t at = 0; at < list.count; ++at) {
        const Pair &pair = list.pairs[list.order[at]];
        if (at > 0) core::write_json_comma(sink);
        core::write_json_name(sink, pair.key);
        if (pair.is_null)
            core::write_json_null(sink);
        else
            core::write_json_string(sink, pair.value);
    }
    core::end_json_object(sink);
}

void write_pair_text(core::ByteSink *sink, const Pair &pair) {
    core::write_nested_json_string(sink, pair.key, core::InnerHex::kUpper);
    sink->append(':');
    if (pair.is_null)
        core::write_json_null(sink);
    else
        core::write_nested_json_string(sink, pair.value, core::InnerHex::kUpper);
}

void encode_text(core::ByteSink *sink, Datum value, const Codec &codec) {
    const PairList list = read_pairs(value, codec);
    core::begin_json_string(sink);
    core::begin_json_object(sink);
    for (std::size_t at = 0; at < list.count; ++at) {
        if (at > 0) core::write_json_comma(sink);
        write_pair_text(sink, list.pairs[list.order[at]]);
    }
    core::end_json_object(sink);
    core::end_json_string(sink);
}

void make_map(Codec *codec, const Options &options) {
    codec->encode = encode_map;
    codec->schema.type = "map";
    codec->schema.members = json_text([](core::ByteSink *sink) {
        core::write_schema_map(sink, {.type = "string"}, {.type = "string"});
    });
    codec->fallback = json_text([](core::ByteSink *sink) {
        core::begin_json_object(sink);
        core::end_json_object(sink);
    });
    codec->unavailable = json_text([&](core::ByteSink *sink) {
        core::begin_json_object(sink);
        core::write_json_name(sink, options.placeholder);
        core::write_json_string(sink, options.placeholder);
        core::end_json_object(sink);
    });
}

void make_text(Codec *codec, const Options &options) {
    codec->encode = encode_text;
    codec->schema = {.type = "string", .name = "io.debezium.data.Json", .version = 1};
    codec->fallback = json_text([](core::ByteSink *sink) { core::write_json_string(sink, "{}"); });
    codec->unavailable = json_text([&](core::ByteSink *sink) {
        core::begin_json_string(sink);
        core::begin_json_object(sink);
        write_pair_text(sink, {options.placeholder, options.placeholder, false});
        core::end_json_object(sink);
        core::end_json_string(sink);
    });
}

}  // namespace

void make_hstore_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    set_output_function(codec, request.type);
    if (options.hstore_mode == HstoreMode::kMap)
        make_map(codec, options);
    else
        make_text(codec, options);
}

}  // namespace outflow::plugin
