"""The main job: a committed row is an event, once, also across a restart."""

import json

from relay import run
from topics import read_topics


def test_rows_from_before_and_after_the_start_arrive_once(database, new_relay):
    database.sql("create table t(id int primary key, a text)")
    database.sql("insert into t values (1, 'one'), (2, 'two'), (3, 'three')")
    relay = new_relay().start_streaming()
    database.sql("insert into t values (4, 'four')")
    database.sql("update t set a = 'vier' where id = 4")
    database.sql("delete from t where id = 1")

    records = relay.stop_after(7, "public.t")
    assert [(r.key_json["id"], r.json and r.json["op"]) for r in records] == [
        (1, "r"),
        (2, "r"),
        (3, "r"),
        (4, "c"),
        (4, "u"),
        (1, "d"),
        (1, None),
    ]
    assert records[-1].value is None, "a delete is followed by a tombstone"
    assert records[4].json["after"] == {"id": 4, "a": "vier"}


def test_snapshot_rows_say_where_in_the_snapshot_they_are(database, stack, new_relay):
    database.sql("create table a(id int primary key); create table b(id int primary key)")
    database.sql("insert into a values (1), (2), (3); insert into b values (1), (2)")
    relay = new_relay().start("--until=current")
    assert relay.wait_exit() == 0

    prefix = f"{database.name}.public"
    records = read_topics(stack.kafka.bootstrap, f"{prefix}.a", f"{prefix}.b")
    assert [r.json["source"]["snapshot"] for r in records] == [
        "first",
        "true",
        "last_in_data_collection",
        "first_in_data_collection",
        "last",
    ]


def test_no_data_streams_without_a_snapshot(database, new_relay):
    database.sql("create table t(id int primary key)")
    database.sql("insert into t values (1)")
    relay = new_relay(snapshot__mode="no_data").start_streaming()
    database.sql("insert into t values (2)")
    records = relay.stop_after(1, "public.t")
    assert [(r.json["op"], r.json["after"]["id"]) for r in records] == [("c", 2)]


def test_initial_only_ends_after_the_snapshot(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    database.sql("insert into t values (1), (2)")
    assert new_relay(snapshot__mode="initial_only").start().wait_exit() == 0
    records = read_topics(stack.kafka.bootstrap, f"{database.name}.public.t")
    assert [(r.json["op"], r.json["after"]["id"]) for r in records] == [("r", 1), ("r", 2)]


def test_always_takes_a_snapshot_at_each_start(database, new_relay):
    database.sql("create table t(id int primary key)")
    database.sql("insert into t values (1)")
    relay = new_relay(snapshot__mode="always").start_streaming()
    database.sql("insert into t values (2)")
    relay.stop_after(2, "public.t")
    relay.start_streaming()
    database.sql("insert into t values (3)")
    records = relay.stop_after(5, "public.t")
    assert [(r.json["op"], r.json["after"]["id"]) for r in records] == [
        ("r", 1),
        ("c", 2),
        ("r", 1),
        ("r", 2),
        ("c", 3),
    ]


def test_a_restart_continues_where_the_last_run_ended(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay()
    for first in (1, 101, 201):
        relay.start_streaming()
        database.sql(f"insert into t select generate_series({first}, {first + 49})")
        relay.stop_after(first + 49, "public.t")
        database.sql(f"insert into t select generate_series({first + 50}, {first + 99})")
    relay.start("--until=current")
    assert relay.wait_exit() == 0

    records = read_topics(stack.kafka.bootstrap, f"{database.name}.public.t")
    assert [r.json["after"]["id"] for r in records] == list(range(1, 301))


def test_a_server_restart_is_survived(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay().start_streaming()
    database.sql("insert into t values (1)")
    stack.postgres.restart()
    database.sql("insert into t values (2)")
    database.wait_streaming(database.slot)
    database.sql("insert into t values (3)")
    records = relay.stop_after(3, "public.t")
    assert [r.json["after"]["id"] for r in records] == [1, 2, 3]


def test_a_column_added_mid_stream_is_in_the_next_row(database, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay().start_streaming()
    database.sql(
        """
        insert into t values (1);
        alter table t add column a text;
        insert into t values (2, 'two');
        alter table t add column b int default 7;
        insert into t values (3, 'three', 8);
        update t set a = 'one' where id = 1;
        alter table t drop column a;
        insert into t(id) values (4);
        """
    )
    records = relay.stop_after(5, "public.t")
    assert [r.json["after"] for r in records] == [
        {"id": 1},
        {"id": 2, "a": "two"},
        {"id": 3, "a": "three", "b": 8},
        {"id": 1, "a": "one", "b": 7},
        {"id": 4, "b": 7},
    ]


def test_until_current_delivers_what_was_committed_and_ends(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    assert new_relay().start("--until=current").wait_exit() == 0
    database.sql("insert into t select generate_series(1, 1000)")
    assert new_relay().start("--until=current").wait_exit() == 0
    records = read_topics(stack.kafka.bootstrap, f"{database.name}.public.t")
    assert [r.json["after"]["id"] for r in records] == list(range(1, 1001))


def test_stdout_prints_json_lines_without_kafka(database, tmp_path):
    database.sql("create table t(id int primary key, a text)")
    database.sql(r"insert into t values (1, E'line\nbreak \" 😀')")
    config = database.relay_config()
    arguments = ("--sink", "stdout", "--until=current")
    first = run(tmp_path, config, *arguments)
    assert first.returncode == 0, first.stderr
    assert [line["value"]["op"] for line in map(json.loads, first.stdout.splitlines())] == ["r"]

    database.sql("update t set a = 'x'; delete from t")
    second = run(tmp_path, config, *arguments)
    assert second.returncode == 0, second.stderr
    lines = [json.loads(line) for line in second.stdout.splitlines()]
    assert [line["value"] and line["value"]["op"] for line in lines] == ["u", "d", None]
    assert all(line["topic"] == f"{database.name}.public.t" for line in lines)
    assert all(line["key"] == {"id": 1} for line in lines)
    assert "__debezium.context.connectorName" in lines[0]["headers"]


def test_table_lists_select_what_is_captured(database, new_relay):
    tables = ("public.yes", "public.no", "other.yes")
    database.sql("create schema other")
    for table in tables:
        database.sql(f"create table {table}(id int primary key); insert into {table} values (1)")
    relay = new_relay(table__include__list=r"public\.y.*,other\.no").start_streaming()
    for table in tables:
        database.sql(f"insert into {table} values (2)")
    records = relay.stop_after(2, *tables)
    assert [(r.topic.removeprefix(f"{database.name}."), r.key_json["id"]) for r in records] == [
        ("public.yes", 1),
        ("public.yes", 2),
    ]


def test_a_table_goes_to_the_topic_that_an_override_names(database, stack, new_relay):
    database.sql("create table t(id int primary key); insert into t values (1)")
    topic = f"{database.name}-elsewhere"
    relay = new_relay(outflow__topic__overrides=f"public.t:{topic}")
    assert relay.start("--until=current").wait_exit() == 0, relay.log
    database.sql("insert into t values (2)")
    assert relay.start("--until=current").wait_exit() == 0, relay.log
    records = read_topics(stack.kafka.bootstrap, topic)
    assert [record.json["after"]["id"] for record in records] == [1, 2]
