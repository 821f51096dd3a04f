"""Snapshots: modes across restarts, what is refused before anything is made, workers, progress."""

import pytest

from database import Database
from relay import Relay, run
from stack import Stack
from topics import Reader, Record, delete_topic, read_topics


def ops(records: list[Record]) -> list[tuple[str, int]]:
    return [(r.json["op"], r.json["after"]["id"]) for r in records]


def markers(records: list[Record]) -> list[str]:
    return [record.json["source"]["snapshot"] for record in records]


def snapshot_of(database: Database, stack: Stack, relay: Relay, *tables: str) -> list[Record]:
    """What a relay has written that was told to end with what exists now."""
    relay.start("--until=current")
    assert relay.wait_exit() == 0, relay.log
    names = [f"{database.name}.public.{table}" for table in tables]
    return read_topics(stack.kafka.bootstrap, *names)


# -- modes


def once_streamed(database: Database, new_relay, **changes: object) -> Relay:
    database.sql("create table t(id int primary key); insert into t values (1)")
    relay = new_relay(**changes).start_streaming()
    database.sql("insert into t values (2)")
    relay.stop_after(2, "public.t")
    return relay


@pytest.mark.parametrize(
    "change", [{"snapshot__mode": "when_needed"}, {"outflow__on__gap": "resnapshot"}]
)
def test_a_dropped_slot_is_replaced_by_a_new_snapshot(database, new_relay, change):
    relay = once_streamed(database, new_relay, **change)
    database.sql(f"select pg_drop_replication_slot('{database.slot}')")
    database.sql("insert into t values (3)")
    relay.start_streaming()
    assert "OUT-4104" in relay.log, "the gap is named"
    database.sql("insert into t values (4)")
    records = relay.stop_after(6, "public.t")
    assert ops(records) == [("r", 1), ("c", 2), ("r", 1), ("r", 2), ("r", 3), ("c", 4)]


def test_when_needed_replaces_a_slot_that_somebody_advanced(database, new_relay):
    relay = once_streamed(database, new_relay, snapshot__mode="when_needed")
    database.sql("insert into t values (3)")
    database.sql(f"select pg_replication_slot_advance('{database.slot}', pg_current_wal_lsn())")
    relay.start_streaming()
    assert "OUT-4107" in relay.log
    records = relay.stop_after(5, "public.t")
    assert ops(records) == [("r", 1), ("c", 2), ("r", 1), ("r", 2), ("r", 3)]


def test_when_needed_replaces_a_slot_whose_position_is_lost(database, stack, new_relay):
    relay = once_streamed(database, new_relay, snapshot__mode="when_needed")
    delete_topic(stack.kafka.bootstrap, f"__outflow-position.{database.name}")
    relay.start_streaming()
    assert "OUT-4110" in relay.log
    records = relay.stop_after(4, "public.t")
    assert ops(records) == [("r", 1), ("c", 2), ("r", 1), ("r", 2)]


def test_when_needed_continues_where_it_can(database, new_relay):
    relay = once_streamed(database, new_relay, snapshot__mode="when_needed")
    database.sql("insert into t values (3)")
    relay.start_streaming()
    assert ops(relay.stop_after(3, "public.t")) == [("r", 1), ("c", 2), ("c", 3)]


def test_a_snapshot_that_was_killed_is_not_left_half_done_by_a_mode_without_one(
    database, stack, new_relay
):
    database.sql("create table t(id int primary key, a text)")
    database.sql("insert into t select i, repeat('x', 100) from generate_series(1, 200000) i")
    relay = new_relay().start()
    topic = f"{database.name}.public.t"
    with Reader(stack.kafka.bootstrap, topic, keep=lambda _: None) as reader:
        reader.read_until(lambda rows: len(rows) >= 1000, 60)
        relay.kill9()
        assert len(reader.read_to_end()) < 200_000, "the kill came too late to prove anything"
    relay.config["snapshot.mode"] = "no_data"
    relay.start()
    assert relay.wait_exit() == 4, relay.log
    assert "OUT-4113" in relay.log


def test_a_mode_that_recovers_is_refused_without_a_position(database, stack, tmp_path):
    prefix = "snapshot.mode.configuration.based."
    config = database.relay_config(stack.kafka.bootstrap, snapshot__mode="configuration_based")
    config |= {prefix + "start.stream": "true", prefix + "snapshot.on.schema.error": "true"}
    ended = run(tmp_path, config)
    assert ended.returncode == 4, ended.stderr
    assert "OUT-4114" in ended.stderr


