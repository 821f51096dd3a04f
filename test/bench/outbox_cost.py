"""make bench-outbox: WAL and database time of an outbox event, by the way it is written.

Each way writes the same events, one a transaction, into a private PostgreSQL; the ways take turns,
round after round. Time is the CPU time of the one backend, WAL the growth of its insert position,
both with the VACUUM that the way's dead rows need. What decoding costs is measured in the same
backend, by reading the slot with the plugin. Prints a table of medians with their ranges.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg2

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import report  # noqa: E402
from bench.build import postgres_version  # noqa: E402
from stack import Stack  # noqa: E402

_SETTINGS = {
    "autovacuum": "off",
    "checkpoint_timeout": "1d",
    "full_page_writes": "off",
    "jit": "off",
    "max_wal_size": "64GB",
    "shared_buffers": "512MB",
    "synchronous_commit": "off",
}
_PAYLOAD = """jsonb_build_object('orderId', i, 'customer', 'c-' || i % 1000, 'total', i * 0.37,
    'currency', 'EUR', 'lines', jsonb_build_array(
        jsonb_build_object('sku', 'sku-' || i % 977, 'quantity', i % 7, 'price', 12.5),
        jsonb_build_object('sku', 'sku-' || i % 331, 'quantity', i % 3, 'price', 7.25)),
    'note', 'Order ' || i || ' was placed in the shop')"""
_EVENT = f"'order', (i % 1000)::text, 'created', {_PAYLOAD}"
_COLUMNS = "(aggregatetype, aggregateid, type, payload)"


@dataclass(frozen=True)
class Way:
    name: str
    setup: str
    statement: str  # of the event number i
    clean: str = ""


WAYS = (
    Way("no event: the transaction alone", "", "payload := pg_current_xact_id();"),
    Way(
        "table, insert",
        "select outflow.create_outbox('kept')",
        f"insert into kept.outbox{_COLUMNS} values ({_EVENT});",
    ),
    Way(
        "table, insert and delete",
        "select outflow.create_outbox('deleted')",
        f"insert into deleted.outbox{_COLUMNS} values ({_EVENT}) returning id into event;"
        "delete from deleted.outbox where id = event;",
        "vacuum deleted.outbox",
    ),
    Way(
        "create_outbox(keep => 'nothing')",
        "select outflow.create_outbox('forgotten', keep => 'nothing')",
        f"insert into forgotten.outbox{_COLUMNS} values ({_EVENT});",
        "vacuum forgotten.outbox",
    ),
    Way("outbox_emit", "", f"perform outflow.outbox_emit({_EVENT});"),
)
_PROCEDURE = """
create procedure way_{number}(count int) language plpgsql as $$
declare
    event uuid;
    payload text;
begin
    for i in 1..count loop
        {statement}
        commit;
    end loop;
end $$
"""
_DECODE = """select count(*) from pg_logical_slot_get_binary_changes('bench', null, null,
    'format', 'chunks', 'outflow.transforms', 'outbox')"""


@dataclass(frozen=True)
class Cost:
    wal_bytes: float
    write_us: float
    decode_us: float


class Backend:
    """One session, and what it costs the server."""

    def __init__(self, dsn: str):
        self._connection = psycopg2.connect(dsn)
        self._connection.autocommit = True
        self._cursor = self._connection.cursor()
        self.run("set enable_seqscan = off")  # dead rows are not to be read
        self._pid = self.run("select pg_backend_pid()")

    def run(self, sql: str) -> object:
        self._cursor.execute(sql)
        return self._cursor.fetchone()[0] if self._cursor.description else None

    def cpu_us(self) -> float:
        return int(Path(f"/proc/{self._pid}/schedstat").read_text().split()[0]) / 1000

    def wal_bytes(self) -> int:
        return int(self.run("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"))


def measure(backend: Backend, number: int, events: int) -> Cost:
    way = WAYS[number]
    backend.run(_DECODE)  # nothing of the others is left in the slot
    backend.run("checkpoint")
    wal, cpu = backend.wal_bytes(), backend.cpu_us()
    backend.run(f"call way_{number}({events})")
    if way.clean:
        backend.run(way.clean)
    written = backend.cpu_us()
    wal = backend.wal_bytes() - wal
    backend.run(_DECODE)
    decoded = backend.cpu_us()
    return Cost(wal / events, (written - cpu) / events, (decoded - written) / events)


def costs(backend: Backend, events: int, rounds: int) -> list[list[Cost]]:
    backend.run("create extension outflow")
    for number, way in enumerate(WAYS):
        if way.setup:
            backend.run(way.setup)
        backend.run(_PROCEDURE.format(number=number, statement=way.statement))
    backend.run("select pg_create_logical_replication_slot('bench', 'outflow')")
    for number in range(len(WAYS)):
        measure(backend, number, max(events // 10, 1))  # warms up, does not count
    found: list[list[Cost]] = [[] for _ in WAYS]
    for _ in range(rounds):
        for number, of_way in enumerate(found):
            of_way.append(measure(backend, number, events))
    return found


def table(found: list[list[Cost]], events: int, rounds: int) -> str:
    title = f"An outbox event, {events:,} a round, {rounds} rounds, PostgreSQL {postgres_version()}"
    columns = ["", "WAL bytes", "writing, CPU us", "decoding, CPU us"]
    rows = [
        [
            way.name,
            report.spread([cost.wal_bytes for cost in of_way], ",.0f"),
            report.spread([cost.write_us for cost in of_way], ".1f"),
            report.spread([cost.decode_us for cost in of_way], ".1f"),
        ]
        for way, of_way in zip(WAYS, found)
    ]
    return report.aligned(title, columns, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with Stack(postgres={"settings": _SETTINGS}) as stack:
        backend = Backend(stack.postgres.dsn)
        found = costs(backend, options.events, options.rounds)
    print(table(found, options.events, options.rounds))


if __name__ == "__main__":
    main()
