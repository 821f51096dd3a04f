"""The demo's verdict must be able to fail: over an event that is lost or came twice, and over a row
that is not the table's."""

import json
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path += [str(REPOSITORY / "test/demo"), str(REPOSITORY / "docker/generator")]

from replay import OutboxReplay, Replay, compare  # noqa: E402

TABLE = ['{"id":1,"amount":12.50,"details":{"risk":3},"at":"2026-01-01T00:00:00+00:00"}']


def change(op: str, lsn: int, amount: str, key: int = 1) -> tuple[bytes, bytes]:
    row = {"id": key, "amount": amount, "details": '{"risk": 3}', "at": "2026-01-01T00:00:00Z"}
    before, after = (row, None) if op == "d" else (None, row)
    source = {"lsn": lsn, "txId": 7, "ts_us": 1}
    event = {"op": op, "before": before, "after": after, "source": source}
    return b'{"id":%d}' % key, json.dumps(event).encode()


def told(what: str, number: int, amount: str, key: int = 1) -> tuple[bytes, bytes, dict]:
    row = json.loads(TABLE[0]) | {"id": key}
    payload = json.dumps({"type": what, "at": "2026-01-01T00:00:00+00:00", "row": row})
    value = json.dumps(payload.replace("12.5", amount))
    return b'"%d"' % key, value.encode(), {"id": b"%d" % number}


CHANGES = [
    change("c", 1, "9.00"),
    change("u", 2, "12.50"),
    change("c", 3, "1.00", 2),
    change("d", 4, "1.00", 2),
]
TOLD = [
    told("insert", 1, "9.00"),
    told("update", 2, "12.50"),
    told("insert", 3, "1.00", 2),
    told("delete", 4, "1.00", 2),
]
FEEDS = pytest.mark.parametrize(
    "kind, events", [(Replay, CHANGES), (OutboxReplay, TOLD)], ids=("table", "outbox")
)


def replayed(kind: type[Replay], events: list[tuple]) -> Replay:
    replay = kind()
    for event in events:
        replay.apply(*event)
    return replay


@FEEDS
def test_what_is_equal_is_clean(kind, events):
    replay = replayed(kind, events)
    assert (replay.events, replay.duplicates) == (4, 0)
    assert compare(TABLE, replay.rows).is_clean


@FEEDS
@pytest.mark.parametrize("lost, found", [(1, "different"), (3, "surplus")])
def test_an_event_that_is_lost_shows_in_the_rows(kind, events, lost, found):
    replay = replayed(kind, events[:lost] + events[lost + 1 :])
    assert replay.distinct_events == 3
    assert getattr(compare(TABLE, replay.rows), found)


@FEEDS
def test_a_row_that_never_came_is_missing(kind, events):
    assert compare(TABLE, replayed(kind, events[2:]).rows).missing == ['{"id":1}']


@FEEDS
def test_an_event_that_came_twice_is_counted(kind, events):
    assert replayed(kind, [*events, events[-1]]).duplicates == 1
