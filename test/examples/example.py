"""What the examples share: a database that is written to, a consumer that keeps a copy of it, and
the check that the copy equals the source at every transaction boundary.

The check needs no second look at the source. The writer publishes the fingerprint of its tables as
the last event of each transaction; the consumer compares it with the fingerprint of its copy.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from random import Random

from . import check
from .consumer import TransactionConsumer
from .feed import Feed, TableFeed
from .materialised import Copy
from .transactions import Event


class Example(ABC):
    """One use case. Its directory has `schema.sql`, what both databases start with; `source.sql`
    and `copy.sql`, what only one of them has; `check.sql`, the question that both must answer
    alike."""

    tables: tuple[str, ...] = ()
    options: dict[str, str] = {}  # of the connector

    def feed(self, prefix: str) -> Feed:
        return TableFeed(prefix, *self.tables)

    def seed(self, cursor) -> None:
        """Rows that are there before the connector starts."""

    @abstractmethod
    def change(self, cursor, random: Random) -> None:
        """The changes of one transaction."""

    def apply(self, copy: Copy, events: list[Event]) -> None:
        for event in events:
            copy.apply(event)

    def sql(self, name: str) -> str:
        file = Path(__file__).parent / self.name / f"{name}.sql"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    @property
    def name(self) -> str:
        return type(self).__module__.rpartition(".")[2]


@dataclass
class Followed:
    transactions: int = 0
    events: int = 0


def write(example: Example, feed: Feed, connection, transactions: int, random: Random) -> None:
    """Commits that many transactions, each with its fingerprint."""
    question = example.sql("check")
    cursor = connection.cursor()
    for _ in range(transactions):
        example.change(cursor, random)
        cursor.execute(feed.publish_fingerprint, [check.fingerprint(cursor, question)])
        connection.commit()


def follow(
    example: Example, feed: Feed, consumer: TransactionConsumer, copy: Copy, transactions: int
) -> Followed:
    """Applies the snapshot and that many transactions, each of them as one of the copy's."""
    question = example.sql("check")
    example.apply(copy, consumer.snapshot())
    copy.connection.commit()
    done = Followed()
    for *changes, last in consumer.transactions(transactions):
        example.apply(copy, changes)
        copy.connection.commit()
        done.transactions += 1
        done.events += len(changes)
        if check.fingerprint(copy.cursor, question) != feed.fingerprint(last):
            raise check.CopyDiffers(f"after transaction {done.transactions} of {transactions}")
    return done
