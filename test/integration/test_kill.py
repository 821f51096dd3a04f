"""kill -9 at a bad moment: a read_committed consumer sees every row exactly once, in order."""

import re

import pytest

from topics import Reader, Record, read_topics

_ORDERS = re.compile(rb'"total_order":(\d+),"data_collection_order":(\d+)')


def row_id(record: Record) -> int:
    """Cheaper than parsing half a million values; the key has its schema switched off."""
    assert record.key.startswith(b'{"id":')
    return int(record.key[6:-1])


def assert_each_once(ids: list[int], count: int) -> None:
    if ids == list(range(1, count + 1)):
        return
    seen = set(ids)
    at = next((i for i, got in enumerate(ids) if got != i + 1), len(ids))
    pytest.fail(
        f"{len(ids)} records for {count} rows: {count - len(seen)} missing, "
        f"{len(ids) - len(seen)} repeated; first wrong at {at}: {ids[at : at + 5]}",
        pytrace=False,
    )


def test_small_transactions_survive_two_kills(database, stack, new_relay):
    database.sql("create table t(id int primary key, a text); create table gate()")
    relay = new_relay().start_streaming()
    # The second half begins when the gate is gone: there is always something left to be cut off.
    load = """
        do $$ begin
            for i in 1..100000 loop
                while i = 50001 and to_regclass('gate') is not null loop
                    perform pg_sleep(0.01);
                    commit;
                end loop;
                insert into t values (i, 'row ' || i);
                commit;
            end loop;
        end $$"""
    topic = f"{database.name}.public.t"
    with Reader(stack.kafka.bootstrap, topic, keep=row_id) as reader, database.running(load):
        for committed in (10_000, 60_000):
            database.wait_for(f"select count(*) >= {committed} from t", 90)
            relay.kill9()
            assert len(reader.read_to_end()) < 100_000, "the kill came too late to prove anything"
            relay.start_streaming()
            database.sql("drop table if exists gate")
        reader.read_until(lambda ids: len(ids) >= 100_000, 120)
        assert relay.stop() == 0
        assert_each_once(reader.read_to_end(), 100_000)


def test_a_split_transaction_is_resumed_where_it_was_cut(database, stack, new_relay):
    database.sql("create table t(id int primary key, a text)")
    relay = new_relay(outflow__transaction__split__rows=20000).start_streaming()
    load = "insert into t select i, 'row ' || i from generate_series(1, 500000) i"
    topic = f"{database.name}.public.t"
    with Reader(stack.kafka.bootstrap, topic, keep=row_id) as reader, database.running(load):
        for seen_before_kill in (60_000, 200_000):
            reader.read_until(lambda ids: len(ids) >= seen_before_kill, 90)
            relay.kill9()
            seen = len(reader.read_to_end())
            assert seen < 500_000, "the kill came too late to prove anything"
            relay.start()
        reader.read_until(lambda ids: len(ids) >= 500_000, 120)
        assert relay.stop() == 0
        assert_each_once(reader.read_to_end(), 500_000)


def test_transaction_metadata_of_a_split_transaction_survives_kills(database, stack, new_relay):
    """The counters go on, and BEGIN and END are there once."""

    def order(record: Record) -> int:
        total, of_table = _ORDERS.search(record.value).groups()
        assert total == of_table
        return int(total)

    rows = 500_000
    database.sql("create table t(id int primary key)")
    relay = new_relay(
        outflow__transaction__split__rows=20000, provide__transaction__metadata="true"
    ).start_streaming()
    load = f"insert into t select generate_series(1, {rows})"
    topic, transactions = f"{database.name}.public.t", f"{database.name}.transaction"
    with Reader(stack.kafka.bootstrap, topic, keep=order) as reader, database.running(load):
        for seen_before_kill in (60_000, 200_000):
            reader.read_until(lambda orders: len(orders) >= seen_before_kill, 90)
            relay.kill9()
            assert len(reader.read_to_end()) < rows, "the kill came too late to prove anything"
            relay.start()
        reader.read_until(lambda orders: len(orders) >= rows, 120)
        assert relay.stop() == 0
        assert_each_once(reader.read_to_end(), rows)
    begin, end = read_topics(stack.kafka.bootstrap, transactions)
    assert (begin.json["status"], end.json["status"]) == ("BEGIN", "END")
    assert begin.json["id"].split(":")[0] == end.json["id"].split(":")[0]
    assert end.json["event_count"] == rows
    assert end.json["data_collections"] == [{"data_collection": "public.t", "event_count": rows}]


