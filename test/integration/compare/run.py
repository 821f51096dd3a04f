"""One pair of connectors on one database: what each wrote, topic by topic."""

import re
from dataclasses import dataclass
from pathlib import Path

from database import Database, create_database, drop_database
from relay import Relay
from stack import Stack
from topics import Reader, Record, topic_names

from .case import Case
from .naming import Naming

# A row in it marks the end of a step: when it has arrived, everything before it has.
_MARKS = "zz_marks.reached"
_ROUTED = "debezium."
_STEP = re.compile(rb'"step":(\d+)[,}]')
_NOBODY_STREAMS = "select not active from pg_replication_slots where slot_name = 'debezium'"

# Partition lists: (topic without the router's prefix, partition) → records in order.
Capture = dict[tuple[str, int], list[Record]]


@dataclass
class Pair:
    database: Database
    naming: Naming
    debezium: Capture
    outflow: Capture


def run_pair(
    stack: Stack,
    directory: Path,
    cases: list[Case],
    options: dict[str, str],
    database: Database | None = None,
) -> Pair:
    """Runs the cases through a Debezium connector and a relay, each with its own slot. The database
    is dropped in the end."""
    database = database or create_database(stack.postgres, "compare")
    run = _Run(stack, directory, cases, options, database)
    try:
        database.sql(_marks_table(options))
        for case in cases:
            execute(database, case, f"create schema {case.name};", case.setup)
        if "@publications" in options:
            _create_publications(database, cases, options["@publications"])
        if _ends_with_snapshot(options):
            run.snapshot_alone()
        else:
            run.stream()
        return Pair(database, run.naming, run.capture(_ROUTED), run.capture(""))
    except Exception as error:
        raise RuntimeError(f"{error}\n{run.reference_errors()}") from error
    finally:
        run.end()
        drop_database(database)


def _marks_table(options: dict[str, str]) -> str:
    """With a set's "@marks" (the column of the payload) an outbox table."""
    columns = "step int primary key"
    if payload := options.get("@marks"):
        columns += (
            ", id int generated always as identity, aggregateid text not null default 'mark'"
            f", aggregatetype text not null default '{_MARKS}', type text default 'mark', {payload}"
        )
    return f"create schema zz_marks; create table {_MARKS}({columns})"


def _create_publications(database: Database, cases: list[Case], clauses: str) -> None:
    """Both connectors' publications by hand: what the cases publish, under the set's
    "@publications" (clauses)."""
    objects = ", ".join([f"table {_MARKS}", *(part for case in cases for part in case.publishes)])
    for name in ("debezium", "outflow"):
        database.sql(f"create publication {name} for {objects} {clauses}")


