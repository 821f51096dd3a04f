"""Whole source transactions, put together from events that come through several topics.

The topics of a transaction are read at different times, so its events are held until the last one
is there. Only then can a consumer say that it lacks none, and has none twice.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any


class DeliveryBroken(Exception):
    """An event is lost, came twice or in another order than it was committed in."""


@dataclass(frozen=True)
class Event:
    topic: str
    partition: int
    offset: int
    transaction: str  # what all events of one source transaction have in common
    order: int  # in its transaction: 1, 2, …
    key: Any
    value: Any

    def __str__(self) -> str:
        return f"event {self.order} of transaction {self.transaction} ({self.topic})"


class Assembly:
    """Takes events as they come; gives transactions in the order in which `end` names them, which
    must be that of their commits."""

    def __init__(self) -> None:
        self._open: dict[str, dict[int, Event]] = defaultdict(dict)
        self._ended: deque[tuple[str, int]] = deque()
        self._done: dict[str, int] = {}  # how many events each had
        self._last_offset: dict[tuple[str, int], int] = {}

    def add(self, event: Event) -> None:
        if event.transaction in self._done:
            _require_place(event, self._done[event.transaction])
            raise DeliveryBroken(f"{event} came twice")
        if event.order in self._open[event.transaction]:
            raise DeliveryBroken(f"{event} came twice")
        self._open[event.transaction][event.order] = event

    def end(self, transaction: str, events: int) -> None:
        """The transaction is over and had so many events, which may still be on their way."""
        if transaction in self._done or (transaction, events) in self._ended:
            raise DeliveryBroken(f"the end of transaction {transaction} came twice")
        self._ended.append((transaction, events))

    def next_transaction(self) -> list[Event] | None:
        """The oldest transaction, its events in order; None while one of them is not there."""
        if not self._ended or len(self._open[self._ended[0][0]]) < self._ended[0][1]:
            return None
        transaction, count = self._ended.popleft()
        self._done[transaction] = count
        events = sorted(self._open.pop(transaction).values(), key=lambda event: event.order)
        for event in events:
            _require_place(event, count)
            self._require_commit_order(event)
        return events

    def _require_commit_order(self, event: Event) -> None:
        """Who reads one partition alone must see the order of the commits as well."""
        partition = (event.topic, event.partition)
        if event.offset <= self._last_offset.get(partition, -1):
            raise DeliveryBroken(f"{event} came before an event that was committed before it")
        self._last_offset[partition] = event.offset

    def require_empty(self) -> None:
        """At the end: everything that came was part of a whole transaction."""
        for transaction, count in self._ended:
            there = self._open.get(transaction, {})
            for order in range(1, count + 1):
                if order not in there:
                    raise DeliveryBroken(f"event {order} of transaction {transaction} is lost")
            raise DeliveryBroken(f"transaction {transaction} is one more than were awaited")
        for transaction, events in self._open.items():
            if events:
                raise DeliveryBroken(f"the end of transaction {transaction} is lost")


def _require_place(event: Event, count: int) -> None:
    if event.order > count:
        raise DeliveryBroken(f"{event} is one more than the {count} it had")
