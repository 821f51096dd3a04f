"""Logistics: every scan of a shipment becomes an event, without a table that would hold it.

The carrier's table stays private. A scan changes it and calls `outflow.outbox_emit` in the same
transaction (`source.sql`): the customers' copy has each scan once, in the order of its shipment,
and none of those that were taken back.
"""

from random import Random

from ..example import Example
from ..feed import Feed, OutboxFeed
from ..materialised import Copy
from ..transactions import Event

SHIPMENTS = 40
PLACES = ("Hamburg", "Lyon", "Łódź", "Gate 7")
STATUSES = ("picked up", "in transit", "customs", "out for delivery", "delivered")


class Shipments(Example):
    def feed(self, prefix: str) -> Feed:
        return OutboxFeed(prefix, "shipment")

    def change(self, cursor, random: Random) -> None:
        """A lorry is unloaded; a scan of the wrong label is taken back."""
        for _ in range(random.randint(1, 5)):
            self.scan(cursor, random)
        if random.random() < 0.2:
            cursor.execute("SAVEPOINT wrong_label")
            self.scan(cursor, random)
            cursor.execute("ROLLBACK TO wrong_label")
            self.scan(cursor, random)

    def scan(self, cursor, random: Random) -> None:
        shipment = f"{random.randrange(SHIPMENTS):05}"
        cursor.execute(
            "SELECT scan(%s, %s, %s)", [shipment, random.choice(STATUSES), random.choice(PLACES)]
        )

    def apply(self, copy: Copy, events: list[Event]) -> None:
        for event in events:
            key = {"shipment": event.key, "scan": event.value["scan"]}
            copy.put("scans", key, key | event.value)


EXAMPLE = Shipments()
