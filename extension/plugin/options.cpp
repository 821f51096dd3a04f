#include "options.h"

#include <charconv>

#include "core/column_rule.h"
#include "core/option_table.h"
#include "topic.h"
#include "topic_overrides.h"

namespace outflow::plugin {
namespace {

using core::OptionSpec;

template <typename Word>
struct NamedWord {
    std::string_view name;
    Word word;
};

constexpr NamedWord<OutputFormat> kFormats[] = {{"json", OutputFormat::kJson},
                                                {"chunks", OutputFormat::kChunks}};
constexpr NamedWord<DecimalMode> kDecimalModes[] = {{"precise", DecimalMode::kPrecise},
                                                    {"double", DecimalMode::kDouble},
                                                    {"string", DecimalMode::kString}};
constexpr NamedWord<core::TimePrecisionMode> kTimeModes[] = {
    {"adaptive", core::TimePrecisionMode::kAdaptive},
    {"adaptive_time_microseconds", core::TimePrecisionMode::kAdaptiveTimeMicroseconds},
    {"connect", core::TimePrecisionMode::kConnect},
    {"isostring", core::TimePrecisionMode::kIsoString},
    {"microseconds", core::TimePrecisionMode::kMicroseconds},
    {"nanoseconds", core::TimePrecisionMode::kNanoseconds}};
constexpr NamedWord<IntervalMode> kIntervalModes[] = {{"numeric", IntervalMode::kNumeric},
                                                      {"string", IntervalMode::kString}};
constexpr NamedWord<HstoreMode> kHstoreModes[] = {{"json", HstoreMode::kJson},
                                                  {"map", HstoreMode::kMap}};
constexpr NamedWord<BinaryMode> kBinaryModes[] = {{"bytes", BinaryMode::kBytes},
                                                  {"base64", BinaryMode::kBase64},
                                                  {"base64-url-safe", BinaryMode::kBase64UrlSafe},
                                                  {"hex", BinaryMode::kHex}};

constexpr NamedWord<core::NameAdjustment> kNameAdjustments[] = {
    {"none", core::NameAdjustment::kNone},
    {"avro", core::NameAdjustment::kAvro},
    {"avro_unicode", core::NameAdjustment::kAvroUnicode}};
constexpr NamedWord<TopicStrategy> kTopicStrategies[] = {
    {"io.debezium.schema.SchemaTopicNamingStrategy", {}},
    {"io.debezium.schema.DefaultTopicNamingStrategy", {.with_schema = false}},
    {"io.debezium.schema.SchemaUnicodeTopicNamingStrategy", {.unicode = true}},
    {"io.debezium.schema.DefaultUnicodeTopicNamingStrategy",
     {.with_schema = false, .unicode = true}},
    {"io.debezium.schema.SchemaRegexTopicNamingStrategy", {.by_pattern = true}},
    {"io.debezium.schema.DefaultRegexTopicNamingStrategy",
     {.with_schema = false, .by_pattern = true}}};

constexpr NamedWord<ConverterClass> kConverters[] = {
    {"org.apache.kafka.connect.json.JsonConverter", ConverterClass::kJson},
    {"org.apache.kafka.connect.storage.StringConverter", ConverterClass::kString},
    {"org.apache.kafka.connect.converters.ByteArrayConverter", ConverterClass::kBytes},
    {"io.debezium.converters.BinaryDataConverter", ConverterClass::kBinary}};

// The option being set, for its readers and for error messages.
struct Setting {
    const char *name;
    std::string_view value;
};

// The words were checked against the option table, which lists no word that is not here.
template <typename Word, std::size_t N>
Word word_of(const Setting &setting, const NamedWord<Word> (&words)[N]) {
    for (const auto &candidate : words) {
        if (candidate.name == setting.value) return candidate.word;
    }
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("value \"%s\" of option \"%s\" is not available in this release",
                   setting.value.data(), setting.name));
}

bool boolean_of(const Setting &setting) { return (setting.value[0] | 0x20) == 't'; }

[[noreturn]] void refuse_value(const Setting &setting, const char *expected) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("invalid value \"%s\" for option \"%s\"", setting.value.data(), setting.name),
            errhint("Expected %s.", expected));
}

