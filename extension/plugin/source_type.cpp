// The numbers are those of pgjdbc's TypeInfoCache (getPrecision, getDisplaySize, getScale).
#include "source_type.h"

#include "default_value.h"

namespace outflow::plugin {
namespace {

constexpr int kUnknownLength = 2147483647;
constexpr int kLongestNumeric = 131089;  // the text of a numeric without a precision
constexpr int kNoModifier = -1;

int declared_length(std::int32_t typmod) {
    return typmod == kNoModifier ? kUnknownLength : typmod - static_cast<int>(VARHDRSZ);
}

// `.123456` behind the seconds. One digit counts as two: the driver allows for a fault of old
// servers.
int fraction_length(std::int32_t typmod) {
    if (typmod == kNoModifier) return 7;
    return typmod == 0 ? 0 : typmod == 1 ? 3 : typmod + 1;
}

int length_of(Oid type, std::int32_t typmod) {
    constexpr int kDate = 13, kTime = 8, kZone = 6, kInterval = 49;
    switch (type) {
        case BOOLOID:
        case CHAROID:
            return 1;
        case INT2OID:
            return 5;
        case INT4OID:
        case OIDOID:
            return 10;
        case INT8OID:
            return 19;
        case FLOAT4OID:
            return 8;
        case FLOAT8OID:
            return 17;
        case NUMERICOID:
            return typmod == kNoModifier ? 0 : (typmod - static_cast<int>(VARHDRSZ)) >> 16 & 0xFFFF;
        case BPCHAROID:
        case VARCHAROID:
            return declared_length(typmod);
        case DATEOID:
            return kDate;
        case TIMEOID:
            return kTime + fraction_length(typmod);
        case TIMETZOID:
            return kTime + fraction_length(typmod) + kZone;
        case TIMESTAMPOID:
            return kDate + 1 + kTime + fraction_length(typmod);
        case TIMESTAMPTZOID:
            return kDate + 1 + kTime + fraction_length(typmod) + kZone;
        case INTERVALOID:
            return kInterval;
        case BITOID:
            return typmod;
        case VARBITOID:
            return typmod == kNoModifier ? kUnknownLength : typmod;
        default:
            return kUnknownLength;
    }
}

int scale_of(Oid type, std::int32_t typmod) {
    constexpr int kMicroseconds = 6;
    switch (type) {
        case FLOAT4OID:
            return 8;
        case FLOAT8OID:
            return 17;
        case NUMERICOID:
            return typmod == kNoModifier ? 0 : (typmod - static_cast<int>(VARHDRSZ)) & 0xFFFF;
        case TIMEOID:
        case TIMETZOID:
        case TIMESTAMPOID:
        case TIMESTAMPTZOID:
            return typmod == kNoModifier ? kMicroseconds : typmod;
        case INTERVALOID:
            return typmod == kNoModifier ? kMicroseconds : typmod & 0xFFFF;
        default:
            return 0;
    }
}

// The types whose arrays the driver knows are the built-in ones.
Oid scalar_of(Oid type) {
    const Oid element = get_element_type(type);
    return type != INT2VECTOROID && type != OIDVECTOROID && OidIsValid(element) ? element : type;
}

const char *serial_name(Oid type) {
    switch (type) {
        case INT2OID:
            return "smallserial";
        case INT4OID:
            return "serial";
        case INT8OID:
            return "bigserial";
        default:
            return nullptr;
    }
}

bool is_on_search_path(Oid schema) { return list_member_oid(fetch_search_path(true), schema); }

std::string_view type_name(Relation relation, int index, bool snapshot) {
    const Oid type = TupleDescAttr(RelationGetDescr(relation), index)->atttypid;
    HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
    if (!HeapTupleIsValid(tuple)) elog(ERROR, "cache lookup failed for type %u", type);
    const auto *form = reinterpret_cast<Form_pg_type>(GETSTRUCT(tuple));
    const char *name = pstrdup(NameStr(form->typname));
    const Oid schema = form->typnamespace;
    ReleaseSysCache(tuple);
    if (!snapshot) return name;
    const char *serial = serial_name(type);
    if (serial != nullptr &&
        default_text(relation, index + 1).find("nextval(") != std::string_view::npos)
        return serial;
    if (is_on_search_path(schema)) return name;
    return psprintf("\"%s\".\"%s\"", get_namespace_name(schema), name);
}

}  // namespace

SourceType source_type(Relation relation, int index, bool snapshot) {
    const auto *attribute = TupleDescAttr(RelationGetDescr(relation), index);
    std::int32_t typmod = attribute->atttypmod;
    const Oid base = getBaseTypeAndTypmod(attribute->atttypid, &typmod);
    const Oid scalar = scalar_of(base);
    SourceType type;
    type.name = type_name(relation, index, snapshot);
    type.length = length_of(scalar, typmod);
    type.scale = scale_of(scalar, typmod);
    const bool is_bare_numeric = attribute->atttypid == NUMERICOID && typmod == kNoModifier;
    if (snapshot && is_bare_numeric)
        type.has_scale = false;
    else if (type.length == 0)
        type.length = kLongestNumeric;
    return type;
}

}  // namespace outflow::plugin