class _Run:
    def __init__(
        self,
        stack: Stack,
        directory: Path,
        cases: list[Case],
        options: dict[str, str],
        database: Database,
    ):
        self._stack, self._cases, self._database = stack, cases, database
        self._prefix, self._bootstrap = database.name, stack.kafka.bootstrap
        self.naming = Naming(options.get("topic.naming.strategy", ""))
        self._delimiter = options.get("topic.delimiter", ".")
        self._heartbeats = _heartbeat_topic(options, database.name)
        marks = self.naming.topic(database.name, *_MARKS.split("."))
        self._marks = marks.replace(".", self._delimiter)
        self._relay = Relay(directory, _relay_config(stack, database, options))
        self._reference_config = _debezium_config(database, options)
        self._marks_are_events = "@marks" in options
        self._skips_creates = "c" in options.get("skipped.operations", "").split(",")

    def _mark(self, step: int) -> str:
        if self._marks_are_events:
            return f"""insert into {_MARKS}(step, payload) values ({step}, '{{"step":{step}}}')"""
        insert = f"insert into {_MARKS} values ({step})"
        if self._skips_creates:
            return f"{insert}; update {_MARKS} set step = step where step = {step}"
        return insert

    def snapshot_alone(self) -> None:
        """The marks are the last table: with its row everything has arrived."""
        self._database.sql(self._mark(0))
        self._stack.connect.create(self._prefix, self._reference_config)
        with Reader(self._bootstrap, _ROUTED + self._marks) as marks:
            marks.read_until(lambda records: bool(records), 60, "the reference's snapshot")
        assert self._relay.start().wait_exit() == 0, self._relay.log[-4000:]

    def stream(self) -> None:
        self._stack.connect.create(self._prefix, self._reference_config)
        self._wait_streaming()
        with (
            Reader(self._bootstrap, _ROUTED + self._marks) as debezium_marks,
            Reader(self._bootstrap, self._marks) as outflow_marks,
        ):
            for step in range(max(len(case.steps) for case in self._cases)):
                restarts = any(step in case.restarts for case in self._cases)
                if restarts:
                    self._stop()
                for case in self._cases:
                    if step < len(case.steps):
                        execute(self._database, case, "", case.steps[step])
                if restarts:
                    self._stack.connect.resume(self._prefix)
                    self._wait_streaming()
                self._database.sql(self._mark(step))
                for marks in (debezium_marks, outflow_marks):
                    self._wait_for_mark(marks, step)
        assert self._relay.stop() == 0

    def capture(self, routed: str) -> Capture:
        """Everything below the prefix, and the cases' topics elsewhere.

        Of the heartbeats the first: how many there are is a matter of time.
        """
        capture: Capture = {}
        extra = {f"{routed}{name}" for case in self._cases for name in case.topics(self._prefix)}
        prefix = f"{routed}{self.naming.part(self._prefix)}"
        below = (prefix + self._delimiter, prefix + ".")
        names = [
            name
            for name in topic_names(self._bootstrap, routed)
            if name.startswith(below) or name in extra or name == f"{routed}{self._heartbeats}"
        ]
        with Reader(self._bootstrap, *names) as reader:
            for record in reader.read_to_end():
                place = (record.topic.removeprefix(routed), record.partition)
                records = capture.setdefault(place, [])
                if record.topic != f"{routed}{self._heartbeats}" or not records:
                    records.append(record)
        return capture

    def end(self) -> None:
        self._relay.end()
        self._stack.connect.delete(self._prefix)

    def reference_errors(self) -> str:
        """Root causes in the worker's log: the connector's state lags behind them."""
        causes = []
        of_connector = False
        for line in self._stack.connect.process.log().splitlines():
            if " ERROR " in line:
                of_connector = self._prefix in line
            elif of_connector and line.startswith("Caused by: "):
                causes.append(line)
        return "\n".join(dict.fromkeys(causes))

    def _wait_streaming(self) -> None:
        self._relay.start()
        self._database.wait_streaming("debezium", meanwhile=self._check)
        self._relay.wait_for_log("streaming")

    def _stop(self) -> None:
        self._stack.connect.halt(self._prefix)
        self._database.wait_for(_NOBODY_STREAMS)
        assert self._relay.stop() == 0, self._relay.log[-4000:]

    def _wait_for_mark(self, marks: Reader, step: int) -> None:
        def arrived(records: list[Record]) -> bool:
            self._check()
            return any(_streamed_step(record) == step for record in records)

        marks.read_until(arrived, 60, f"the mark of step {step}")

    def _check(self) -> None:
        self._stack.connect.check(self._prefix)
        if not self._relay.running:
            raise RuntimeError(f"the relay ended:\n{self._relay.log[-4000:]}")


def _ends_with_snapshot(options: dict[str, str]) -> bool:
    mode = options.get("snapshot.mode")
    streams = options.get("snapshot.mode.configuration.based.start.stream") == "true"
    return mode == "initial_only" or (mode == "configuration_based" and not streams)


def _heartbeat_topic(options: dict[str, str], prefix: str) -> str | None:
    """None: the options ask for no heartbeats."""
    if "heartbeat.interval.ms" not in options:
        return None
    first = options.get("topic.heartbeat.prefix", "__debezium-heartbeat")
    return options.get("topic.heartbeat.name", first + options.get("topic.delimiter", ".") + prefix)


def _streamed_step(record: Record) -> int | None:
    """In whatever shape the options give the row. A later snapshot reads old marks again."""
    value = record.value or b""
    found = _STEP.search(value)
    return int(found[1]) if found and b'"op":"r"' not in value else None


def execute(database: Database, case: Case, before: str, sql: str) -> None:
    try:
        database.sql(f"{before}\nset search_path = {case.name}, public;\n{sql}")
    except RuntimeError as error:
        raise RuntimeError(f"case {case.name}: {error}") from None


def common_config(database: Database, options: dict[str, str]) -> dict[str, object]:
    """`{prefix}` in an option is the topic prefix of the pair."""
    config = database.relay_config() | {
        "key.converter.schemas.enable": "true",
        "value.converter.schemas.enable": "true",
    }
    return config | {
        key: value.replace("{prefix}", database.name)
        for key, value in options.items()
        if not key.startswith("@")
    }


def _relay_config(stack: Stack, database: Database, options: dict[str, str]) -> dict[str, object]:
    return common_config(database, options) | {
        "bootstrap.servers": stack.kafka.bootstrap,
        "publication.name": "outflow",
    }


def _debezium_config(database: Database, options: dict[str, str]) -> dict[str, object]:
    """The same prefix as the relay's, because it is part of the bytes; a router renames topics."""
    converter = "org.apache.kafka.connect.json.JsonConverter"
    converters = {"key.converter": converter, "value.converter": converter}
    return converters | common_config(database, options) | {
        "plugin.name": "pgoutput",
        "slot.name": "debezium",
        "publication.name": "debezium",
        "transforms": ",".join(filter(None, [options.get("transforms"), "route"])),
        "transforms.route.type": "org.apache.kafka.connect.transforms.RegexRouter",
        "transforms.route.regex": "(.*)",
        "transforms.route.replacement": f"{_ROUTED}$1",
    }