std::uint64_t lsn_of(const Setting &setting) {
    std::uint64_t lsn = 0;
    if (!core::parse_lsn(setting.value, &lsn))
        refuse_value(setting, "a position such as 0/16B3748");
    return lsn;
}

std::int64_t integer_of(const Setting &setting) {
    std::int64_t number = 0;
    const char *end = setting.value.data() + setting.value.size();
    const auto result = std::from_chars(setting.value.data(), end, number);
    if (result.ec != std::errc() || result.ptr != end) refuse_value(setting, "an integer");
    return number;
}

int digit_of(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    const char lower = static_cast<char>(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// unavailable.value.placeholder: text, or `hex:` and the UTF-8 bytes of one.
void set_placeholder(Options *options, const Setting &setting) {
    constexpr std::string_view kHex = "hex:";
    options->placeholder = setting.value;
    if (!setting.value.starts_with(kHex)) return;
    const std::string_view digits = setting.value.substr(kHex.size());
    const std::size_t size = digits.size() / 2;
    char *bytes = static_cast<char *>(palloc(size + 1));
    bool valid = digits.size() % 2 == 0;
    for (std::size_t at = 0; at < size; ++at) {
        const int high = digit_of(digits[2 * at]);
        const int low = digit_of(digits[2 * at + 1]);
        valid = valid && high >= 0 && low >= 0;
        bytes[at] = static_cast<char>(high * 16 + low);
    }
    if (!valid || !pg_verify_mbstr(PG_UTF8, bytes, static_cast<int>(size), true))
        refuse_value(setting, "text, or hex: and two digits for each byte of a text in UTF-8");
    options->placeholder = {bytes, size};
}

// skipped.operations: letters c u d t r m separated by commas, or `none`.
void set_skipped(Options *options, const Setting &setting) {
    options->skip_create = options->skip_update = options->skip_delete = false;
    options->skip_truncate = false;
    if (setting.value == "none") return;
    std::string_view rest = setting.value;
    while (!rest.empty()) {
        const char letter = rest[0];
        rest.remove_prefix(1);
        switch (letter) {
            case 'c':
                options->skip_create = true;
                break;
            case 'u':
                options->skip_update = true;
                break;
            case 'd':
                options->skip_delete = true;
                break;
            case 't':
                options->skip_truncate = true;
                break;
            case 'r':
            case ',':
            case ' ':
                break;
            default:
                refuse_value(setting, "letters c, u, d, t separated by commas, or none");
        }
    }
}

void add_column_rule(Options *options, const Setting &setting) {
    core::ColumnRuleName rule;
    const std::string_view problem = core::parse_column_rule(setting.name, &rule);
    if (!problem.empty())
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("option \"%s\" is not understood", setting.name),
                errdetail("%.*s.", static_cast<int>(problem.size()), problem.data()));
    auto *option = static_cast<ColumnRuleOption *>(palloc(sizeof(ColumnRuleOption)));
    *option = {pstrdup(setting.name), setting.value};
    options->column_rules = lappend(options->column_rules, option);
}

// START_REPLICATION would cut the names of these rules, which have a salt of any length.
void set_column_rules(Options *options, const Setting &setting) {
    std::string_view rest = setting.value;
    std::string_view property;
    std::string_view columns;
    while (core::take_column_rule(&rest, &property, &columns))
        add_column_rule(options, {pnstrdup(property.data(), property.size()), columns});
    if (!rest.empty())
        refuse_value(setting, "a rule's property on a line, its columns on the next");
}

using Setter = void (*)(Options *, const Setting &);
struct OptionSetter {
    std::string_view name;
    Setter set;
};

template <std::string_view Options::*Member>
void set_text(Options *options, const Setting &setting) {
    options->*Member = setting.value;
}
template <bool Options::*Member>
void set_boolean(Options *options, const Setting &setting) {
    options->*Member = boolean_of(setting);
}

template <Converter Options::*Member>
void set_decimal_format(Options *options, const Setting &setting) {
    (options->*Member).decimal_numbers = setting.value == "NUMERIC";
}
template <Converter Options::*Member>
void set_null_default(Options *options, const Setting &setting) {
    (options->*Member).keeps_nulls = !boolean_of(setting);
}

constexpr OptionSetter kSetters[] = {
    {"topic.prefix", set_text<&Options::topic_prefix>},
    {"topic.delimiter", set_text<&Options::topic_delimiter>},
    {"topic.transaction", set_text<&Options::topic_transaction>},
    {"topic.regex", set_text<&Options::topic_regex>},
    {"topic.replacement", set_text<&Options::topic_replacement>},
    {"topic.key.field.name", set_text<&Options::topic_key_field>},
    {"topic.key.field.regex", set_text<&Options::topic_key_regex>},
    {"topic.key.field.replacement", set_text<&Options::topic_key_replacement>},
    {"topic.key.enforce.uniqueness", set_boolean<&Options::topic_key_unique>},
    {"topic.naming.strategy",
     [](Options *o, const Setting &s) { o->topic_strategy = word_of(s, kTopicStrategies); }},
    {"schema.name.adjustment.mode",
     [](Options *o, const Setting &s) { o->schema_names = word_of(s, kNameAdjustments); }},
    {"field.name.adjustment.mode",
     [](Options *o, const Setting &s) { o->field_names = word_of(s, kNameAdjustments); }},
    {"publication.name", set_text<&Options::publication>},
    {"schema.include.list", set_text<&Options::schema_include>},
    {"schema.exclude.list", set_text<&Options::schema_exclude>},
    {"table.include.list", set_text<&Options::table_include>},
    {"table.exclude.list", set_text<&Options::table_exclude>},
    {"column.include.list", set_text<&Options::column_include>},
    {"column.exclude.list", set_text<&Options::column_exclude>},
    {"column.truncate.to.*", add_column_rule},
    {"column.mask.with.*", add_column_rule},
    {"column.mask.hash.*", add_column_rule},
    {"column.propagate.source.type", add_column_rule},
    {"datatype.propagate.source.type", add_column_rule},
    {"outflow.column.rules", set_column_rules},
    {"message.key.columns", set_text<&Options::message_key_columns>},
    {"message.prefix.include.list", set_text<&Options::message_prefix_include>},
    {"message.prefix.exclude.list", set_text<&Options::message_prefix_exclude>},
    {"unavailable.value.placeholder", set_placeholder},
    {"outflow.compat.quirks",
     [](Options *o, const Setting &s) { o->quirks = s.value == "reproduce"; }},
    {"outflow.topic.overrides", set_text<&Options::topic_overrides>},
    {"outflow.source.version", set_text<&Options::source_version>},
    {"tombstones.on.delete", set_boolean<&Options::tombstones>},
    {"skip.messages.without.change", set_boolean<&Options::skip_unchanged>},
    {"include.unknown.datatypes", set_boolean<&Options::unknown_types>},
    {"provide.transaction.metadata", set_boolean<&Options::transaction_metadata>},
    {"key.converter.schemas.enable", set_boolean<&Options::key_schemas>},
    {"value.converter.schemas.enable", set_boolean<&Options::value_schemas>},
    {"header.converter.schemas.enable", set_boolean<&Options::header_schemas>},
    {"header.converter",
     [](Options *o, const Setting &s) { o->json_headers = s.value.ends_with(".JsonConverter"); }},
    {"key.converter.decimal.format", set_decimal_format<&Options::key_converter>},
    {"value.converter.decimal.format", set_decimal_format<&Options::value_converter>},
    {"header.converter.decimal.format", set_decimal_format<&Options::header_converter>},
    {"key.converter.replace.null.with.default", set_null_default<&Options::key_converter>},
    {"value.converter.replace.null.with.default", set_null_default<&Options::value_converter>},
    {"header.converter.replace.null.with.default", set_null_default<&Options::header_converter>},
    {"key.converter", [](Options *o, const Setting &s) { o->key_class = word_of(s, kConverters); }},
    {"value.converter",
     [](Options *o, const Setting &s) { o->value_class = word_of(s, kConverters); }},
    {"key.converter.delegate.converter.type", set_text<&Options::key_delegate>},
    {"value.converter.delegate.converter.type", set_text<&Options::value_delegate>},
    {"key.converter.delegate.converter.type.schemas.enable",
     set_boolean<&Options::key_delegate_schemas>},
    {"value.converter.delegate.converter.type.schemas.enable",
     set_boolean<&Options::value_delegate_schemas>},
    {"skipped.operations", set_skipped},
    {"format", [](Options *o, const Setting &s) { o->format = word_of(s, kFormats); }},
    {"decimal.handling.mode",
     [](Options *o, const Setting &s) { o->decimal_mode = word_of(s, kDecimalModes); }},
    {"time.precision.mode",
     [](Options *o, const Setting &s) { o->time_mode = word_of(s, kTimeModes); }},
    {"interval.handling.mode",
     [](Options *o, const Setting &s) { o->interval_mode = word_of(s, kIntervalModes); }},
    {"hstore.handling.mode",
     [](Options *o, const Setting &s) { o->hstore_mode = word_of(s, kHstoreModes); }},
    {"money.fraction.digits",
     [](Options *o, const Setting &s) { o->money_digits = static_cast<int>(integer_of(s)); }},
    {"xmin.fetch.interval.ms",
     [](Options *o, const Setting &s) { o->xmin_interval_ms = integer_of(s); }},
    {"binary.handling.mode",
     [](Options *o, const Setting &s) { o->binary_mode = word_of(s, kBinaryModes); }},
    {"outflow.sequence.lsn",
     [](Options *o, const Setting &s) { o->sequence = core::Lsn{lsn_of(s)}; }},
    {"outflow.snapshot.lsn", [](Options *o, const Setting &s) { o->snapshot.lsn = lsn_of(s); }},
    {"outflow.snapshot.time_us",
     [](Options *o, const Setting &s) { o->snapshot.time_us = integer_of(s); }},
    {"outflow.snapshot.xid",
     [](Options *o, const Setting &s) {
         o->snapshot.xid = static_cast<std::uint64_t>(integer_of(s));
         o->snapshot.has_xid = true;
     }},
};

[[noreturn]] void refuse_unknown(const char *name) {
    const std::string_view nearest = core::nearest_option(name, true);
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("unknown option \"%s\" of output plugin \"outflow\"", name),
            nearest.empty() ? errhint("Options have Debezium's property names.")
                            : errhint("Did you mean \"%.*s\"?", static_cast<int>(nearest.size()),
                                      nearest.data()));
}

