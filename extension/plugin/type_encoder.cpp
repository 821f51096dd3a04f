#include "type_encoder.h"

namespace outflow::plugin {
namespace {

struct TypeRow {
    Oid type;
    MakeCodecFn make;
};

// Types with a mapping of their own. What is not here: enums, arrays, the extension types of
// kNamedTypes; everything else is an unknown type (types/unknown.cpp).
constexpr TypeRow kTypes[] = {
    {BOOLOID, make_bool_codec},
    {INT2OID, make_int2_codec},
    {INT4OID, make_int4_codec},
    {INT8OID, make_int8_codec},
    {OIDOID, make_oid_codec},
    {FLOAT4OID, make_float4_codec},
    {FLOAT8OID, make_float8_codec},
    {NUMERICOID, make_numeric_codec},
    {TEXTOID, make_text_codec},
    {VARCHAROID, make_text_codec},
    {BPCHAROID, make_text_codec},
    {NAMEOID, make_name_codec},
    {JSONOID, make_json_codec},
    {JSONBOID, make_jsonb_codec},
    {XMLOID, make_xml_codec},
    {BYTEAOID, make_bytea_codec},
    {UUIDOID, make_uuid_codec},
    {DATEOID, make_date_codec},
    {TIMEOID, make_time_codec},
    {TIMETZOID, make_timetz_codec},
    {TIMESTAMPOID, make_timestamp_codec},
    {TIMESTAMPTZOID, make_timestamptz_codec},
    {INTERVALOID, make_interval_codec},
    {BITOID, make_bit_codec},
    {VARBITOID, make_varbit_codec},
    {BITARRAYOID, make_bit_array_codec},
    {INT2VECTOROID, make_vector_codec},
    {OIDVECTOROID, make_vector_codec},
    {CASHOID, make_money_codec},
    {CHAROID, make_output_text_codec},
    {INETOID, make_output_text_codec},
    {CIDROID, make_output_text_codec},
    {MACADDROID, make_output_text_codec},
    {MACADDR8OID, make_output_text_codec},
    {INT4RANGEOID, make_output_text_codec},
    {INT8RANGEOID, make_output_text_codec},
    {NUMRANGEOID, make_output_text_codec},
    {TSRANGEOID, make_output_text_codec},
    {TSTZRANGEOID, make_output_text_codec},
    {DATERANGEOID, make_output_text_codec},
    {TSVECTOROID, make_tsvector_codec},
    {POINTOID, make_point_codec},
    {BOXOID, make_box_codec},
    {LINEOID, make_line_codec},
    {LSEGOID, make_lseg_codec},
    {PATHOID, make_path_codec},
    {POLYGONOID, make_polygon_codec},
    {CIRCLEOID, make_circle_codec},
    {REFCURSOROID, make_refcursor_codec},
};

struct NamedTypeRow {
    const char *name;
    MakeCodecFn make;
};

// Types that extensions create: their Oids differ from database to database.
constexpr NamedTypeRow kNamedTypes[] = {
    {"citext", make_citext_codec},     {"geography", make_geography_codec},
    {"geometry", make_geometry_codec}, {"hstore", make_hstore_codec},
    {"halfvec", make_pgvector_codec},  {"sparsevec", make_pgvector_codec},
    {"vector", make_pgvector_codec},   {"isbn", make_isbn_codec},
    {"ltree", make_ltree_codec},
};

MakeCodecFn find_by_name(Oid type) {
    HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
    if (!HeapTupleIsValid(tuple)) return nullptr;
    const auto *form = reinterpret_cast<Form_pg_type>(GETSTRUCT(tuple));
    MakeCodecFn make = nullptr;
    for (const NamedTypeRow &row : kNamedTypes) {
        // Anybody can name a composite type like that.
        if (form->typtype == TYPTYPE_BASE && strcmp(NameStr(form->typname), row.name) == 0)
            make = row.make;
    }
    ReleaseSysCache(tuple);
    return make;
}

MakeCodecFn find_family(Oid type) {
    for (const TypeRow &row : kTypes) {
        if (row.type == type) return row.make;
    }
    if (OidIsValid(get_element_type(type))) return make_array_codec;
    if (type_is_enum(type)) return make_enum_codec;
    if (type >= FirstNormalObjectId) {
        if (MakeCodecFn named = find_by_name(type)) return named;
    }
    return make_unknown_codec;
}

}  // namespace

void make_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    *codec = Codec();
    TypeRequest base = request;
    base.type = getBaseTypeAndTypmod(request.type, &base.typmod);
    base.in_domain = request.in_domain || base.type != request.type;
    // The reference knows no domain as an element.
    if (request.in_array && base.type != request.type) {
        make_unknown_codec(codec, request, options);
        return;
    }
    codec->type = base.type;
    codec->typmod = base.typmod;
    find_family(base.type)(codec, base, options);
    // Debezium reads no default for a column of a domain.
    if (base.in_domain) codec->has_default = false;
}

std::string_view to_utf8(std::string_view server_text) {
    if (GetDatabaseEncoding() == PG_UTF8) [[likely]]
        return server_text;
    char *converted =
        pg_server_to_any(server_text.data(), static_cast<int>(server_text.size()), PG_UTF8);
    if (converted == server_text.data()) return server_text;
    return {converted, strlen(converted)};
}

std::string_view output_text(Datum value, const Codec &codec) {
    return to_utf8(OutputFunctionCall(codec.output, value));
}

void set_output_function(Codec *codec, Oid type) {
    Oid function = InvalidOid;
    bool is_varlena = false;
    getTypeOutputInfo(type, &function, &is_varlena);
    codec->output = static_cast<FmgrInfo *>(palloc0(sizeof(FmgrInfo)));
    fmgr_info_cxt(function, codec->output, CurrentMemoryContext);
}

}  // namespace outflow::plugin
