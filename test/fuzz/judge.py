"""What both wrote in the rounds of one pair, round by round."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Callable, Iterable

from compare.difference import first_difference
from compare.run import Capture, Pair
from topics import Record

from . import strict_json
from .deviations import without_deviations
from .kinds import Options

# Raises ValueError for bytes that are not as they should be.
Check = Callable[[bytes], object]

# Topics that the rounds of a pair share; a record's key may say whose it is.
SHARED = None


@dataclass(frozen=True)
class Finding:
    """`round` is None where the rounds share a topic."""

    round: int | None
    text: str


@dataclass(frozen=True)
class Judgement:
    events: dict[int | None, int]
    findings: list[Finding]


def judge(pair: Pair, options: Options) -> Judgement:
    prefix = pair.naming.part(pair.database.name)
    reference, ours = _by_round(pair.debezium, prefix), _by_round(pair.outflow, prefix)
    findings = [
        Finding(place[0], f"{place[1]} [{place[2]}] {difference}")
        for place in sorted(reference.keys() | ours.keys(), key=repr)
        if (difference := _difference(reference.get(place, []), ours.get(place, [])))
    ]
    for who, capture in (("debezium", reference), ("outflow", ours)):
        findings += [
            Finding(place[0], f"{place[1]}: {who} wrote what is no strict JSON: {error}")
            for place, records in capture.items()
            for error in _errors(records, *_checks(options))
        ]
    events: dict[int | None, int] = {}
    for (number, *_), records in ours.items():
        events[number] = events.get(number, 0) + len(records)
    return Judgement(events, findings)


def _difference(reference: list[Record], ours: list[Record]) -> str | None:
    return first_difference(
        list(map(without_deviations, reference)), list(map(without_deviations, ours))
    )


def _errors(records: Iterable[Record], check: Check, check_header: Check) -> Iterable[str]:
    for record in records:
        checks = [(check, record.key), (check, record.value)]
        checks += [(check_header, value) for _, value in record.headers]
        for parse, data in checks:
            try:
                parse(data if data is not None else b"null")
            except ValueError as error:
                yield f"{error}\n  {data!r}"


def _checks(options: Options) -> tuple[Check, Check]:
    """Of keys and values, and of headers: Connect's own header converter writes text that is no
    JSON."""
    check = partial(strict_json.parse, halves=any("column.truncate" in name for name in options))
    is_json = options.get("header.converter", "").endswith(".JsonConverter")
    return check, check if is_json else lambda data: data.decode()


def _by_round(capture: Capture, prefix: str) -> dict[tuple[int | None, str, int], list[Record]]:
    """Records of a place in their order: (round, topic, partition)."""
    found: dict[tuple[int | None, str, int], list[Record]] = {}
    of_table = re.compile(re.escape(prefix) + r"[.-]r(\d+)[.-]")
    for (topic, partition), records in capture.items():
        match = of_table.match(topic)
        number_of: Callable[[Record], int | None] = (
            (lambda _, number=int(match[1]): number) if match else _round_in_key
        )
        for record in records:
            found.setdefault((number_of(record), topic, partition), []).append(record)
    return found


def _round_in_key(record: Record) -> int | None:
    """The prefix of a logical message begins with its round's schema."""
    key = record.key_json if record.key else None
    match = re.match(r"r(\d+)", str(key.get("prefix"))) if isinstance(key, dict) else None
    return int(match[1]) if match else SHARED
