"""The first difference between two lists of records, for a person to read."""

import time

from topics import Record

from .floats import same_but_for_float_text
from .masks import mask_headers, mask_value

_BEFORE, _AFTER = 60, 80


def first_difference(
    reference: list[Record], ours: list[Record], *, floats_as_numbers: bool = False
) -> str | None:
    """Both lists in the order of one topic partition; None when they agree."""
    for number, (expected, actual) in enumerate(zip(reference, ours)):
        parts = (
            ("key", expected.key, actual.key),
            ("headers", mask_headers(expected.headers), mask_headers(actual.headers)),
            ("value", mask_value(expected.value), mask_value(actual.value)),
            ("timestamp", given_time(expected), given_time(actual)),
        )
        for part, theirs, mine in parts:
            if theirs != mine and not (floats_as_numbers and _same_numbers(theirs, mine)):
                return f"record {number}, {part}: " + describe(theirs, mine)
    if len(reference) != len(ours):
        longer, who = max((reference, "debezium"), (ours, "outflow"), key=lambda side: len(side[0]))
        extra = longer[min(len(reference), len(ours))]
        return (
            f"debezium has {len(reference)} records, outflow {len(ours)}; first one only in {who}:"
            f"\n  key   {_shown(extra.key)}\n  value {_shown(extra.value)}"
        )
    return None


def given_time(record: Record) -> int | None:
    """The record's timestamp when a row gave it; else it is the time of sending."""
    age_s = time.time() - record.timestamp_ms / 1000
    return record.timestamp_ms if age_s > 86_400 else None


def _same_numbers(theirs: object, mine: object) -> bool:
    both_bytes = isinstance(theirs, bytes) and isinstance(mine, bytes)
    return both_bytes and same_but_for_float_text(theirs, mine)


def describe(theirs: object, mine: object) -> str:
    if not isinstance(theirs, bytes) or not isinstance(mine, bytes):
        return f"\n  debezium {_shown(theirs)}\n  outflow  {_shown(mine)}"
    offset = next(
        (i for i, (a, b) in enumerate(zip(theirs, mine)) if a != b), min(len(theirs), len(mine))
    )
    start = max(0, offset - _BEFORE)
    caret = len(_text(theirs[start:offset]))
    return (
        f"first difference at byte {offset}"
        f"\n  debezium {_text(theirs[start : offset + _AFTER])}"
        f"\n  outflow  {_text(mine[start : offset + _AFTER])}"
        f"\n           {' ' * caret}^"
    )


def _text(part: bytes) -> str:
    return part.decode("utf-8", "backslashreplace")


def _shown(part: object) -> str:
    return _text(part) if isinstance(part, bytes) else repr(part)
