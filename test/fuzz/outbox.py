"""A random outbox table, for the groups whose transform is the EventRouter."""

import json
from random import Random
from typing import Any, Callable

from .changes import Statements
from .kinds import Options
from .transforms import OUTBOX_TABLE, is_expanded
from .values import quoted, word

_IDS = ("uuid", "bigint", "text")
_KEYS = ("varchar(255)", "text", "integer", "bigint", "uuid", "numeric(9)")
_PAYLOADS = ("jsonb", "json", "text", "varchar", "bytea")
_EXTRA = ("note text default 'none'", "version int not null default 1")
_NAMES = ("a", "b", "id", "näme x", "deep", "😀", "it's")
_SCALARS: tuple[Callable[[Random], Any], ...] = (
    word,
    lambda _: None,
    lambda random: random.random() < 0.5,
    lambda random: random.randint(-9, 2**31 - 1),
    lambda random: random.choice((2**31, -(2**63), 2**63 - 1)),
    lambda random: random.choice((1.5, -1e-7, -0.0, 100.0)),
)


class Outbox:
    def __init__(self, round_name: str, random: Random, options: Options):
        self._stem = round_name
        self._random = random
        self._is_expanded = is_expanded(options)
        self._id_type = random.choice(_IDS)
        self._key_type = random.choice(_KEYS)
        self._payload_type = random.choice(_PAYLOADS)
        self._extra = _EXTRA[: random.randint(0, len(_EXTRA))]
        self._next_id = 0

    def create(self) -> Statements:
        columns = [
            f"id {self._id_type} primary key",
            "aggregatetype text not null",
            f"aggregateid {self._key_type}",
            "type varchar(255)",
            f"payload {self._payload_type}",
            *self._extra,
        ]
        return [f"create table {OUTBOX_TABLE} ({', '.join(columns)})", *self.insert()]

    def transaction(self) -> Statements:
        first, second = self.insert(), self.insert()
        return self._random.choice(
            (
                first,
                first + second,
                ["begin", *first, *second, f"delete from {OUTBOX_TABLE}", "commit"],
                ["begin", *first, "savepoint s", *second, "rollback to s", "commit"],
                ["begin", *first, "rollback"],
                [f"update {OUTBOX_TABLE} set type = 'changed'", *first],
                [f"delete from {OUTBOX_TABLE}"],
            )
        )

    def insert(self) -> Statements:
        rows = ", ".join(self._row() for _ in range(self._random.choice((1, 1, 2, 5))))
        names = "id, aggregatetype, aggregateid, type, payload"
        return [f"insert into {OUTBOX_TABLE} ({names}) values {rows}"]

    def _row(self) -> str:
        """The value that makes the topic begins with the round's name."""
        self._next_id += 1
        topic = self._stem + self._random.choice((".order", ".customer", ".two.parts"))
        parts = (
            _number_as(self._id_type, self._next_id),
            quoted(topic),
            self._key(),
            self._random.choice(("'created'", quoted(word(self._random)), "null")),
            self._payload(),
        )
        return f"({', '.join(parts)})"

    def _key(self) -> str:
        if self._key_type in ("varchar(255)", "text") and self._random.random() < 0.4:
            return quoted(word(self._random))
        if self._random.random() < 0.1:
            return "null"
        return _number_as(self._key_type, self._random.randint(0, 3))

    def _payload(self) -> str:
        if self._random.random() < 0.15:
            return "null"
        if self._payload_type == "bytea":
            return quoted("\\x" + self._random.randbytes(self._random.randint(0, 9)).hex())
        if self._payload_type in ("text", "varchar") and self._random.random() < 0.4:
            return quoted(word(self._random).removeprefix("[" if self._is_expanded else ""))
        # An array that is expanded stops the reference.
        document = self._object(2) if self._is_expanded else self._document(3)
        return quoted(json.dumps(document, ensure_ascii=self._random.random() < 0.3))

    def _document(self, depth: int) -> Any:
        random = self._random
        kinds = (self._scalar, self._list, self._object) if depth else (self._scalar,)
        kind = random.choice(kinds)
        return kind() if kind == self._scalar else kind(depth - 1)

    def _scalar(self) -> Any:
        return self._random.choice(_SCALARS)(self._random)

    def _object(self, depth: int) -> dict[str, Any]:
        names = self._random.sample(_NAMES, self._random.randint(0, 4))
        return {name: self._document(depth) for name in names}

    def _list(self, depth: int) -> list[Any]:
        """Objects of one list have the same members in one order: the reference merges others in
        the order of a hash set, another one in each run. A member is of one type: what does not
        fit the merged schema stops the reference."""
        random = self._random
        count = random.randint(0, 3)
        if random.random() < 0.3:
            members = {name: random.choice(_SCALARS) for name in random.sample(_NAMES, 2)}
            return [{name: make(random) for name, make in members.items()} for _ in range(count)]
        if random.random() < 0.3:
            return [self._scalar() for _ in range(count)]
        one = self._document(depth)
        return [one] * count


def _number_as(kind: str, number: int) -> str:
    return quoted(f"{number:032x}" if kind == "uuid" else str(number))