[[noreturn]] void refuse_not_allowed(const Setting &setting, const OptionSpec &spec) {
    const std::string_view nearest = core::nearest_word(setting.value, spec.allowed);
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("invalid value \"%s\" for option \"%s\"", setting.value.data(), setting.name),
            errdetail("Allowed values: %.*s.", static_cast<int>(spec.allowed.size()),
                      spec.allowed.data()),
            nearest.empty() ? 0
                            : errhint("Did you mean \"%.*s\"?", static_cast<int>(nearest.size()),
                                      nearest.data()));
}

void check_against_table(const Setting &setting, const OptionSpec &spec) {
    switch (core::check_option_value(spec, setting.value)) {
        case core::OptionValueError::kNone:
            return;
        case core::OptionValueError::kNotBoolean:
            refuse_value(setting, "true or false");
        case core::OptionValueError::kNotInteger:
            refuse_value(setting, "an integer");
        case core::OptionValueError::kNotAllowed:
            refuse_not_allowed(setting, spec);
    }
}

// By the name of the option's row, which may be that of a family.
const OptionSetter *find_setter(const OptionSpec *spec) {
    if (spec == nullptr) return nullptr;
    for (const OptionSetter &setter : kSetters) {
        if (setter.name == spec->name) return &setter;
    }
    return nullptr;
}

