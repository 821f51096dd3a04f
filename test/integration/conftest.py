"""One stack for the whole session; a database and a relay for each test."""

import re
import sys
from pathlib import Path
from typing import Callable, Iterator

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from database import Database, create_database, drop_database  # noqa: E402
from relay import BINARY, Relay  # noqa: E402
from stack import Stack  # noqa: E402

_COMPARISON = re.compile(r"test_outflow_writes_the_bytes_that_debezium_writes\[(\w+)-(\w+)\]")


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with Stack(postgres=True, kafka=True) as running:
        yield running


@pytest.fixture(scope="session")
def stack_with_connect(stack: Stack) -> Stack:
    stack.start_connect()
    return stack


@pytest.fixture
def database(stack: Stack, request: pytest.FixtureRequest) -> Iterator[Database]:
    label = re.sub(r"\W+", "_", request.node.name.removeprefix("test_")).lower()
    created = create_database(stack.postgres, label)
    yield created
    drop_database(created)


@pytest.fixture
def new_relay(database: Database, stack: Stack, tmp_path: Path) -> Iterator[Callable[..., Relay]]:
    """Makes relays for the test's database; arguments are changes of the configuration."""
    assert BINARY.exists(), f"{BINARY} is missing: run `make`"
    relays: list[Relay] = []

    def make(**changes: object) -> Relay:
        relays.append(Relay(tmp_path, database.relay_config(stack.kafka.bootstrap, **changes)))
        return relays[-1]

    yield make
    for relay in relays:
        relay.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many comparison cases there were: case files under option sets, both connectors."""
    found = {"passed": set(), "failed": set()}
    for outcome, names in found.items():
        for report in terminalreporter.stats.get(outcome, ()):
            if match := _COMPARISON.search(report.nodeid):
                names.add((match[1], match[2]))
    cases = found["passed"] | found["failed"]
    if cases:
        files, sets = ({case[part] for case in cases} for part in (1, 0))
        terminalreporter.write_line(
            f"comparison cases: {len(cases)} ({len(files)} files, {len(sets)} option sets),"
            f" {len(found['passed'])} identical to Debezium's records, {len(found['failed'])} not"
        )
