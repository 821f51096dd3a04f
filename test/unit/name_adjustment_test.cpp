#include "core/name_adjustment.h"

#include <gtest/gtest.h>

#include <string>

#include "core/string_sink.h"

namespace outflow::core {
namespace {

std::string schema_name(std::string_view name, NameAdjustment adjustment) {
    StringSink sink;
    append_schema_name(&sink, name, adjustment);
    return sink.str();
}

std::string field_name(std::string_view name, NameAdjustment adjustment) {
    StringSink sink;
    append_field_name(&sink, name, adjustment);
    return sink.str();
}

struct Row {
    const char *name;
    const char *schema_avro, *schema_unicode;
    const char *field_avro, *field_unicode;
};

// What the adjusters of Debezium 3.6.1 (SchemaNameAdjuster) return.
constexpr Row kRows[] = {
    {"n\u00e4me x", "n_me_x", "n_u00e4me_u0020x", "n_me_x", "n_u00e4me_u0020x"},
    {"q\"uote", "q_uote", "q_u0022uote", "q_uote", "q_u0022uote"},
    {"1st", "_1st", "_u0031st", "_1st", "_u0031st"},
    {"sel-ect", "sel_ect", "sel_u002dect", "sel_ect", "sel_u002dect"},
    {"p.Odd_Schema.T_ble__1.Value", "p.Odd_Schema.T_ble__1.Value",
     "p.Odd_u005fSchema.T_u005fble_u005f_u005f1.Value", "p_Odd_Schema_T_ble__1_Value",
     "p_u002eOdd_u005fSchema_u002eT_u005fble_u005f_u005f1_u002eValue"},
    {"", "", "", "", ""},
    {"_a", "_a", "_u005fa", "_a", "_u005fa"},
    {"-a", "_a", "_u002da", "_a", "_u002da"},
    {".a", "_a", "_u002ea", "_a", "_u002ea"},
    {"a.b", "a.b", "a.b", "a_b", "a_u002eb"},
    {"\u00e9", "_", "_u00e9", "_", "_u00e9"},
    {"\u00c91", "_1", "_u00c91", "_1", "_u00c91"},
    {"\u0663x", "_\u0663x", "_u663x", "_\u0663x", "_u663x"},
    {"x\u0663", "x_", "x_u663", "x_", "x_u663"},
    {"\u0100", "_", "_u100", "_", "_u100"},
    {"\a", "_", "_u007", "_", "_u007"},
    {"\U0001F600a", "__a", "_ud83d_ude00a", "__a", "_ud83d_ude00a"},
    {"ok1", "ok1", "ok1", "ok1", "ok1"},
    {"\uff19", "_\uff19", "_uff19", "_\uff19", "_uff19"},
    {"1", "_1", "_u0031", "_1", "_u0031"},
};

TEST(NameAdjustment, IsDebeziums) {
    for (const Row &row : kRows) {
        EXPECT_EQ(schema_name(row.name, NameAdjustment::kNone), row.name);
        EXPECT_EQ(field_name(row.name, NameAdjustment::kNone), row.name);
        EXPECT_EQ(schema_name(row.name, NameAdjustment::kAvro), row.schema_avro);
        EXPECT_EQ(schema_name(row.name, NameAdjustment::kAvroUnicode), row.schema_unicode);
        EXPECT_EQ(field_name(row.name, NameAdjustment::kAvro), row.field_avro);
        EXPECT_EQ(field_name(row.name, NameAdjustment::kAvroUnicode), row.field_unicode);
    }
}

TEST(NameAdjustment, ReadsNothingBehindBrokenText) {
    EXPECT_EQ(field_name("a\xF0\x9F", NameAdjustment::kAvro), "a__");
    EXPECT_EQ(field_name("\x80", NameAdjustment::kAvro), "_");
}

}  // namespace
}  // namespace outflow::core
