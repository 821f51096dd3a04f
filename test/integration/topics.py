"""Reading topics as a consumer does: committed records, to the end."""

import itertools
import json
import time
from dataclasses import dataclass, replace
from typing import Any, Callable

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient

from stack.deadline import PATIENCE, wait_until

_group_numbers = itertools.count()


@dataclass(frozen=True)
class Record:
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp_ms: int = 0

    @property
    def json(self) -> Any:
        """The value; the payload when it carries its schema."""
        parsed = None if self.value is None else json.loads(self.value)
        return parsed["payload"] if parsed and "payload" in parsed else parsed

    def routed(self, prefix: str) -> "Record":
        """Without a router's prefix of the topic."""
        return replace(self, topic=self.topic.removeprefix(prefix))

    @property
    def key_json(self) -> Any:
        parsed = None if self.key is None else json.loads(self.key)
        return parsed["payload"] if parsed and "payload" in parsed else parsed


def topic_names(bootstrap: str, prefix: str = "") -> list[str]:
    names = AdminClient({"bootstrap.servers": bootstrap}).list_topics(timeout=10).topics
    return sorted(name for name in names if name.startswith(prefix))


def delete_topic(bootstrap: str, topic: str) -> None:
    """Returns when the broker has forgotten it, which is later than its answer."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.delete_topics([topic])[topic].result(30)
    wait_until(lambda: topic not in topic_names(bootstrap), 30, f"{topic} to be gone")


class Reader:
    """Follows some topics from their beginning, one after the other partition in order.

    `records` grows with each call of poll(); nothing is read twice. With `keep` a record is
    reduced to what the test needs, so that a million of them stay small.
    """

    def __init__(
        self,
        bootstrap: str,
        *topics: str,
        isolation: str = "read_committed",
        keep: Callable[[Record], Any] = lambda record: record,
    ):
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": f"reader-{next(_group_numbers)}",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "isolation.level": isolation,
                "allow.auto.create.topics": False,
                "log_level": 2,
            }
        )
        self._topics = topics
        self._keep = keep
        self._next: dict[tuple[str, int], int] = {}
        self._at_end: set[tuple[str, int]] = set()
        self.records: list[Any] = []

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close()

    def poll(self, seconds: float = 0.2) -> int:
        """Reads what is there; how many records came."""
        if len({topic for topic, _ in self._next}) < len(self._topics):
            self._assign_new()
        if not self._next:
            time.sleep(0.05)
            return 0
        before = len(self.records)
        for message in self._consumer.consume(5000, seconds):
            place = (message.topic(), message.partition())
            if message.error():
                if message.error().code() != KafkaError._PARTITION_EOF:
                    raise KafkaException(message.error())
                self._at_end.add(place)
                continue
            self._next[place] = message.offset() + 1
            self.records.append(
                self._keep(
                    Record(
                        *place,
                        message.offset(),
                        message.key(),
                        message.value(),
                        tuple(message.headers() or ()),
                        message.timestamp()[1],
                    )
                )
            )
        return len(self.records) - before

    def read_until(
        self, enough: Callable[[list[Any]], bool], seconds: float, what: str = "records"
    ) -> list[Any]:
        deadline = time.monotonic() + seconds * PATIENCE
        while not enough(self.records):
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"waited {seconds:g} s for {what} in {', '.join(self._topics)}; "
                    f"{len(self.records)} came, the last: {self.records[-1:]}"
                )
            self.poll()
        return self.records

    def read_to_end(self, seconds: float = 30) -> list[Any]:
        """Until every partition has said once that no committed record follows: somebody may write
        all the while."""
        self._assign_new()
        # A partition says only once that it is at its end, unless it is assigned anew.
        self._at_end.clear()
        self._consumer.assign(
            [TopicPartition(*place, offset) for place, offset in self._next.items()]
        )
        deadline = time.monotonic() + seconds * PATIENCE
        while self._at_end < self._next.keys():
            if time.monotonic() > deadline:
                raise TimeoutError(f"no end of {self._next.keys() - self._at_end} in {seconds:g} s")
            self.poll()
        return self.records

    def _assign_new(self) -> None:
        known = self._consumer.list_topics(timeout=10).topics
        found = {
            (topic, partition)
            for topic in self._topics
            if topic in known
            for partition in known[topic].partitions
        }
        if fresh := found - self._next.keys():
            self._consumer.incremental_assign(
                [TopicPartition(*place, OFFSET_BEGINNING) for place in fresh]
            )
            self._next |= dict.fromkeys(fresh, OFFSET_BEGINNING)


def by_place(records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: (record.topic, record.partition, record.offset))


def read_topics(bootstrap: str, *topics: str, seconds: float = 30) -> list[Record]:
    """All committed records, by topic, partition and offset."""
    with Reader(bootstrap, *topics) as reader:
        return by_place(reader.read_to_end(seconds))
