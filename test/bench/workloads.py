"""The loads of the benchmark: tables, what is there before the slot, and the transactions after it."""

from dataclasses import dataclass
from typing import Callable

_TX = """
create table tx(id bigint primary key, account_id uuid, amount numeric(18,4), currency text,
  status text, description text, score float8, is_settled bool,
  created_at timestamptz, updated_at timestamptz, metadata jsonb);
create unlogged table src(like tx including indexes);
insert into src select n, md5(n::text)::uuid, n * 0.1237 % 100000,
  (array['EUR','USD','GBP','JPY'])[n%4+1],
  (array['pending','settled','failed','reversed'])[n%4+1],
  format('Payment %s to merchant "%s" ref %s', n, md5((-n)::text), n::bigint*7919%1000003),
  sqrt(n), n%3 = 0, timestamptz '2024-01-01Z' + n * interval '1.234567 s',
  timestamptz '2026-01-01 00:00:00.123456Z',
  jsonb_build_object('ip', format('10.%s.%s.1', n%256, n/256%256), 'device', 'ios-' || n%17,
    'tags', jsonb_build_array('a', 'b', n%100), 'risk', round(n%10000/100.0, 2))
from generate_series(1, {rows}) n;
"""

_ACC = """
create table acc(aid int primary key, bid int, abalance int, filler char(84))
  with (fillfactor=90);
"""
_ACC_ROWS = "insert into acc select g, g%10, 3*g, repeat('x', 20) from generate_series({first}, {last}) g;"


def _committed_every(rows: int, size: int, statement: str) -> str:
    """`statement` once for each transaction of `size` rows; $first and $last are its ids."""
    statement = statement.replace("$first", f"({size}*i + 1)").replace(
        "$last", f"least({size}*i + {size}, {rows})"
    )
    last = -(-rows // size) - 1
    return f"do $$ begin for i in 0..{last} loop {statement} commit; end loop; end $$;"


def _tx_in_transactions_of(size: int) -> Callable[[int], str]:
    condition = "id = $first" if size == 1 else "id between $first and $last order by id"
    statement = f"insert into tx select * from src where {condition};"
    return lambda rows: _committed_every(rows, size, statement)


def _acc_in_transactions_of(size: int) -> Callable[[int], str]:
    statement = _ACC_ROWS.format(first="$first", last="$last")
    return lambda rows: _committed_every(rows, size, statement)


@dataclass(frozen=True)
class Workload:
    name: str
    table: str
    setup: str  # with {rows}; before the slot exists
    load: Callable[[int], str]  # SQL for a number of rows; after it
    most_rows: int = 1_000_000

    def rows(self, wanted: int) -> int:
        return min(wanted, self.most_rows)


WORKLOADS = {
    workload.name: workload
    for workload in (
        Workload("tx_100", "tx", _TX, _tx_in_transactions_of(100)),
        Workload("tx_1", "tx", _TX, _tx_in_transactions_of(1), most_rows=400_000),
        Workload("tx_bulk", "tx", _TX, lambda rows: "insert into tx select * from src order by id;"),
        Workload("acc_100", "acc", _ACC, _acc_in_transactions_of(100)),
        Workload(
            "acc_upd1",
            "acc",
            _ACC + _ACC_ROWS.format(first=1, last="{rows}"),
            lambda rows: _committed_every(
                rows,
                1,
                # Scattered, each row once: the prime is no divisor of the number of rows.
                "update acc set abalance = abalance + i % 1000"
                f" where aid = 1 + i::bigint * 7919 % {rows};",
            ),
            most_rows=400_000,
        ),
    )
}
