"""What the demo's consumer reads: the change events of the table, or the events of an outbox.

An outbox is told of each change of the same table by a trigger (`sql/demo/outbox_*.sql`). Then the
table itself is not captured: a consumer rebuilds it from what it was told.
"""

from dataclasses import dataclass, field

from replay import OutboxReplay, Replay
from variants import Variant


@dataclass(frozen=True)
class Feed:
    topic: str
    properties: dict[str, str] = field(default_factory=dict)
    # Whether rows from before the relay's start arrive. Events are no state: those are gone.
    has_snapshot: bool = True
    replay: type[Replay] = Replay


def feed_of(variant: Variant, outbox: str, prefix: str) -> Feed:
    if outbox == "none":
        return Feed(
            topic=f"{prefix}.public.{variant.table}",
            properties={
                "publication.autocreate.mode": "filtered",
                "table.include.list": f"public.{variant.table}",
                "decimal.handling.mode": "string",
            },
        )
    if outbox == "emit":  # needs no configuration
        properties = {"table.exclude.list": ".*"}
    else:
        properties = {
            "publication.autocreate.mode": "filtered",
            "table.include.list": "public.outbox",
            "transforms": "outbox",
            "transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter",
        }
    return Feed(
        topic="outbox.event.payment",
        properties=properties | {"snapshot.mode": "no_data"},
        has_snapshot=False,
        replay=OutboxReplay,
    )