def test_rows_without_a_stream_are_read_at_each_start(database, stack, new_relay):
    database.sql("create table t(id int primary key); insert into t values (1)")
    prefix = "snapshot.mode.configuration.based."
    relay = new_relay(snapshot__mode="configuration_based")
    relay.config[prefix + "snapshot.data"] = "true"
    for _ in range(2):
        relay.start()
        assert relay.wait_exit() == 0, relay.log
    records = read_topics(stack.kafka.bootstrap, f"{database.name}.public.t")
    assert ops(records) == [("r", 1), ("r", 1)]
    assert database.sql("select count(*) from pg_replication_slots") == "0"


# -- what only a person can change is refused before a slot is made


@pytest.fixture
def plain_role(database):
    """A role that may replicate and read; not the owner of anything."""
    role = f"{database.name}_plain"[-60:]
    database.sql(
        f"""
        create role {role} login replication;
        create extension outflow;
        create table t(id int primary key, owner text);
        insert into t values (1, '{role}'), (2, 'somebody');
        grant usage on schema outflow to {role};
        grant execute on all functions in schema outflow to {role};
        create publication dbz_publication for all tables;
        """
    )
    yield role
    database.sql(f"drop owned by {role}; drop role {role}")


def test_row_security_that_would_hide_rows_is_refused(database, stack, new_relay, plain_role):
    database.sql(
        f"""
        grant select on t to {plain_role};
        alter table t enable row level security;
        create policy own on t using (owner = current_user);
        """
    )
    relay = new_relay(database__user=plain_role)
    relay.start()
    assert relay.wait_exit() == 2, relay.log
    assert "OUT-2121" in relay.log and "BYPASSRLS" in relay.log
    assert database.sql("select count(*) from pg_replication_slots") == "0"

    database.sql(f"alter role {plain_role} bypassrls")
    assert ops(snapshot_of(database, stack, relay, "t")) == [("r", 1), ("r", 2)]


def test_row_security_behind_an_override_is_refused_too(database, new_relay, plain_role):
    database.sql(
        f"""
        grant select on t to {plain_role};
        alter table t enable row level security;
        create policy own on t using (owner = current_user);
        """
    )
    relay = new_relay(
        database__user=plain_role,
        snapshot__select__statement__overrides="public.t",
        snapshot__select__statement__overrides__public__t="select * from public.t",
    )
    relay.start()
    assert relay.wait_exit() == 2, relay.log
    assert "OUT-2121" in relay.log


def test_a_table_that_the_role_may_not_read_is_named_with_the_grants(
    database, new_relay, plain_role
):
    relay = new_relay(database__user=plain_role)
    relay.start()
    assert relay.wait_exit() == 2, relay.log
    assert "OUT-2105" in relay.log and "GRANT SELECT" in relay.log
    assert database.sql("select count(*) from pg_replication_slots") == "0"


@pytest.mark.parametrize(
    "select, words",
    [
        ("select id, 1 as extra from public.t", "extra"),
        ("select id, id from public.t", "twice"),
        ("select 'x'::bytea as id from public.t", "bytea"),
        ("select id frm public.t", "syntax"),
        ("delete from public.t", "syntax"),
    ],
)
def test_an_override_that_does_not_fit_its_table_is_refused(database, new_relay, select, words):
    database.sql("create table t(id int primary key); insert into t values (1)")
    relay = new_relay(
        snapshot__select__statement__overrides="public.t",
        snapshot__select__statement__overrides__public__t=select,
    )
    relay.start()
    assert relay.wait_exit() == 2, relay.log
    assert "OUT-2122" in relay.log and words in relay.log
    assert database.sql("select count(*) from t") == "1"