void check_given(const OptionPair &pair) {
    if (pair.value == nullptr)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("option \"%s\" needs a value", pair.name));
}

void set_option(Options *options, const OptionPair &pair) {
    const OptionSpec *spec = core::find_option(pair.name);
    const OptionSetter *setter = find_setter(spec);
    if (setter == nullptr) refuse_unknown(pair.name);
    check_given(pair);
    const Setting setting = {pair.name, pstrdup(pair.value)};
    check_against_table(setting, *spec);
    setter->set(options, setting);
}

[[noreturn]] void refuse_both(const char *include, const char *exclude) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("options \"%s\" and \"%s\" exclude each other", include, exclude));
}

// BinaryDataConverter leaves what is not bytes to its delegate.
void delegate_schemas(ConverterClass converter, std::string_view delegate, bool delegated,
                      bool *schemas, const char *option) {
    if (converter != ConverterClass::kBinary) return;
    if (delegate.empty())
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("option \"%s\" needs \"%s.delegate.converter.type\"", option, option),
                errhint("Set it to org.apache.kafka.connect.json.JsonConverter."));
    *schemas = delegated;
}

}  // namespace

void check_option(const OptionPair &pair, const core::OptionSpec &spec) {
    check_given(pair);
    check_against_table({pair.name, pair.value}, spec);
}

