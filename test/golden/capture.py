"""Runs cases through the real connector and keeps what it wrote."""

import re
from datetime import date
from pathlib import Path

from compare.case import option_sets
from compare.floats import FIRST_SHORTEST_JDK
from compare.run import run_pair
from database import Database
from stack import Stack
from stack.java import major_version, newest_jdk
from topics import by_place

from .golden import FRAME, Golden, by_options, of_case
from .line import golden_lines


def capture(goldens: list[Golden], versions: Path) -> None:
    if major_version(newest_jdk()) < FIRST_SHORTEST_JDK:
        raise RuntimeError(
            f"goldens need a JDK {FIRST_SHORTEST_JDK} or newer: older ones print other floats"
        )
    with Stack(postgres=True, connect=True) as stack:
        origin = _origin(stack, versions)
        for options_name, chosen in by_options(goldens).items():
            _capture_set(stack, options_name, chosen, origin)


def _capture_set(
    stack: Stack, options_name: str, goldens: list[Golden], origin: dict[str, str]
) -> None:
    database = Database(stack.postgres, f"golden_{options_name}")
    stack.postgres.psql(f"create database {database.name}")
    options = option_sets()[options_name]
    cases = [*(golden.case for golden in goldens), *FRAME]
    pair = run_pair(stack, stack.directory, cases, options, database)
    records = [record for records in pair.debezium.values() for record in records]
    for golden in goldens:
        own = [
            record.routed("debezium.")
            for record in by_place(records)
            if of_case(record.topic.removeprefix("debezium."), database.name, golden.case)
        ]
        golden.write(origin, golden_lines(own))
        print(f"golden: {golden.name}: {len(own)} records, {golden.path.stat().st_size:,} bytes")


def _origin(stack: Stack, versions: Path) -> dict[str, str]:
    known = dict(re.findall(r"^(\w+)_VERSION=(.*)$", versions.read_text(), re.M))
    java = re.search(r'^JAVA_VERSION="(.*)"', (newest_jdk() / "release").read_text(), re.M)
    return {
        "debezium": known["DEBEZIUM"],
        "connect": known["CONNECT"],
        "java": java[1] if java else "",
        "postgresql": stack.postgres.psql("show server_version").split()[0],
        "on": date.today().isoformat(),
    }
