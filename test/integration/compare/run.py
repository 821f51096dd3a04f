"""One pair of connectors on one database: what each wrote, topic by topic."""

from dataclasses import dataclass, field
from pathlib import Path

from database import Database, create_database, drop_database
from relay import Relay
from stack import Stack
from topics import Reader, Record, topic_names

from .case import Case

# The table whose row is written last: when it has arrived, everything before it has.
_END = "zz_end.reached"
_ROUTED = "debezium."

# Partition lists: (topic without the router's prefix, partition) → records in order.
Capture = dict[tuple[str, int], list[Record]]


@dataclass
class Pair:
    database: Database
    debezium: Capture = field(default_factory=dict)
    outflow: Capture = field(default_factory=dict)


def run_pair(
    stack: Stack, directory: Path, cases: list[Case], options: dict[str, str], with_relay: bool = True
) -> Pair:
    """Runs the cases through a Debezium connector and a relay, each with its own slot."""
    database = create_database(stack.postgres, "compare")
    prefix = database.name
    try:
        database.sql(f"create schema zz_end; create table {_END}(id int primary key)")
        for case in cases:
            _execute(database, case, f"create schema {case.name};", case.setup)
        relay = Relay(directory, _relay_config(stack, database, options))
        stack.connect.create(prefix, _debezium_config(database, options))
        try:
            database.wait_streaming("debezium")
            if with_relay:
                relay.start()
                database.wait_streaming(database.slot)
            for case in cases:
                _execute(database, case, "", case.stream)
            database.sql(f"insert into {_END} values (1)")
            pair = Pair(database, _capture(stack, prefix, _ROUTED, connector=prefix))
            if with_relay:
                pair.outflow = _capture(stack, prefix, "", relay=relay)
                assert relay.stop() == 0
            return pair
        finally:
            relay.end()
            stack.connect.delete(prefix)
    finally:
        drop_database(database)


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
        "transforms": "route",
        "transforms.route.type": "org.apache.kafka.connect.transforms.RegexRouter",
        "transforms.route.regex": "(.*)",
        "transforms.route.replacement": f"{_ROUTED}$1",
    }


def _capture(
    stack: Stack, prefix: str, routed: str, connector: str = "", relay: Relay | None = None
) -> Capture:
    """Everything below `prefix`, once the end mark has arrived."""
    bootstrap = stack.kafka.bootstrap
    with Reader(bootstrap, f"{routed}{prefix}.{_END}") as end:

        def arrived(records: list[Record]) -> bool:
            if connector:
                stack.connect.check(connector)
            if relay and not relay.running:
                raise RuntimeError(f"the relay ended:\n{relay.log[-4000:]}")
            return bool(records)

        end.read_until(arrived, 60, "the end mark")
    capture: Capture = {}
    with Reader(bootstrap, *topic_names(bootstrap, f"{routed}{prefix}.")) as reader:
        for record in reader.read_to_end():
            place = (record.topic.removeprefix(routed), record.partition)
            capture.setdefault(place, []).append(record)
    return capture
