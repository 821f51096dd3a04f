"""Writers of outbox events, and what a reader must see of them: each once, and those of one
aggregate in the order of their commits.

An aggregate's events are numbered under a lock of its row, which is held until the commit: so the
numbers say the order of the commits.
"""

import threading
from collections import defaultdict

import psycopg2

from database import Database
from topics import Record

AGGREGATES = 1000
_SETUP = """
    create table aggregates(id int primary key, events int not null default 0);
    insert into aggregates select i, 0 from generate_series(0, {last}) i;
    create procedure write_events(writer int, writers int, count int) language plpgsql as $$
    declare
        aggregate int;
        number int;
    begin
        for i in 1..count loop
            aggregate := (i * 7919 + writer * 104729 + floor(random() * 16)::int) % {aggregates};
            update aggregates set events = events + 1 where id = aggregate
                returning events into number;
            perform outflow.outbox_emit('load', aggregate::text, 'n',
                jsonb_build_object('n', number));
            commit;
        end loop;
    end $$;
"""


class Load:
    """`count` events by `writers` sessions at once, one event a transaction."""

    def __init__(self, database: Database, count: int, writers: int = 8):
        self._database, self._count, self._writers = database, count, writers
        self._errors: list[BaseException] = []
        database.sql(_SETUP.format(last=AGGREGATES - 1, aggregates=AGGREGATES))
        self._threads = [
            threading.Thread(target=self._write, args=(number,)) for number in range(writers)
        ]

    def _write(self, number: int) -> None:
        try:
            connection = psycopg2.connect(self._database.server.dsn_of(self._database.name))
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("set synchronous_commit = off")
                share = self._count // self._writers
                cursor.execute(f"call write_events({number}, {self._writers}, {share})")
            connection.close()
        except BaseException as error:
            self._errors.append(error)

    def start(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def written(self) -> int:
        return int(self._database.sql("select sum(events) from aggregates"))

    def join(self) -> int:
        """The number of events; raises what a writer raised."""
        for thread in self._threads:
            thread.join()
        if self._errors:
            raise self._errors[0]
        return self.written()


def aggregate_and_number(record: Record) -> tuple[int, bytes, int]:
    """What the check needs of a record, so that a million of them stay small."""
    number = record.value.rpartition(b" ")[2].strip(b'}"')
    return record.partition, record.key, int(number)


def problems(events: list[tuple[int, bytes, int]]) -> list[str]:
    """Of what a reader saw, in the order of each partition. Empty: each came once, in order."""
    partitions: dict[bytes, set[int]] = defaultdict(set)
    last: dict[bytes, int] = defaultdict(int)
    found = []
    for partition, key, number in events:
        partitions[key].add(partition)
        if number != last[key] + 1:
            found.append(f"aggregate {key!r}: event {number} behind {last[key]}")
        last[key] = max(last[key], number)
    found += [f"aggregate {key!r} is on {at}" for key, at in partitions.items() if len(at) > 1]
    return found
