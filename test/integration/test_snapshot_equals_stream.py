"""A row's `after` is the same bytes whether it was streamed or copied, for every type.

The tables are those of the comparison with Debezium. One relay streams their rows, a second one
takes a snapshot of what is there at the end: each of its rows must be among the streamed ones.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Callable

import pytest

from compare.case import Case, all_cases, option_sets
from database import Database, create_database, drop_database
from relay import Relay
from topics import Reader, topic_names

# Cases about types; without DDL in mid-stream, which makes older rows differ.
ABOUT_TYPES = """
    array_oddities arrays bits booleans_and_integers bytes dates_and_times enums_and_domains
    extensions floats generated geometry hstores intervals money name_columns nested_arrays
    networks numeric_infinities numerics postgis ranges texts time_modes unknown_types
    uuids_and_json xml_and_tsvector
""".split()
CASES = [case for case in all_cases() if case.name in ABOUT_TYPES and case.is_runnable]
OPTIONS = ("default", "isostring")

# Where Debezium itself differs: fields, by case and table, and what the stream has instead.
ABSENT, NULL = "absent in the stream", "null in the stream, empty text where the column is NOT NULL"
EXCEPTIONS = {
    "default": {
        ("generated", "doubled"): {"twice": ABSENT},
        ("name_columns", "names"): {"a": NULL, "b": NULL, "c": NULL},
    },
    "isostring": {("generated", "doubled"): {"twice": ABSENT}},
}

# Rows stay as they were inserted: an update would leave placeholders of TOAST in the stream, and
# what is deleted is in no snapshot.
_CHANGE = re.compile(r"^(update|delete|truncate)\b.*?;$\n?", re.M | re.S | re.I)
_AFTER = re.compile(rb'^\{"before":.*?,"after":(\{.*\}),"source":\{"version":"3')


@dataclass
class Rows:
    """`after` by topic, without the prefix."""

    streamed: dict[str, set[bytes]]
    copied: dict[str, set[bytes]]


@pytest.fixture(scope="module")
def rows_of(stack, tmp_path_factory) -> Callable[[str], Rows]:
    @cache
    def run(options: str) -> Rows:
        database = create_database(stack.postgres, "types")
        directory = tmp_path_factory.mktemp(options)
        config = database.relay_config(stack.kafka.bootstrap) | option_sets()[options]
        config |= {f"{part}.converter.schemas.enable": "false" for part in ("key", "value")}
        stream = Relay(directory, config | {"snapshot.mode": "no_data"})
        copy_names = {"topic.prefix": f"{database.name}_copy", "slot.name": f"{database.slot}_copy"}
        copy = Relay(directory, config | copy_names | {"snapshot.mode": "initial_only"})
        try:
            stream.start_streaming()
            for case in CASES:
                execute(database, case)
            assert copy.start().wait_exit(120) == 0, copy.log
            assert stream.stop() == 0
            stream.start("--until=current")
            assert stream.wait_exit(120) == 0, stream.log
            return Rows(
                afters(stack.kafka.bootstrap, f"{database.name}."),
                afters(stack.kafka.bootstrap, f"{database.name}_copy."),
            )
        finally:
            stream.end()
            copy.end()
            drop_database(database)

    return run


def execute(database: Database, case: Case) -> None:
    before = f"create schema if not exists {case.name}; set search_path = {case.name}, public;\n"
    for part in (case.setup, *case.steps):
        database.sql(before + _CHANGE.sub("", part))


def afters(bootstrap: str, prefix: str) -> dict[str, set[bytes]]:
    found = defaultdict(set)
    with Reader(bootstrap, *topic_names(bootstrap, prefix)) as reader:
        for record in reader.read_to_end():
            if record.value and (match := _AFTER.match(record.value)):
                found[record.topic.removeprefix(prefix)].add(match[1])
    return found


def differs(copied: bytes, streamed: set[bytes], exceptions: dict[str, str]) -> bool:
    if not exceptions:
        return copied not in streamed
    row = json.loads(copied)
    return not any(matches(row, json.loads(each), exceptions) for each in streamed)


def matches(copied: dict, streamed: dict, exceptions: dict[str, str]) -> bool:
    for field, how in exceptions.items():
        if how is ABSENT and field in streamed:
            return False
        if how is NULL and streamed[field] not in (None, ""):
            return False
    return without(copied, exceptions) == without(streamed, exceptions)


def without(row: dict, fields: dict[str, str]) -> dict:
    return {name: value for name, value in row.items() if name not in fields}


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_copied_row_is_the_streamed_row(rows_of, options, case):
    rows = rows_of(options)
    tables = [topic for topic in rows.copied if topic.startswith(f"{case.name}.")]
    assert tables, "the snapshot has no row of this case"
    wrong = [
        f"{topic}\n  copied   {row.decode()}\n  streamed "
        + "\n           ".join(sorted(each.decode() for each in rows.streamed[topic]))
        for topic in tables
        for row in sorted(rows.copied[topic])
        if differs(
            row,
            rows.streamed[topic],
            EXCEPTIONS[options].get((case.name, topic.removeprefix(f"{case.name}.")), {}),
        )
    ]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)
