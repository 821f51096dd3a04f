"""Where Outflow differs from Debezium on purpose: extension/DEVIATIONS.md, row by row.

What prints something else runs beside the real connector; `outflow diff` must call it known. What
stops the real connector is shown to stop it, and what Outflow prints instead.
"""

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from compare.case import Case
from compare.run import Pair, run_pair
from database import Database
from debezium import beside
from relay import BINARY, run
from stack.connect import Connect, ConnectorFailed
from stack.deadline import wait_until
from topics import Record

SCHEMA = "deviations"


@dataclass(frozen=True)
class Printed:
    """Another text for the same row: `field` of the last record of `table`."""

    reason: str  # in outflow diff's words
    setup: str
    stream: str
    theirs: Any
    ours: Any
    operation: str = "c"
    in_schema: bool = False


PRINTED = {
    "old_dates": Printed(
        "Debezium's snapshot shifts dates before 1582-10-15",
        "create table old_dates(id int primary key, v date);"
        "insert into old_dates values (1, '0044-03-15 BC');",
        "",
        -703383,
        -735160,
        operation="r",
    ),
    "inner_arrays": Printed(
        "Debezium prints the Java identity of an inner array",
        "create table inner_arrays(id int primary key, v text[][]);",
        "insert into inner_arrays values (1, '{{a,b},{c,d}}');",
        ["[Ljava.lang.String;@", "[Ljava.lang.String;@"],
        [None, None],
    ),
    "labels": Printed(
        "Debezium lists the labels that an enum had when it started",
        "create type mood as enum ('sad', 'ok'); create table labels(id int primary key, v mood);",
        "alter type mood add value 'new' before 'ok'; insert into labels values (1, 'new');",
        "sad,ok",
        "sad,new,ok",
        in_schema=True,
    ),
    "tens": Printed(
        "Debezium misreads a negative scale",
        "create table tens(id int primary key, v numeric(3,-2));",
        "insert into tens values (1, 12345);",
        "2046",
        "0",
        in_schema=True,
    ),
}


@pytest.fixture(scope="module")
def printed(stack_with_connect, tmp_path_factory) -> Pair:
    setup = "".join(each.setup + "\n" for each in PRINTED.values())
    stream = "".join(each.stream + "\n" for each in PRINTED.values())
    case = Case(SCHEMA, ("default",), (), (), setup, (stream,))
    return run_pair(stack_with_connect, tmp_path_factory.mktemp("printed"), [case], {})


def last_record(capture: dict, pair: Pair, table: str) -> Record:
    return capture[(f"{pair.database.name}.{SCHEMA}.{table}", 0)][-1]


@pytest.mark.parametrize("table", PRINTED)
def test_the_reference_prints_something_else(printed, table):
    wanted = PRINTED[table]
    theirs = last_record(printed.debezium, printed, table).routed("debezium.")
    ours = last_record(printed.outflow, printed, table)
    for record, value in ((theirs, wanted.theirs), (ours, wanted.ours)):
        assert record.json["op"] == wanted.operation
        assert shown(record, wanted.in_schema) == value


def shown(record: Record, in_schema: bool) -> Any:
    if not in_schema:
        value = record.json["after"]["v"]
        if not isinstance(value, list):
            return value
        return [part and part.partition("@")[0] + "@" for part in value]  # what is random is cut
    after = next(
        each for each in json.loads(record.value)["schema"]["fields"] if each["field"] == "after"
    )
    parameters = next(each for each in after["fields"] if each["field"] == "v")["parameters"]
    return parameters.get("allowed", parameters.get("scale"))


def test_outflow_diff_knows_them(printed, tmp_path):
    prefix = printed.database.name
    sides = []
    for side, capture in (("left", printed.debezium), ("right", printed.outflow)):
        with open(tmp_path / side, "wb") as file:
            for records in capture.values():
                file.writelines(map(capture_line, records))
        sides += [f"--{side}={prefix}", f"--{side}-capture={tmp_path / side}"]
    ended = subprocess.run(
        [BINARY, "diff", *sides, "--settle=0", "--json"], capture_output=True, text=True, timeout=60
    )
    result = json.loads(ended.stdout)
    assert (ended.returncode, result["verdict"]) == (0, "known deviations"), ended.stdout
    reasons = Counter(
        (table["table"], difference["reason"])
        for table in result["tables"]
        for difference in table["first_differences"]
    )
    assert reasons == {
        (f"{SCHEMA}.{table}", wanted.reason): 1 for table, wanted in PRINTED.items()
    }


def capture_line(record: Record) -> bytes:
    headers = json.dumps(
        {name: value.decode() for name, value in record.headers}, separators=(",", ":")
    )
    return b'{"topic":"%s","key":%s,"headers":%s,"value":%s}\n' % (
        record.topic.removeprefix("debezium.").encode(),
        record.key or b"null",
        headers.encode(),
        record.value or b"null",
    )


@dataclass(frozen=True)
class Stopped:
    setup: str
    stream: str
    ours: list[Any]  # column v of each streamed event
    options: tuple[tuple[str, str], ...] = ()


STOPPED = {
    "required_timestamp": Stopped(
        "create table t(id int primary key, v timestamp not null);",
        "insert into t values (1, '2024-01-31'); delete from t where id = 1;",
        [1706659200000000000, 0],
        (("time.precision.mode", "nanoseconds"),),
    ),
    "required_toast": Stopped(
        "create table t(id int primary key, v numeric not null, w int);"
        "alter table t alter v set storage external;"
        "insert into t select 1, repeat('7', 20000)::numeric, 1;",
        "update t set w = 2;",
        [{"scale": 0, "value": "AA=="}],
    ),
    "domain_over_enum": Stopped(
        "create type mood as enum ('a', 'b'); create domain moods as mood;"
        "create table t(id int primary key, v moods);",
        "insert into t values (1, 'b');",
        ["b"],
    ),
    "columns_that_differ_by_case": Stopped(
        'create table t(id int primary key, v int, "V" int);',
        "insert into t values (1, 2, 3);",
        [2],
    ),
}


@pytest.mark.parametrize("name", STOPPED)
def test_what_stops_the_reference_is_printed(name, database, stack_with_connect, tmp_path):
    wanted = STOPPED[name]
    database.sql(wanted.setup)
    options = dict(wanted.options)
    config = database.relay_config(publication__name="outflow") | options
    assert run(tmp_path, config, "--sink=stdout", "--until=current").returncode == 0
    stop_reference(stack_with_connect.connect, database, options, wanted.stream)
    ended = run(tmp_path, config, "--sink=stdout", "--until=current")
    assert ended.returncode == 0, ended.stderr
    events = [json.loads(line)["value"] for line in ended.stdout.splitlines()]
    values = [(event["after"] or event["before"])["v"] for event in events if event]
    assert values == wanted.ours


def stop_reference(connect: Connect, database: Database, options: dict, stream: str) -> None:
    """Returns when the connector has failed, at its start or over the changes."""
    config = beside(database, errors__max__retries=0) | options
    name = str(config["topic.prefix"])

    def failed() -> bool:
        try:
            connect.check(name)
            return False
        except ConnectorFailed as reason:
            print(reason)
            return True

    try:
        try:
            connect.create(name, config)
            slot = str(config["slot.name"])
            database.wait_streaming(slot, meanwhile=lambda: connect.check(name))
        except ConnectorFailed:
            pass
        database.sql(stream)
        wait_until(failed, 60, "the connector to fail")
    finally:
        connect.delete(name)