void parse_options(Options *options, const OptionPair *pairs, int count) {
    options->source_version = core::find_option("outflow.source.version")->default_value;
    options->placeholder = core::find_option("unavailable.value.placeholder")->default_value;
    options->topic_transaction = core::find_option("topic.transaction")->default_value;
    options->transforms = parse_transforms(pairs, count);
    for (int at = 0; at < count; ++at) {
        if (!options->transforms.own_option(pairs[at].name)) set_option(options, pairs[at]);
    }
    delegate_schemas(options->key_class, options->key_delegate, options->key_delegate_schemas,
                     &options->key_schemas, "key.converter");
    delegate_schemas(options->value_class, options->value_delegate, options->value_delegate_schemas,
                     &options->value_schemas, "value.converter");
    if (!options->schema_include.empty() && !options->schema_exclude.empty())
        refuse_both("schema.include.list", "schema.exclude.list");
    if (!options->table_include.empty() && !options->table_exclude.empty())
        refuse_both("table.include.list", "table.exclude.list");
    if (!options->column_include.empty() && !options->column_exclude.empty())
        refuse_both("column.include.list", "column.exclude.list");
    if (!options->message_prefix_include.empty() && !options->message_prefix_exclude.empty())
        refuse_both("message.prefix.include.list", "message.prefix.exclude.list");
    options->topic_rewrite = compile_topic_rewrite(*options);
    check_topic_overrides(options->topic_overrides);
}

void parse_option_list(Options *options, List *list) {
    const int count = list_length(list);
    auto *pairs = static_cast<OptionPair *>(palloc(sizeof(OptionPair) * (count + 1)));
    for (int at = 0; at < count; ++at) {
        const auto *element = static_cast<DefElem *>(list_nth(list, at));
        pairs[at] = {element->defname, element->arg ? strVal(element->arg) : nullptr};
    }
    parse_options(options, pairs, count);
}

void parse_option_array(Options *options, ArrayType *array) {
    Datum *elements = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &count);
    if (count % 2 != 0)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("options must be pairs of name and value"),
                errhint("For example: ARRAY['topic.prefix', 'shop', 'decimal.handling.mode', "
                        "'string']."));
    auto *pairs = static_cast<OptionPair *>(palloc(sizeof(OptionPair) * (count / 2 + 1)));
    for (int at = 0; at < count; at += 2) {
        if (nulls[at])
            ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
                    errmsg("the name of an option must not be null"));
        pairs[at / 2] = {TextDatumGetCString(elements[at]),
                         nulls[at + 1] ? nullptr : TextDatumGetCString(elements[at + 1])};
    }
    parse_options(options, pairs, count / 2);
}

}  // namespace outflow::plugin
