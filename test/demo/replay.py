"""What a reader of a topic knows: the table, rebuilt event by event, and what it saw twice."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Iterable

Row = dict[str, Any]

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Change:
    op: str
    key: str
    before: Row | None
    after: Row | None
    commit_us: int

    def changed_columns(self) -> list[str]:
        if self.before is None or self.after is None:
            return []
        return [name for name, value in self.after.items() if self.before.get(name) != value]


@dataclass
class Replay:
    """Applies Debezium events (c, u, d, r) in the order of their partition.

    Two events are one event seen twice when LSN, transaction, key and operation are the same.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    events: int = 0
    duplicates: int = 0
    _seen: set[tuple] = field(default_factory=set)

    @property
    def distinct_events(self) -> int:
        return self.events - self.duplicates

    def apply(self, key: bytes | str, value: bytes | str | None) -> Change | None:
        """The change, or None for a tombstone."""
        if value is None:
            return None
        event = json.loads(value)
        key_text = canonical_key(json.loads(key))
        source = event["source"]
        self.events += 1
        identity = (source["lsn"], source["txId"], key_text, event["op"])
        if identity in self._seen:
            self.duplicates += 1
        self._seen.add(identity)

        # With REPLICA IDENTITY DEFAULT an update has no image of the row before it.
        before = event["before"] or self.rows.get(key_text)
        if event["op"] == "d":
            self.rows.pop(key_text, None)
        else:
            self.rows[key_text] = event["after"]
        return Change(event["op"], key_text, before, event["after"], source["ts_us"])


def canonical_key(key: Row) -> str:
    return json.dumps(key, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Comparison:
    missing: list[str]
    surplus: list[str]
    different: list[str]

    @property
    def is_clean(self) -> bool:
        return not (self.missing or self.surplus or self.different)

    def lines(self, limit: int = 10) -> Iterable[str]:
        for what, entries in (
            ("in the table only", self.missing),
            ("in the topic only", self.surplus),
            ("different", self.different),
        ):
            for entry in entries[:limit]:
                yield f"{what}: {entry}"
            if len(entries) > limit:
                yield f"{what}: {len(entries) - limit:,} more"


def compare(
    table: Iterable[str], rows: dict[str, Row], key_columns: tuple[str, ...] = ("id",)
) -> Comparison:
    """`table`: each row as row_to_json printed it; `rows`: what the events said."""
    wanted = {}
    for text in table:
        row = json.loads(text, parse_float=Decimal)
        wanted[canonical_key({name: row[name] for name in key_columns})] = row
    different = [
        f"{key} {name}: table {row[name]!r}, topic {rows[key].get(name)!r}"
        for key, row in wanted.items()
        if key in rows
        for name in row
        if name not in rows[key] or not is_same(row[name], rows[key][name])
    ]
    return Comparison(
        missing=[key for key in wanted if key not in rows],
        surplus=[key for key in rows if key not in wanted],
        different=different,
    )


def is_same(stored: Any, sent: Any) -> bool:
    """A column as row_to_json prints it, and as Debezium does with decimal.handling.mode=string."""
    if stored is None or sent is None:
        return stored is sent
    if isinstance(stored, Decimal):
        return sent == str(stored)
    if isinstance(stored, (dict, list)):
        return json.loads(sent, parse_float=Decimal) == stored
    if type(stored) is type(sent) and stored == sent:
        return True
    return isinstance(stored, str) and moment(stored) is not None and moment(stored) == moment(sent)


def moment(value: Any) -> datetime | None:
    """ISO text, or microseconds since 1970 for a timestamp without time zone."""
    if type(value) is int:
        return EPOCH + timedelta(microseconds=value)
    try:
        parsed = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)
