"""The options that both connectors get, one row each. Adding an option is adding a row."""

from dataclasses import dataclass
from random import Random

from .kinds import Options


@dataclass(frozen=True)
class Option:
    """Each of `values` is as likely as the default, which is to leave the option out."""

    name: str
    values: tuple[str, ...]


OPTIONS = (
    Option("key.converter.schemas.enable", ("false",)),
    Option("value.converter.schemas.enable", ("false", "false")),
    Option("decimal.handling.mode", ("string", "double")),
    Option(
        "time.precision.mode",
        ("adaptive_time_microseconds", "connect", "isostring", "microseconds", "nanoseconds"),
    ),
    Option("interval.handling.mode", ("string",)),
    Option("hstore.handling.mode", ("map",)),
    Option("binary.handling.mode", ("base64", "base64-url-safe", "hex")),
    Option("money.fraction.digits", ("0", "1", "3")),
    Option("include.unknown.datatypes", ("true",)),
    Option("unavailable.value.placeholder", ("?", "hex:3f3f")),
    Option("tombstones.on.delete", ("false",)),
    Option("skipped.operations", ("none", )),
    Option("extended.headers.enabled", ("false",)),
    Option("topic.delimiter", ("-",)),
    Option("message.prefix.exclude.list", (".*x.*",)),
)


def random_options(random: Random) -> Options:
    chosen = {}
    for option in OPTIONS:
        value = random.choice(("", *option.values))
        if value:
            chosen[option.name] = value
    return chosen
