"""Fills one of the demo tables with made-up payments: inserts, updates and deletes.

    python docker/generator --variant financial --rate 50 --seconds 20

The same seed on an empty table gives the same rows and the same changes.
"""

import argparse
import random
import signal
import sys
import time
from collections import Counter

import psycopg2
from faker import Faker
from psycopg2 import sql

from variants import OUTBOXES, VARIANTS, Variant

SUMMARY_EVERY_S = 5.0
LONGEST_NAP_S = 0.1
MAX_KNOWN_KEYS = 100_000


class Table:
    """The table and the keys of its rows that this generator may change.

    Each change says how many rows it touched: 0 when somebody else has deleted the row.
    """

    def __init__(self, connection, variant: Variant, outbox: str, fake: Faker):
        self.cursor = connection.cursor()
        self.variant = variant
        self.outbox = outbox
        self.fake = fake
        self.name = sql.Identifier(variant.table)
        self.insert_statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
            self.name,
            sql.SQL(", ").join(map(sql.Identifier, variant.columns)),
            sql.SQL(", ").join(sql.Placeholder() * len(variant.columns)),
        )
        self.delete_statement = sql.SQL("DELETE FROM {} WHERE id = %s").format(self.name)
        self.keys: list[int] = []
        self.first_number = 0

    def open(self) -> None:
        quoted = f'"{self.variant.table}"'
        is_there = self.value("SELECT to_regclass(%s)", quoted) is not None
        if not is_there or self.outbox != "none":
            self.cursor.execute(self.variant.ddl(self.outbox))
        self.cursor.execute(
            sql.SQL("SELECT id FROM {} ORDER BY id LIMIT %s").format(self.name), [MAX_KNOWN_KEYS]
        )
        self.keys = [key for (key,) in self.cursor]
        # A second run must not repeat the unique values of the first, and an equal one must.
        self.first_number = self.value(
            "SELECT coalesce("
            "pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass), 0)",
            quoted,
        )

    def value(self, query: str, *parameters):
        self.cursor.execute(query, parameters)
        return self.cursor.fetchone()[0]

    def insert(self) -> int:
        self.cursor.execute(
            self.insert_statement, [make(self.fake) for make in self.variant.columns.values()]
        )
        self.keys.append(self.cursor.fetchone()[0])
        return self.cursor.rowcount

    def update(self) -> int:
        key = self.fake.random.choice(self.keys)
        names = self.fake.random.sample(self.variant.mutable, self.fake.random.randint(1, 2))
        values = [self.variant.columns[name](self.fake) for name in names]
        assignments = sql.SQL(", ").join(
            sql.SQL("{} = %s").format(sql.Identifier(name)) for name in names
        )
        self.cursor.execute(
            sql.SQL("UPDATE {} SET {} WHERE id = %s").format(self.name, assignments), [*values, key]
        )
        return self.cursor.rowcount

    def delete(self) -> int:
        index = self.fake.random.randrange(len(self.keys))
        self.keys[index], self.keys[-1] = self.keys[-1], self.keys[index]
        self.cursor.execute(self.delete_statement, [self.keys.pop()])
        return self.cursor.rowcount


class Pace:
    """Says how long to wait before the next transaction so that the rate holds on average."""

    def __init__(self, events_per_s: float):
        self.interval_s = 1 / events_per_s if events_per_s else 0.0
        self.due = time.monotonic()

    def wait_s(self) -> float:
        return max(0.0, self.due - time.monotonic())

    def took(self, events: int) -> None:
        # A database that was slow is not punished with a burst afterwards.
        self.due = max(self.due + events * self.interval_s, time.monotonic() - 1.0)