def test_a_whole_transaction_appears_at_once_although_the_relay_was_killed_in_it(
    database, stack, new_relay
):
    database.sql("create table t(id int primary key, a text)")
    relay = new_relay().start_streaming()
    load = "insert into t select i, 'row ' || i from generate_series(1, 500000) i"
    topic = f"{database.name}.public.t"
    bootstrap = stack.kafka.bootstrap
    with Reader(bootstrap, topic, keep=row_id) as committed, database.running(load):
        with Reader(bootstrap, topic, isolation="read_uncommitted", keep=row_id) as everything:
            everything.read_until(lambda ids: len(ids) >= 100_000, 90)
            relay.kill9()
        assert committed.read_to_end() == [], "nothing of an unsplit transaction shows early"
        relay.start()
        committed.read_until(lambda ids: len(ids) >= 500_000, 180)
        assert relay.stop() == 0
        assert_each_once(committed.read_to_end(), 500_000)


def test_rows_of_several_tables_in_one_transaction_survive_a_kill(database, stack, new_relay):
    database.sql("create table a(id int primary key); create table b(id int primary key)")
    relay = new_relay().start_streaming()
    load = """
        do $$ begin
            for i in 1..20000 loop
                insert into a values (i);
                insert into b values (i);
                commit;
            end loop;
        end $$"""
    prefix, bootstrap = f"{database.name}.public", stack.kafka.bootstrap
    with (
        Reader(bootstrap, f"{prefix}.a", keep=row_id) as a,
        Reader(bootstrap, f"{prefix}.b", keep=row_id) as b,
        database.running(load),
    ):
        database.wait_for("select count(*) >= 5000 from a", 60)
        relay.kill9()
        assert a.read_to_end() == b.read_to_end(), "a transaction is there in both or in neither"
        relay.start_streaming()
        a.read_until(lambda ids: len(ids) >= 20_000, 60)
        assert relay.stop() == 0
        assert_each_once(a.read_to_end(), 20_000)
        assert_each_once(b.read_to_end(), 20_000)


def test_a_snapshot_that_was_cut_off_starts_again_as_a_whole(database, stack, new_relay):
    database.sql("create table t(id int primary key, a text)")
    database.sql("insert into t select i, 'row ' || i from generate_series(1, 300000) i")
    relay = new_relay().start()
    topic, bootstrap = f"{database.name}.public.t", stack.kafka.bootstrap
    with Reader(bootstrap, topic, isolation="read_uncommitted", keep=row_id) as everything:
        everything.read_until(lambda ids: len(ids) >= 1, 60)
        relay.kill9()
    with Reader(bootstrap, topic, keep=row_id) as committed:
        repeated = len(committed.read_to_end())
        assert repeated < 300_000, "the kill came too late to prove anything"
        relay.start_streaming()
        database.sql("insert into t values (300001)")
        committed.read_until(lambda ids: ids[-1:] == [300_001], 60)
        assert relay.stop() == 0
        assert_each_once(committed.read_to_end()[repeated:], 300_001)


def test_rows_committed_while_the_broker_is_away_arrive_once(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay().start_streaming()
    load = """
        do $$ begin
            for i in 1..20000 loop
                insert into t values (i);
                commit;
            end loop;
        end $$"""
    topic = f"{database.name}.public.t"
    with Reader(stack.kafka.bootstrap, topic, keep=row_id) as reader, database.running(load):
        reader.read_until(lambda ids: len(ids) >= 2_000, 60)
        stack.kafka.stop()
        stack.kafka.start()
        reader.read_until(lambda ids: len(ids) >= 20_000, 120)
        assert relay.stop() == 0
        assert_each_once(reader.read_to_end(), 20_000)
