"""Reads one topic from its beginning, as a consumer that sees committed records only."""

import time
from typing import NamedTuple

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition


class Received(NamedTuple):
    at_us: int
    key: bytes
    value: bytes | None
    headers: dict[str, bytes]


class Reader:
    """`poll` gives a record or None; `at_end` says that no more is there.

    The receive time is when a read_committed consumer could first act on the event: the Kafka
    transaction is committed and the record has travelled here.
    """

    def __init__(self, bootstrap: str, topic: str):
        self.topic = topic
        self.partitions: set[int] = set()
        self.ended: set[int] = set()
        self.consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": "outflow-demo",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "fetch.wait.max.ms": 100,
            }
        )

    def open(self) -> bool:
        """False while the topic is not there; asks for all topics, so that asking makes none."""
        found = self.consumer.list_topics(timeout=10).topics.get(self.topic)
        if found is None or not found.partitions:
            return False
        self.partitions = set(found.partitions)
        self.consumer.assign(
            [TopicPartition(self.topic, number, OFFSET_BEGINNING) for number in self.partitions]
        )
        return True

    def poll(self, seconds: float) -> Received | None:
        message = self.consumer.poll(seconds)
        if message is None:
            return None
        if (error := message.error()) is None:
            self.ended.discard(message.partition())
            headers = dict(message.headers() or ())
            return Received(time.time_ns() // 1000, message.key(), message.value(), headers)
        if error.code() == KafkaError._PARTITION_EOF:
            self.ended.add(message.partition())
        elif error.fatal() or not error.retriable():
            raise KafkaException(error)
        return None

    @property
    def at_end(self) -> bool:
        return self.ended == self.partitions

    def close(self) -> None:
        self.consumer.close()
