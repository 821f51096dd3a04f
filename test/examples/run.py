"""Runs one example between two databases of a private server: source → Outflow → Kafka → copy."""

import importlib
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from threading import Thread
from typing import Iterator

import psycopg2

from database import Database, create_database, drop_database
from relay import Relay
from stack import Stack

from . import check
from .consumer import TransactionConsumer
from .example import Example, Followed, follow, write
from .feed import Feed
from .materialised import Copy

NAMES = ("stock", "fraud", "patients", "shipments")


def load(name: str) -> Example:
    return importlib.import_module(f".{name}", __package__).EXAMPLE


def run(stack: Stack, directory: Path, name: str, transactions: int, seed: int = 1) -> str:
    """The verdict; raises CopyDiffers, DeliveryBroken or TimeoutError at the first difference."""
    example = load(name)
    with (
        _database(stack, name, example.sql("schema") + example.sql("source")) as source,
        _database(stack, f"{name}_copy", example.sql("schema") + example.sql("copy")) as copy,
        closing(_connect(source)) as written,
        closing(_connect(copy)) as copied,
    ):
        feed = example.feed(source.name)
        example.seed(written.cursor())
        written.commit()
        with (
            _relay(stack, directory, source, feed, example) as relay,
            closing(TransactionConsumer(stack.kafka.bootstrap, feed)) as consumer,
        ):
            with _in_background(write, example, feed, written, transactions, Random(seed)):
                done = follow(example, feed, consumer, Copy(copied), transactions)
            if (code := relay.stop()) != 0:
                raise RuntimeError(f"the relay ended with {code}\n{relay.log}")
            consumer.require_end()
        return _verdict(example, done, written, copied)


def _verdict(example: Example, done: Followed, source, copy) -> str:
    question = example.sql("check")
    lines = check.lines(source.cursor(), question)
    check.require_equal(lines, check.lines(copy.cursor(), question))
    return (
        f"{example.name}: {done.events:,} events in {done.transactions:,} transactions, 0 lost, "
        f"0 twice, 0 out of order; copy = source at each boundary and at the end "
        f"({len(lines):,} rows)"
    )


@contextmanager
def _relay(
    stack: Stack, directory: Path, source: Database, feed: Feed, example: Example
) -> Iterator[Relay]:
    config = source.relay_config(stack.kafka.bootstrap) | feed.options | example.options
    relay = Relay(directory, config)
    try:
        yield relay.start_streaming()
    finally:
        relay.end()


@contextmanager
def _database(stack: Stack, name: str, ddl: str) -> Iterator[Database]:
    database = create_database(stack.postgres, name)
    try:
        database.sql(ddl)
        yield database
    finally:
        drop_database(database)


def _connect(database: Database):
    return psycopg2.connect(database.server.dsn_of(database.name))


@contextmanager
def _in_background(work, *arguments) -> Iterator[None]:
    """What fails there fails here, at the end."""
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work(*arguments)
        except BaseException as failure:
            failures.append(failure)

    thread = Thread(target=guarded)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        if failures:
            raise failures[0]
