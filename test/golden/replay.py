"""Runs cases through the plugin and the relay alone, without Kafka and without a JVM."""

import subprocess
from pathlib import Path

from compare.case import option_sets
from compare.difference import describe
from compare.run import common_config, execute
from database import Database
from relay import BINARY, write_properties
from stack import Postgres
from topics import Record

from .golden import FRAME, Golden, of_case
from .line import golden_lines, read_line

_SECONDS = 60


def replay(
    server: Postgres, directory: Path, options_name: str, goldens: list[Golden]
) -> list[Record]:
    """The snapshot first, then every change: the plugin reads the catalogue of the time."""
    database = Database(server, f"golden_{options_name}")
    server.psql(f"create database {database.name}")
    cases = [*(golden.case for golden in goldens), *FRAME]
    config = common_config(database, option_sets()[options_name]) | {"publication.name": "outflow"}
    file = write_properties(directory / f"{options_name}.properties", config)
    for case in cases:
        execute(database, case, f"create schema {case.name};", case.setup)
    records = _run(file)
    for step in range(max(len(case.steps) for case in cases)):
        for case in cases:
            if step < len(case.steps):
                execute(database, case, "", case.steps[step])
    return records + _run(file)


def _run(file: Path) -> list[Record]:
    ended = subprocess.run(
        [BINARY, "run", file, "--sink=stdout", "--until=current"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_SECONDS,
    )
    if ended.returncode != 0:
        log = ended.stderr.decode()[-4000:]
        raise RuntimeError(f"the relay ended with {ended.returncode}\n{log}")
    return [read_line(line) for line in ended.stdout.decode().split("\n")[:-1]]


def difference(golden: Golden, records: list[Record]) -> str | None:
    """The first one; None when every byte is the captured one."""
    origin, expected = golden.read()
    if origin["case"] != golden.source:
        return f"the case has changed: make golden GOLDEN={golden.name}"
    prefix = f"golden_{golden.options_name}"
    ours = golden_lines(record for record in records if of_case(record.topic, prefix, golden.case))
    for number, (theirs, mine) in enumerate(zip(expected, ours), 2):
        if theirs != mine:
            return f"line {number}, {describe(theirs, mine)}"
    if len(expected) != len(ours):
        return f"debezium wrote {len(expected)} records, outflow {len(ours)}"
    return None
