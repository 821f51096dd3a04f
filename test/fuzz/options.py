"""The options that both connectors get, one row each. Adding an option is adding a row."""

from dataclasses import dataclass
from random import Random

from .kinds import Options


@dataclass(frozen=True)
class Option:
    """Left out in half of the groups, or as `share` says; else one of the values. A value may be
    several properties, which the name does not stand for then."""

    name: str
    values: tuple[str | Options, ...]
    share: float = 0.5


def _flat(mode: str) -> Options:
    return {
        "transforms": "flat",
        "transforms.flat.type": "io.debezium.transforms.ExtractNewRecordState",
        "transforms.flat.delete.tombstone.handling.mode": mode,
    }


_DELETE_MODES = ("tombstone", "drop", "rewrite", "rewrite-with-tombstone", "delete-to-tombstone")
_JSON = "org.apache.kafka.connect.json.JsonConverter"

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
    Option("unavailable.value.placeholder", ("?", "hex:3f3f")),
    Option("tombstones.on.delete", ("false",)),
    Option("skipped.operations", ("none",)),
    Option("skip.messages.without.change", ("true",), share=0.3),
    Option("extended.headers.enabled", ("false",)),
    Option("topic.delimiter", ("-",), share=0.3),
    Option("schema.name.adjustment.mode", ("avro", "avro_unicode"), share=0.3),
    Option("field.name.adjustment.mode", ("avro", "avro_unicode"), share=0.3),
    Option("message.prefix.exclude.list", (".*x.*",)),
    # For columns of schema.UNKEYED_NAMES: on keys some rules stop the reference.
    Option("column.exclude.list", (r".*\.source",), share=0.3),
    Option("column.mask.with.5.chars", (r".*\.val",), share=0.3),
    Option("column.mask.hash.v2.SHA-256.with.salt.s", (r".*\.before",), share=0.3),
    Option("column.truncate.to.3.chars", (r".*\.op",), share=0.3),
    Option("column.propagate.source.type", (r".*\.(id|a|b|c)",), share=0.2),
    Option("datatype.propagate.source.type", (r".*\.(NUMERIC|VARCHAR|int4|.*mood.*)",), share=0.2),
    Option("key.converter.decimal.format", ("NUMERIC",), share=0.3),
    Option("value.converter.decimal.format", ("NUMERIC",), share=0.3),
    Option("value.converter.replace.null.with.default", ("false",), share=0.3),
    Option("header.converter", (_JSON,), share=0.2),
    Option("flat", tuple(map(_flat, _DELETE_MODES)), share=0.25),
)


def random_options(random: Random) -> Options:
    chosen: Options = {}
    for option in OPTIONS:
        if random.random() >= option.share:
            continue
        value = random.choice(option.values)
        chosen |= value if isinstance(value, dict) else {option.name: value}
    return chosen