class Generator:
    def __init__(self, connection, table: Table, options: argparse.Namespace):
        self.connection = connection
        self.table = table
        self.options = options
        self.chooser = random.Random()
        self.done: Counter[str] = Counter()
        self.stopping = False

    def open(self) -> None:
        self.table.open()
        self.connection.commit()
        seed = f"{self.options.seed}/{self.table.first_number}"
        self.chooser.seed(f"{seed}/operations")
        self.table.fake.seed_instance(seed)

    def stop(self, *_signal) -> None:
        self.stopping = True

    def next_operation(self) -> str:
        if not self.table.keys:
            return "insert"
        return self.chooser.choices(("insert", "update", "delete"), self.options.mix)[0]

    def is_finished(self, started: float) -> bool:
        if self.stopping:
            return True
        if self.options.rows is not None and self.done["insert"] >= self.options.rows:
            return True
        return self.options.seconds is not None and (
            time.monotonic() - started >= self.options.seconds
        )

    def transaction(self) -> int:
        """Runs one transaction of up to `--batch` changes; counts them once it is committed."""
        changes: Counter[str] = Counter()
        for _ in range(self.options.batch):
            inserted = self.done["insert"] + changes["insert"]
            if self.options.rows is not None and inserted >= self.options.rows:
                break
            operation = self.next_operation()
            changes[operation] += getattr(self.table, operation)()
        self.connection.commit()
        self.done += changes
        return self.options.batch

    def run(self) -> None:
        started = last_summary = time.monotonic()
        pace = Pace(self.options.rate)
        while not self.is_finished(started):
            if (nap_s := min(pace.wait_s(), LONGEST_NAP_S)) > 0:
                time.sleep(nap_s)
            else:
                pace.took(self.transaction())
            if time.monotonic() - last_summary >= SUMMARY_EVERY_S:
                last_summary = time.monotonic()
                print(self.summary(last_summary - started), file=sys.stderr, flush=True)
        print(self.summary(time.monotonic() - started), flush=True)

    def summary(self, seconds: float) -> str:
        return (
            f"generator: {self.done['insert']:,} rows inserted, {self.done['update']:,} updated, "
            f"{self.done['delete']:,} deleted in {seconds:.1f} s"
        )


def parse_mix(text: str) -> tuple[int, int, int]:
    try:
        insert, update, delete = (int(part) for part in text.split(":"))
    except ValueError:
        raise argparse.ArgumentTypeError("three whole numbers such as 70:20:10")
    if min(insert, update, delete) < 0 or insert == 0:
        raise argparse.ArgumentTypeError("no number below 0, and inserts above 0")
    return insert, update, delete


def positive(kind):
    def parse(text: str):
        if (value := kind(text)) <= 0:
            raise argparse.ArgumentTypeError("must be above 0")
        return value

    return parse


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="generator", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--variant",
        choices=sorted(VARIANTS),
        default="financial",
        help="which table (default: %(default)s)",
    )
    parser.add_argument(
        "--dsn", default="", help="libpq connection string; what it lacks comes from PG* variables"
    )
    parser.add_argument(
        "--outbox",
        choices=OUTBOXES,
        default="none",
        help="tell each change as an event as well, in the same transaction: by "
        "outflow.outbox_emit, or by a row of an outbox table (default: %(default)s)",
    )
    parser.add_argument(
        "--rate",
        type=float,
        default=50.0,
        help="events a second, 0 for as fast as possible (default: %(default)g)",
    )
    parser.add_argument(
        "--mix",
        type=parse_mix,
        default=(70, 20, 10),
        metavar="I:U:D",
        help="weights of inserts, updates and deletes (default: 70:20:10)",
    )
    parser.add_argument(
        "--batch",
        type=positive(int),
        default=1,
        metavar="N",
        help="events in one transaction (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        help="the same number gives the same rows (default: %(default)s)",
    )
    parser.add_argument(
        "--rows", type=positive(int), metavar="N", help="stop after N inserted rows"
    )
    parser.add_argument("--seconds", type=positive(float), metavar="S", help="stop after S seconds")
    options = parser.parse_args()
    if options.rate < 0:
        parser.error("--rate must not be below 0")
    return options


def connect(options: argparse.Namespace, variant: Variant):
    parameters = psycopg2.extensions.parse_dsn(options.dsn) if options.dsn else {}
    parameters.setdefault("dbname", variant.database)
    parameters.setdefault("application_name", "outflow generator")
    return psycopg2.connect(**parameters)


def main() -> int:
    options = parse_arguments()
    variant = VARIANTS[options.variant]
    try:
        connection = connect(options, variant)
        table = Table(connection, variant, options.outbox, Faker())
        generator = Generator(connection, table, options)
        signal.signal(signal.SIGTERM, generator.stop)
        signal.signal(signal.SIGINT, generator.stop)
        generator.open()
        generator.run()
        connection.close()
    except psycopg2.Error as error:
        print(f"generator: {error}".strip(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
