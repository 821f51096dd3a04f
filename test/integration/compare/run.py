"""One pair of connectors on one database: what each wrote, topic by topic."""

from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from database import Database, create_database, drop_database
from relay import Relay
from stack import Stack
from topics import Reader, Record, topic_names

from .case import Case

# A row in it marks the end of a step: when it has arrived, everything before it has.
_MARKS = "zz_marks.reached"
_ROUTED = "debezium."

# Partition lists: (topic without the router's prefix, partition) → records in order.
Capture = dict[tuple[str, int], list[Record]]


@dataclass
class Pair:
    database: Database
    debezium: Capture
    outflow: Capture


def run_pair(stack: Stack, directory: Path, cases: list[Case], options: dict[str, str]) -> Pair:
    """Runs the cases through a Debezium connector and a relay, each with its own slot."""
    database = create_database(stack.postgres, "compare")
    prefix, bootstrap = database.name, stack.kafka.bootstrap
    relay = Relay(directory, _relay_config(stack, database, options))

    def check() -> None:
        stack.connect.check(prefix)
        if not relay.running:
            raise RuntimeError(f"the relay ended:\n{relay.log[-4000:]}")

    try:
        database.sql(f"create schema zz_marks; create table {_MARKS}(step int primary key)")
        for case in cases:
            _execute(database, case, f"create schema {case.name};", case.setup)
        stack.connect.create(prefix, _debezium_config(database, options))
        database.wait_streaming("debezium")
        relay.start_streaming()
        with (
            Reader(bootstrap, f"{_ROUTED}{prefix}.{_MARKS}") as debezium_marks,
            Reader(bootstrap, f"{prefix}.{_MARKS}") as outflow_marks,
        ):
            for step in range(max(len(case.steps) for case in cases)):
                for case in cases:
                    if step < len(case.steps):
                        _execute(database, case, "", case.steps[step])
                database.sql(f"insert into {_MARKS} values ({step})")
                for marks in (debezium_marks, outflow_marks):
                    _wait_for_mark(marks, step, check)
        assert relay.stop() == 0
        return Pair(
            database, _capture(bootstrap, prefix, _ROUTED), _capture(bootstrap, prefix, "")
        )
    finally:
        relay.end()
        stack.connect.delete(prefix)
        drop_database(database)


def _wait_for_mark(marks: Reader, step: int, check: Callable[[], None]) -> None:
    def arrived(records: list[Record]) -> bool:
        check()
        return len(records) > step

    marks.read_until(arrived, 60, f"the mark of step {step}")


def _execute(database: Database, case: Case, before: str, sql: str) -> None:
    try:
        database.sql(f"{before}\nset search_path = {case.name}, public;\n{sql}")
    except RuntimeError as error:
        raise RuntimeError(f"case {case.name}: {error}") from None


def _common_config(database: Database, options: dict[str, str]) -> dict[str, object]:
    config = database.relay_config() | {
        "key.converter.schemas.enable": "true",
        "value.converter.schemas.enable": "true",
    }
    return config | options


def _relay_config(stack: Stack, database: Database, options: dict[str, str]) -> dict[str, object]:
    return _common_config(database, options) | {
        "bootstrap.servers": stack.kafka.bootstrap,
        "publication.name": "outflow",
    }


def _debezium_config(database: Database, options: dict[str, str]) -> dict[str, object]:
    """The same prefix as the relay's, because it is part of the bytes; a router renames topics."""
    converter = "org.apache.kafka.connect.json.JsonConverter"
    return _common_config(database, options) | {
        "plugin.name": "pgoutput",
        "slot.name": "debezium",
        "publication.name": "debezium",
        "key.converter": converter,
        "value.converter": converter,
        "transforms": ",".join(filter(None, [options.get("transforms"), "route"])),
        "transforms.route.type": "org.apache.kafka.connect.transforms.RegexRouter",
        "transforms.route.regex": "(.*)",
        "transforms.route.replacement": f"{_ROUTED}$1",
    }


def _capture(bootstrap: str, prefix: str, routed: str) -> Capture:
    """Everything below `prefix`."""
    capture: Capture = {}
    with Reader(bootstrap, *topic_names(bootstrap, f"{routed}{prefix}.")) as reader:
        for record in reader.read_to_end():
            place = (record.topic.removeprefix(routed), record.partition)
            capture.setdefault(place, []).append(record)
    return capture
