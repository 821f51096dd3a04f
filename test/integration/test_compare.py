"""The comparison itself must be able to fail, and must not over what nobody promised."""

import pytest

from compare.difference import first_difference
from topics import Record

STREAMED = (
    b'{"before":null,"after":{"id":%d},"source":{"version":"3.6.1.Final",'
    b'"connector":"postgresql","name":"p","ts_ms":1,"snapshot":"%s","db":"o",'
    b'"sequence":"[null,\\"%d\\"]","ts_us":1,"ts_ns":1,"schema":"public","table":"t",'
    b'"txId":%d,"lsn":%d,"xmin":null,"origin":null,"origin_lsn":null},'
    b'"transaction":null,"op":"%s","ts_ms":%d,"ts_us":%d,"ts_ns":%d}'
)


def record(value: bytes | None, key: bytes = b"{}", run: bytes = b"a") -> Record:
    return Record("t", 0, 0, key, value, (("__debezium.context.runId", run),))


def value(row=1, snapshot=b"false", lsn=5, xid=7, op=b"c", clock=9) -> bytes:
    return STREAMED % (row, snapshot, lsn, xid, lsn, op, clock, clock, clock)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(value(row=2), id="a row"),
        pytest.param(value(lsn=6), id="a position"),
        pytest.param(value(xid=8), id="a transaction id"),
        pytest.param(value(op=b"u"), id="an operation"),
        pytest.param(value() + b" ", id="a blank"),
        pytest.param(None, id="a tombstone"),
    ],
)
def test_a_streamed_record_that_differs_is_found(other):
    assert first_difference([record(value())], [record(other)])


def test_keys_headers_and_counts_are_compared():
    one = record(value())
    assert first_difference([one], [record(value(), key=b"{ }")])
    assert first_difference([one], [Record("t", 0, 0, b"{}", value(), ())])
    assert first_difference([one, one], [one])
    assert first_difference([one], [one, one])


def test_clocks_and_run_ids_may_differ():
    assert not first_difference([record(value())], [record(value(clock=10), run=b"b")])


def test_each_snapshot_has_a_position_of_its_own():
    mine = record(value(snapshot=b"first", op=b"r"))
    assert not first_difference([mine], [record(value(snapshot=b"first", op=b"r", lsn=6, xid=8))])
    assert first_difference([mine], [record(value(snapshot=b"last", op=b"r"))])
    assert first_difference([mine], [record(value(snapshot=b"first", op=b"r", row=2))])


@pytest.mark.parametrize(
    "theirs, mine, same",
    [
        (b'{"r":1.23456792E8}', b'{"r":1.2345679E8}', True),
        (b'{"d":9.999999999999999E22}', b'{"d":1.0E23}', True),
        (b'{"a":[2.0E-3,1.5]}', b'{"a":[2.0E-3,1.5]}', True),
        (b'{"d":1.2345678901}', b'{"d":1.2345678902}', False),
        (b'{"r":1.5}', b'{"r":1.6}', False),
        (b'{"r":1.5,"s":"a"}', b'{"r":1.5,"s":"b"}', False),
        (b'{"r":1.5}', b'{"r":null}', False),
    ],
)
def test_floats_of_an_old_jdk_are_compared_as_numbers(theirs, mine, same):
    one, other = record(theirs), record(mine)
    assert (first_difference([one], [other], floats_as_numbers=True) is None) == same
