"""How a consumer learns which events one source transaction had: two ways, the writer's half of
each beside the reader's.

`TableFeed`: the connector says it. With `provide.transaction.metadata=true` each event of a table
names its transaction and its place in it, and the END record on PREFIX.transaction how many there
were.

`OutboxFeed`: the application says it, in the headers of the events it emits.

In both the writer's last act in a transaction is to publish the fingerprint of its tables.
"""

import base64
import json
from abc import ABC, abstractmethod

from confluent_kafka import Message

from .transactions import Assembly, DeliveryBroken, Event


class Feed(ABC):
    topics: list[str]
    # Connector properties that this feed needs.
    options: dict[str, str]
    # Run by the writer with the fingerprint, before it commits.
    publish_fingerprint: str

    def __init__(self) -> None:
        self.assembly = Assembly()
        self.snapshot: list[Event] = []

    @property
    def has_last_snapshot_row(self) -> bool:
        return True

    @abstractmethod
    def take(self, message: Message) -> None:
        """Any record of the topics, in the order of its partition."""

    @staticmethod
    @abstractmethod
    def fingerprint(last: Event) -> str:
        """What the writer published as the last event of a transaction."""


class TableFeed(Feed):
    """The transaction topic needs one partition: its order is the order of the commits."""

    options = {
        "schema.include.list": "public",
        "message.prefix.include.list": "fingerprint",
        "provide.transaction.metadata": "true",
        # Text that PostgreSQL reads back as the same value.
        "decimal.handling.mode": "string",
        "time.precision.mode": "isostring",
    }
    publish_fingerprint = "SELECT pg_logical_emit_message(true, 'fingerprint', %s)"

    def __init__(self, prefix: str, *tables: str):
        super().__init__()
        self._transaction_topic = f"{prefix}.transaction"
        self._snapshot_keys: set[tuple[str, bytes]] = set()
        events = [*(f"{prefix}.{table}" for table in tables), f"{prefix}.message"]
        self.topics = [self._transaction_topic, *events]

    @property
    def has_last_snapshot_row(self) -> bool:
        return any(event.value["source"]["snapshot"] == "last" for event in self.snapshot)

    def take(self, message: Message) -> None:
        if message.value() is None:
            return  # a tombstone says nothing that the delete before it did not
        value = json.loads(message.value())
        if message.topic() == self._transaction_topic:
            if value["status"] == "END":
                self.assembly.end(_transaction_number(value["id"]), value["event_count"])
        elif value["transaction"] is None:
            self._add_snapshot_row(message, value)
        else:
            block = value["transaction"]
            number = _transaction_number(block["id"])
            self.assembly.add(_event(message, value, number, block["total_order"]))

    def _add_snapshot_row(self, message: Message, value: object) -> None:
        row = (message.topic(), message.key())
        if row in self._snapshot_keys:
            raise DeliveryBroken(f"row {message.key().decode()} of {message.topic()} came twice")
        self._snapshot_keys.add(row)
        self.snapshot.append(_event(message, value, "snapshot", 0))

    @staticmethod
    def fingerprint(last: Event) -> str:
        return base64.b64decode(last.value["message"]["content"]).decode()


class OutboxFeed(Feed):
    """Events of `outflow.outbox_emit` with the headers "transaction" and "order". The fingerprint
    is an event as well, of an aggregate of its own: one key, one partition, the order of the
    commits. Its "order" is the number of the transaction's events."""

    options = {
        "table.exclude.list": ".*",  # the tables stay private
        "snapshot.mode": "no_data",
        "transforms": "outbox",
        "transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter",
        "transforms.outbox.table.expand.json.payload": "true",
    }
    publish_fingerprint = (
        "SELECT tell('checkpoint', 'all', 'taken', jsonb_build_object('fingerprint', %s))"
    )

    def __init__(self, prefix: str, *aggregate_types: str):
        super().__init__()
        self._checkpoint_topic = f"{prefix}.checkpoint"
        self.topics = [*(f"{prefix}.{name}" for name in aggregate_types), self._checkpoint_topic]
        self.options = self.options | {
            "transforms.outbox.route.topic.replacement": prefix + ".${routedByValue}"
        }

    def take(self, message: Message) -> None:
        headers = dict(message.headers())
        transaction, order = headers["transaction"].decode(), int(headers["order"])
        self.assembly.add(_event(message, json.loads(message.value()), transaction, order))
        if message.topic() == self._checkpoint_topic:
            self.assembly.end(transaction, order)

    @staticmethod
    def fingerprint(last: Event) -> str:
        return last.value["fingerprint"]


def _event(message: Message, value: object, transaction: str, order: int) -> Event:
    key = json.loads(message.key()) if message.key() else None
    place = (message.topic(), message.partition(), message.offset())
    return Event(*place, transaction, order, key, value)


def _transaction_number(identifier: str) -> str:
    """`id` is "xid:LSN", and the LSN is that of the record itself: only the xid is shared."""
    return identifier.partition(":")[0]