def test_a_pattern_that_is_none_is_refused_under_its_own_name(database, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay(snapshot__include__collection__list="public.(t")
    relay.start()
    assert relay.wait_exit() == 2, relay.log
    assert "OUT-1103" in relay.log and "snapshot.include.collection.list" in relay.log


def test_a_lock_that_is_not_to_be_had_ends_the_snapshot(database, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay(
        snapshot__locking__mode="shared",
        snapshot__lock__timeout__ms=100,
        snapshot__delay__ms=3000,  # the slot is there, and the tables are not locked yet
    ).start()
    relay.wait_for_log("snapshot.delay.ms")
    with database.held("lock table t in access exclusive mode"):
        assert relay.wait_exit() == 1, relay.log
    assert "OUT-2120" in relay.log and "snapshot.lock.timeout.ms" in relay.log


# -- workers, progress


def test_several_workers_copy_each_row_once_and_keep_each_tables_order(database, stack, new_relay):
    tables = [f"t{number}" for number in range(6)]
    for number, table in enumerate(tables):
        database.sql(
            f"create table {table}(id int, a text); insert into {table}"
            f" select i, repeat('x', 50) from generate_series(1, {number} * 7000) i"
        )
    relay = new_relay(snapshot__max__threads=3)
    records = snapshot_of(database, stack, relay, *tables)
    assert "3 workers" in relay.log
    for number, table in enumerate(tables):
        mine = [r for r in records if r.topic.endswith(f".{table}")]
        assert [r.json["after"]["id"] for r in mine] == list(range(1, number * 7000 + 1))
        if mine:
            last = "last" if table == tables[-1] else "last_in_data_collection"
            assert markers(mine)[0] == "first_in_data_collection", "the first table is empty"
            assert set(markers(mine)[1:-1]) == {"true"}
            assert markers(mine)[-1] == last
    assert len({r.json["source"]["txId"] for r in records}) == 1
    assert len({r.json["source"]["ts_us"] for r in records}) == 1


def test_workers_that_were_killed_start_again_as_a_whole(database, stack, new_relay):
    for table in ("a", "b", "c"):
        database.sql(f"create table {table}(id int primary key, a text)")
        database.sql(f"insert into {table} select i, 'row ' || i from generate_series(1, 60000) i")
    relay = new_relay(snapshot__max__threads=3).start()
    names = [f"{database.name}.public.{table}" for table in "abc"]
    bootstrap = stack.kafka.bootstrap
    with Reader(bootstrap, *names, isolation="read_uncommitted", keep=lambda _: None) as reader:
        reader.read_until(lambda rows: len(rows) >= 30_000, 60)
        relay.kill9()
    with Reader(bootstrap, *names, keep=lambda r: (r.topic, r.key_json["id"])) as reader:
        repeated = len(reader.read_to_end())
        assert repeated < 180_000, "the kill came too late to prove anything"
        relay.start_streaming()
        reader.read_until(lambda rows: len(rows) >= repeated + 180_000, 60)
        assert relay.stop() == 0
        again = reader.read_to_end()[repeated:]
    for name in names:
        assert [key for topic, key in again if topic == name] == list(range(1, 60_001))


def test_workers_see_the_rows_of_one_moment(database, stack, new_relay):
    """Money moves between two tables all the time: the sum stays, if both are seen at once."""
    database.sql(
        """
        create table a(id int primary key, n int); create table b(id int primary key, n int);
        insert into a select i, 1 from generate_series(1, 3000) i;
        insert into b select i, 0 from generate_series(1, 3000) i;
        """
    )
    move = """
        do $$ begin
            for i in 1..3000 loop
                update a set n = 0 where id = i;
                update b set n = 1 where id = i;
                commit;
            end loop;
        end $$"""
    relay = new_relay(snapshot__max__threads=2)
    with database.running(move):
        database.wait_for("select sum(n) > 100 from b")
        relay.start_streaming()
    names = [f"{database.name}.public.{table}" for table in "ab"]
    assert relay.stop() == 0
    records = [r for r in read_topics(stack.kafka.bootstrap, *names) if r.json["op"] == "r"]
    assert len(records) == 6000
    assert sum(r.json["after"]["n"] for r in records) == 3000


def test_progress_is_told_by_table_and_in_total(database, stack, new_relay):
    database.sql("create table a(id int primary key); create table b(id int primary key)")
    database.sql("insert into a select generate_series(1, 20); analyze a; analyze b")
    relay = new_relay()
    snapshot_of(database, stack, relay, "a", "b")
    assert "snapshot: 2 tables" in relay.log
    assert "public.a: 20 rows (1 of 2 tables)" in relay.log
    assert "public.b: 0 rows (2 of 2 tables)" in relay.log
    assert "snapshot read: 20 rows of 2 tables" in relay.log


def test_a_snapshot_of_nothing_says_so(database, stack, new_relay):
    database.sql("create table a(id int primary key)")
    relay = new_relay()
    relay.start("--until=current")
    assert relay.wait_exit() == 0
    assert "snapshot read: nothing: the table is empty" in relay.log


def test_tables_beside_the_snapshot_list_are_only_streamed(database, new_relay):
    database.sql("create table a(id int primary key); create table b(id int primary key)")
    database.sql("insert into a values (1); insert into b values (1)")
    relay = new_relay(snapshot__include__collection__list="public[.]a").start_streaming()
    database.sql("insert into a values (2); insert into b values (2)")
    records = relay.stop_after(3, "public.a", "public.b")
    assert ops(records) == [("r", 1), ("c", 2), ("c", 2)]
