"""The options that both connectors get, one row each. Adding an option is adding a row."""

from dataclasses import dataclass
from random import Random

from .kinds import Options
from .transforms import TRANSFORMS, is_outbox


@dataclass(frozen=True)
class Option:
    """Left out in half of the groups, or as `share` says; else one of the values. A value may be
    several properties, which the name does not stand for then."""

    name: str
    values: tuple[str | Options, ...]
    share: float = 0.5


_JSON = "org.apache.kafka.connect.json.JsonConverter"
_VALUE_DECIMALS = "value.converter.decimal.format"
# Of one kind there is one rule: which of two the reference asks first is a matter of hashes and of
# how many properties it has.
_RULES = (
    ("column.mask.with.5.chars", "column.mask.with.0.chars"),
    ("column.mask.hash.SHA-256.with.salt.s", "column.mask.hash.v2.MD5.with.salt.é"),
    ("column.truncate.to.3.chars", "column.truncate.to.30.chars"),
)
# For columns of schema.UNKEYED_NAMES: on keys some rules stop the reference.
_RULED = (r".*\.val", r".*\.(op|source)", r".*\.before,.*\.val")
_COLUMN_LISTS = (
    {"column.exclude.list": r".*\.source"},
    {"column.exclude.list": r"r\d*[02468]\..*\.(VAL|op)"},
    {"column.include.list": r".*\.(?!source$|val$)[^.]*"},
)
# Without messages: their names in END records are random in the reference.
_TRANSACTIONS = {"provide.transaction.metadata": "true", "message.prefix.exclude.list": ".*"}
_NAMINGS = (
    {"topic.naming.strategy": "io.debezium.schema.SchemaUnicodeTopicNamingStrategy"},
    {
        "topic.naming.strategy": "io.debezium.schema.SchemaRegexTopicNamingStrategy",
        "topic.regex": r"(.*)([.-]r\d+[.-])(orders|x|UPPER)",
        "topic.replacement": "$1$2joined",
    },
)
_TABLE_LISTS = (
    {"table.exclude.list": r"r\d+\.(x|upper),r\d*3\..*"},
    {"table.include.list": r"r\d+\..*[re].*,zz_marks\.reached"},
    {"schema.exclude.list": r"r\d*[05]"},
)

OPTIONS = (
    Option("key.converter.schemas.enable", ("false",)),
    Option("value.converter.schemas.enable", ("false",), share=0.7),
    Option("decimal.handling.mode", ("string", "double")),
    Option(
        "time.precision.mode",
        ("adaptive_time_microseconds", "connect", "isostring", "microseconds", "nanoseconds"),
        share=0.8,
    ),
    Option("interval.handling.mode", ("string",)),
    Option("hstore.handling.mode", ("map",)),
    Option("binary.handling.mode", ("base64", "base64-url-safe", "hex")),
    Option("money.fraction.digits", ("0", "1", "3")),
    Option("include.unknown.datatypes", ("true",)),
    Option("unavailable.value.placeholder", ("?", "hex:3f3f", 'n😀a"b')),
    Option("tombstones.on.delete", ("false",)),
    Option("skipped.operations", ("none",)),
    Option("skip.messages.without.change", ("true",), share=0.3),
    Option("extended.headers.enabled", ("false",)),
    Option("topic.delimiter", ("-",), share=0.3),
    Option("schema.name.adjustment.mode", ("avro", "avro_unicode"), share=0.3),
    Option("field.name.adjustment.mode", ("avro", "avro_unicode"), share=0.3),
    Option("message.prefix.exclude.list", (".*x.*",)),
    Option("transactions", (_TRANSACTIONS,), share=0.2),
    Option("tables", _TABLE_LISTS, share=0.15),
    Option("snapshot.mode", ("no_data",), share=0.1),
    Option("snapshot.include.collection.list", (r"r\d+\..*[ae].*,zz_marks.*",), share=0.1),
    Option("topics", _NAMINGS, share=0.2),
    Option("columns", _COLUMN_LISTS, share=0.4),
    *(
        Option("a rule", tuple({rule: columns} for rule in kind for columns in _RULED), share=0.4)
        for kind in _RULES
    ),
    Option("column.propagate.source.type", (r".*\.(id|a|b|c)",), share=0.2),
    Option("datatype.propagate.source.type", (r".*\.(NUMERIC|VARCHAR|int4|.*mood.*)",), share=0.2),
    Option("key.converter.decimal.format", ("NUMERIC",), share=0.3),
    Option(_VALUE_DECIMALS, ("NUMERIC",), share=0.3),
    Option("value.converter.replace.null.with.default", ("false",), share=0.3),
    Option("header.converter", (_JSON,), share=0.2),
    Option("header.converter.schemas.enable", ("false",), share=0.3),
    Option("transforms", TRANSFORMS, share=0.5),
)


def random_options(random: Random) -> Options:
    chosen: Options = {}
    for option in OPTIONS:
        if random.random() >= option.share:
            continue
        value = random.choice(option.values)
        chosen |= value if isinstance(value, dict) else {option.name: value}
    if is_outbox(chosen):
        # Outflow refuses a numeric key that would be written otherwise than the rows.
        chosen["key.converter.decimal.format"] = chosen.get(_VALUE_DECIMALS, "BASE64")
    return chosen
