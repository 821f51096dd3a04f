"""The plugin's memory in the walsender stays what it was, over millions of changes."""

import subprocess
from pathlib import Path

import pytest

from database import Database
from stack import wait_until

_ROUNDS = 50  # transactions; a tenth of them follow a change of the catalogue
# Two samples of one process differ by this much without a leak: allocator slack, caches.
_SLACK_KIB = 4 * 1024

_RULES = {
    "column.mask.hash.SHA-256.with.salt.s": "public.leak.t",
    "column.truncate.to.3.chars": "public.leak.j",
    "message.key.columns": "public.leak:t,n",
    "skip.messages.without.change": "true",
}

_TABLE = """
create table leak (id int primary key, a int[], j jsonb, n numeric, t text, m mood,
    tz timestamptz default now()) with (fillfactor = 50);
alter table leak replica identity full;
"""


def _resident_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


def _round(rows: int) -> str:
    """Inserts, updates, key changes and deletes: every round gives the same mix."""
    return (
        "begin;"
        "insert into leak select n, array[n, null], jsonb_build_object('n', n), n / 7.0,"
        f" 'text ' || n, 'ok' from generate_series(1, {rows}) n;"
        "update leak set t = t || '!';"
        f"update leak set id = id + {rows};"
        "delete from leak;"
        "commit;"
    )


def _load(database: Database, changes: int) -> None:
    for number in range(_ROUNDS):
        if number % 10 == 9:
            database.sql(f"alter table leak alter tz set default now() + interval '{number} s';")
            database.sql("vacuum leak")
        database.sql(_round(changes // _ROUNDS // 4))


@pytest.mark.parametrize(
    "changes, options",
    [pytest.param(5_000_000, {}, id="plain"), pytest.param(1_000_000, _RULES, id="rules")],
)
def test_the_plugin_leaks_nothing_over_millions_of_changes(
    database: Database, changes: int, options: dict[str, str]
) -> None:
    database.sql("create type mood as enum ('sad', 'ok');" + _TABLE)
    database.sql("select pg_create_logical_replication_slot(current_database()::text, 'outflow')")
    _load(database, changes)
    end = database.sql("select pg_current_wal_lsn()")
    receiver = subprocess.Popen(
        [
            database.server.bindir / "pg_recvlogical", "--start", "--no-loop", "-f", "/dev/null",
            "-S", database.slot, "-d", database.server.dsn_of(database.name),
            "-o", "format=chunks", "--status-interval=1", f"--endpos={end}",
            *(part for name, value in options.items() for part in ("-o", f"{name}={value}")),
        ]
    )
    try:
        samples = _watch(database, receiver)
    finally:
        receiver.terminate()
        receiver.wait(10)
    settled = samples[len(samples) // 4]
    growth = samples[-1] - settled
    assert growth < _SLACK_KIB, f"{growth} KiB more between a quarter and the end: {samples}"


def _watch(database: Database, receiver: subprocess.Popen) -> list[int]:
    """Resident KiB of the walsender, ten times a second, until it has sent everything."""
    query = f"select active_pid from pg_replication_slots where slot_name = '{database.slot}'"
    pid = 0

    def attached() -> bool:
        nonlocal pid
        pid = int(database.sql(query) or 0)
        return pid > 0

    wait_until(attached, 30, "the walsender to attach")
    samples: list[int] = []

    def ended() -> bool:
        try:
            samples.append(_resident_kib(pid))
        except (FileNotFoundError, RuntimeError):
            return True
        return receiver.poll() is not None

    wait_until(ended, 300, "the walsender to send everything")
    assert len(samples) > 20, f"too few samples: {samples}"
    return samples
