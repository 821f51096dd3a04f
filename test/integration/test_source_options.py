"""Properties about the server's side: connections, the slot, and how many tables there may be."""

import pytest

from relay import run


def slot_of(database, column: str = "slot_name") -> str:
    """Empty when there is none."""
    slots = f"pg_replication_slots where slot_name = '{database.slot}'"
    return database.sql(f"select {column} from {slots}")


def test_initial_statements_run_on_the_connections_of_the_snapshot(database, new_relay):
    database.sql("create table t(id int primary key); insert into t values (1)")
    database.sql("create table seen(statement text)")
    relay = new_relay(
        database__initial__statements=(
            "set search_path = public; set DateStyle = 'German';"
            "insert into seen values ('one;;two')"
        ),
        table__include__list="public.t",
    ).start_streaming()
    database.wait_for("select bool_and(statement = 'one;two') from seen")
    records = relay.stop_after(1, "public.t")
    assert records[0].json["op"] == "r"


def test_failing_initial_statements_end_the_start(database, stack, tmp_path):
    config = database.relay_config(
        stack.kafka.bootstrap, database__initial__statements="set nonsense = 1"
    )
    ended = run(tmp_path, config)
    assert ended.returncode == 1
    assert "database.initial.statements failed" in ended.stderr
    assert "unrecognized configuration parameter" in ended.stderr


def test_the_slot_is_dropped_on_stop_and_the_gap_is_told(database, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay(slot__drop__on__stop="true").start_streaming()
    database.sql("insert into t values (1)")
    relay.stop_after(1, "public.t")
    assert slot_of(database) == "", relay.log
    relay.start()
    assert relay.wait_exit() == 4, relay.log
    assert "OUT-4104" in relay.log


def test_the_slot_is_dropped_after_a_run_that_ends_by_itself(database, new_relay):
    database.sql("create table t(id int primary key); insert into t values (1)")
    relay = new_relay(slot__drop__on__stop="true").start("--until=current")
    assert relay.wait_exit() == 0, relay.log
    assert slot_of(database) == "", relay.log


def test_an_old_server_has_no_failover_slots(database, new_relay):
    if int(database.sql("show server_version_num")) >= 170000:
        pytest.skip("this server has them")
    database.sql("create table t(id int primary key)")
    relay = new_relay(slot__failover="true").start_streaming()
    assert "slot.failover" in relay.log
    assert relay.stop() == 0


def test_a_new_slot_is_a_failover_slot(database, new_relay):
    if int(database.sql("show server_version_num")) < 170000:
        pytest.skip("PostgreSQL 17 and newer")
    database.sql("create table t(id int primary key)")
    relay = new_relay(slot__failover="true").start_streaming()
    assert slot_of(database, "failover") == "t"
    database.sql("insert into t values (1)")
    relay.stop_after(1, "public.t")


def test_more_tables_than_the_guardrail_allows(database, stack, new_relay, tmp_path):
    database.sql("create table a(id int primary key); create table b(id int primary key)")
    relay = new_relay(guardrail__collections__max=1).start_streaming()
    assert "OUT-1116" in relay.log
    assert relay.stop() == 0
    config = relay.config | {"guardrail.collections.limit.action": "fail"}
    ended = run(tmp_path, config)
    assert ended.returncode == 2
    assert "OUT-1116" in ended.stderr and "guardrail.collections.max" in ended.stderr
