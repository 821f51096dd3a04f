"""A consumer that sees committed records only, and source transactions only as a whole."""

import time
from typing import Callable, Iterator

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

from .feed import Feed
from .transactions import Event

# How long a topic may take to appear, or a transaction to be complete.
PATIENCE_S = 60


class TransactionConsumer:
    def __init__(self, bootstrap: str, feed: Feed):
        self._feed = feed
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": f"copy of {feed.topics[0]}",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "allow.auto.create.topics": False,
            }
        )
        self._next_offset: dict[tuple[str, int], int] = {}
        self._before_end: set[tuple[str, int]] = set()

    def close(self) -> None:
        self._consumer.close()

    def snapshot(self) -> list[Event]:
        """The rows that were there before the connector. Its last one says so, but other topics may
        have some that were not read yet; streamed changes may come with them."""
        self._poll_until(lambda: self._feed.has_last_snapshot_row, "the snapshot's last row")
        self._read_what_is_there()
        return self._feed.snapshot

    def transactions(self, count: int) -> Iterator[list[Event]]:
        """The next `count` transactions in the order of their commits."""
        transaction: list[Event] | None = None

        def complete() -> bool:
            nonlocal transaction
            transaction = self._feed.assembly.next_transaction()
            return transaction is not None

        for _ in range(count):
            try:
                self._poll_until(complete, "a transaction")
            except TimeoutError:
                self._feed.assembly.require_empty()  # says what is lost
                raise
            yield transaction

    def require_end(self) -> None:
        """Once the connector has stopped: nothing more is in the topics, and nothing was left."""
        self._read_what_is_there()
        self._feed.assembly.require_empty()

    def _read_what_is_there(self) -> None:
        """Until each partition was at its end once: all that is committed now was read then."""
        # A partition says only once that it is at its end, unless it is assigned anew.
        self._before_end = set(self._next_offset)
        self._consumer.assign(
            [TopicPartition(*place, offset) for place, offset in self._next_offset.items()]
        )
        self._poll_until(lambda: not self._before_end, "the end of the topics")

    def _poll_until(self, reached: Callable[[], bool], awaited: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {PATIENCE_S} s for {awaited}")
            self._poll()

    def _poll(self) -> None:
        self._assign_new()
        message = self._consumer.poll(0.1)
        if message is None:
            return
        place = (message.topic(), message.partition())
        if message.error() is None:
            self._next_offset[place] = message.offset() + 1
            self._feed.take(message)
        elif message.error().code() == KafkaError._PARTITION_EOF:
            self._before_end.discard(place)
        else:
            raise KafkaException(message.error())

    def _assign_new(self) -> None:
        """Topics appear with their first record."""
        missing = set(self._feed.topics) - {topic for topic, _ in self._next_offset}
        if not missing:
            return
        known = self._consumer.list_topics(timeout=10).topics
        fresh = {
            (topic, partition)
            for topic in missing & known.keys()
            for partition in known[topic].partitions
        }
        self._next_offset |= dict.fromkeys(fresh, OFFSET_BEGINNING)
        self._consumer.incremental_assign(
            [TopicPartition(*place, OFFSET_BEGINNING) for place in fresh]
        )
