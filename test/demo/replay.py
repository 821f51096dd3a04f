"""What a reader of a topic knows: the table, rebuilt event by event, and what it saw twice."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Iterable

Row = dict[str, Any]
Headers = dict[str, bytes]

_OPERATIONS = {"insert": "c", "update": "u", "delete": "d"}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Change:
    op: str
    key: str
    before: Row | None
    after: Row | None
    commit_us: int  # of an outbox event: when it was told

    def changed_columns(self) -> list[str]:
        if self.before is None or self.after is None:
            return []
        return [name for name, value in self.after.items() if self.before.get(name) != value]


@dataclass
class Replay:
    """Applies Debezium events (c, u, d, r) in the order of their partition."""

    rows: dict[str, Row] = field(default_factory=dict)
    events: int = 0
    duplicates: int = 0
    _seen: set[tuple] = field(default_factory=set)

    @property
    def distinct_events(self) -> int:
        return self.events - self.duplicates

    def apply(
        self, key: bytes | str, value: bytes | str | None, headers: Headers | None = None
    ) -> Change | None:
        """The change, or None for a tombstone."""
        if value is None:
            return None
        change, identity = self.read(key, value, headers or {})
        self.events += 1
        if identity in self._seen:
            self.duplicates += 1
        self._seen.add(identity)

        # With REPLICA IDENTITY DEFAULT an update has no image of the row before it.
        change = replace(change, before=change.before or self.rows.get(change.key))
        if change.op == "d":
            self.rows.pop(change.key, None)
        else:
            self.rows[change.key] = change.after
        return change

    @staticmethod
    def read(key: bytes | str, value: bytes | str, headers: Headers) -> tuple[Change, tuple]:
        """Two events are one seen twice when LSN, transaction, key and operation are the same."""
        event = json.loads(value)
        key_text = canonical_key(json.loads(key))
        source = event["source"]
        change = Change(event["op"], key_text, event["before"], event["after"], source["ts_us"])
        return change, (source["lsn"], source["txId"], key_text, change.op)


class OutboxReplay(Replay):
    """Applies what the triggers of sql/demo/outbox_*.sql tell. An event's identity is its id."""

    @staticmethod
    def read(key: bytes | str, value: bytes | str, headers: Headers) -> tuple[Change, tuple]:
        # Without table.expand.json.payload the payload is a JSON text in a JSON string.
        event = json.loads(json.loads(value), parse_float=Decimal)
        row = event["row"]
        key_text = canonical_key({"id": row["id"]})
        at_us = (datetime.fromisoformat(event["at"]) - EPOCH) // timedelta(microseconds=1)
        op = _OPERATIONS[event["type"]]
        before, after = (row, None) if op == "d" else (None, row)
        return Change(op, key_text, before, after, at_us), (headers["id"],)


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
    """A column as row_to_json prints it, and as Debezium does with decimal.handling.mode=string
    or an outbox payload does."""
    if stored is None or sent is None:
        return stored is sent
    if type(stored) is type(sent) and stored == sent:
        return True
    if isinstance(stored, Decimal):
        return sent == str(stored)
    if isinstance(stored, (dict, list)):
        return isinstance(sent, str) and json.loads(sent, parse_float=Decimal) == stored
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
