// From a PostgreSQL type to the way its values are printed: a Codec, chosen once for a column under
// the session's options. The table of types is in type_encoder.cpp; the encoders are in types/, one
// file a family.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/byte_sink.h"
#include "core/schema_writer.h"
#include "json_text.h"
#include "options.h"
#include "pg/pg.h"

namespace outflow::plugin {

struct Codec;
struct ColumnTransform;
struct EnumLabels;

// Appends the JSON of one non-null value. Runs in the row's memory context; may raise errors.
// A value that cannot be converted (NaN as a Decimal) is printed as the codec's `null_text`.
using EncodeFn = void (*)(core::ByteSink *sink, Datum value, const Codec &codec);

// All pointers and views live in the memory context that was current when the codec was made.
struct Codec {
    EncodeFn encode = nullptr;         // nullptr: a column of this type is left out
    EncodeFn encode_header = nullptr;  // in a header, where it differs
    core::SchemaNode schema;
    std::string_view fallback;            // a missing value of a NOT NULL column without default
    std::string_view header_fallback;     // the same in a header, with `encode_header`
    std::string_view null_text = "null";  // a null: the column's default, its fallback, or null
    // An unchanged TOAST value of this type and of an array of it; empty: it cannot be told.
    std::string_view unavailable;
    std::string_view unavailable_array;
    bool always_optional = false;  // in the schema, though the column be NOT NULL
    bool has_default = false;      // Debezium reads column defaults of this type
    Oid type = InvalidOid;         // below all domains
    std::int32_t typmod = -1;
    std::int16_t precision = 6;  // decimals of a second, for date and time types
    std::int16_t scale = 0;      // decimals of a numeric(p,s)
    core::TimePrecisionMode time_mode = core::TimePrecisionMode::kAdaptive;
    FmgrInfo *output = nullptr;  // the type's output function, where the text is the server's
    void (*write_bytes)(core::ByteSink *sink, std::string_view bytes) = nullptr;  // opaque bytes
    EnumLabels *labels = nullptr;
    const ColumnTransform *transform = nullptr;  // of a column under a rule
    Codec *element = nullptr;                    // arrays
    std::int16_t element_length = 0;
    bool element_by_value = false;
    char element_align = TYPALIGN_INT;
    bool element_optional = true;
    // What makes a whole array of this type null: a null (always if not optional), a value.
    bool null_spoils_array = false;
    bool (*spoils_array)(Datum element) = nullptr;
};

// What an array or a plain column asks of a type.
struct TypeRequest {
    Oid type = InvalidOid;
    std::int32_t typmod = -1;
    bool in_array = false;  // some types lose precision inside arrays, as in Debezium
    bool in_domain = false;
    bool snapshot = false;         // rows come from a snapshot
    bool decimal_numbers = false;  // the converter's decimal.format is NUMERIC
};

// Fills `codec` for a column's declared type. Reads the catalogue; allocates in the current
// context.
void make_codec(Codec *codec, const TypeRequest &request, const Options &options);

// One row of the table of types: how a family makes a codec for one of its types.
using MakeCodecFn = void (*)(Codec *codec, const TypeRequest &request, const Options &options);

// The families (types/*.cpp).
void make_bool_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_int2_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_int4_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_int8_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_oid_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_float4_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_float8_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_numeric_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_text_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_name_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_json_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_jsonb_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_xml_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_citext_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_tsvector_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_isbn_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_ltree_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_output_text_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_bytea_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_uuid_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_date_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_time_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_timetz_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_timestamp_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_timestamptz_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_interval_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_enum_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_bit_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_varbit_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_bit_array_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_money_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_hstore_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_point_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_box_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_line_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_lseg_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_path_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_polygon_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_circle_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_refcursor_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_unknown_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_pgvector_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_vector_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_geometry_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_geography_codec(Codec *codec, const TypeRequest &request, const Options &options);
void make_array_codec(Codec *codec, const TypeRequest &request, const Options &options);

// Shared by the families.

// The bytes of a variable-length value, detoasted where needed, without a copy where not.
inline std::string_view varlena_bytes(Datum value) {
    auto *packed = reinterpret_cast<struct varlena *>(
        pg_detoast_datum_packed(reinterpret_cast<struct varlena *>(DatumGetPointer(value))));
    return {VARDATA_ANY(packed), static_cast<std::size_t>(VARSIZE_ANY_EXHDR(packed))};
}

// Server text as UTF-8: a copy only where the database has another encoding.
std::string_view to_utf8(std::string_view server_text);

// The text of the type's output function, as UTF-8. The codec needs `output`.
std::string_view output_text(Datum value, const Codec &codec);
void set_output_function(Codec *codec, Oid type);

// The bytes of the placeholder text as numbers: what the reference makes of an unavailable array of
// integers.
std::string_view placeholder_bytes_as_numbers(const Options &options);

}  // namespace outflow::plugin
