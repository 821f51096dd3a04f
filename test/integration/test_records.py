"""What a consumer relies on in each record: partition, key, schema, headers."""

import json

import pytest

from murmur2 import murmur2, partition_of


def test_murmur2_agrees_with_the_vectors_of_kafkas_own_test():
    signed = {b"21": -973932308, b"foobar": -790332482, b"a-little-bit-long-string": -985981536}
    assert {key: murmur2(key) for key in signed} == {k: v % 2**32 for k, v in signed.items()}


def test_a_key_goes_to_the_partition_that_java_would_choose(database, new_relay):
    database.sql("create table t(id text primary key)")
    database.sql("insert into t select 'before ' || i from generate_series(1, 50) i")
    relay = new_relay(
        topic__creation__default__partitions=3, topic__creation__default__replication__factor=1
    ).start_streaming()
    database.sql("insert into t select 'after ' || i from generate_series(1, 50) i")
    records = relay.stop_after(100, "public.t")
    assert len(records) == 100
    assert {r.partition for r in records} == {0, 1, 2}
    assert [r.partition for r in records] == [partition_of(r.key, 3) for r in records]


@pytest.mark.parametrize("key_schema", ["true", "false"])
@pytest.mark.parametrize("value_schema", ["true", "false"])
def test_schemas_are_switched_for_key_and_value_apart(
    database, new_relay, key_schema, value_schema
):
    database.sql("create table t(id int primary key)")
    relay = new_relay(
        key__converter__schemas__enable=key_schema, value__converter__schemas__enable=value_schema
    ).start_streaming()
    database.sql("insert into t values (1)")
    (record,) = relay.stop_after(1, "public.t")
    assert ("schema" in json.loads(record.key)) == (key_schema == "true")
    assert ("schema" in json.loads(record.value)) == (value_schema == "true")
    assert record.key_json == {"id": 1}
    assert record.json["after"] == {"id": 1}


def test_headers_name_the_connector(database, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay().start_streaming()
    database.sql("insert into t values (1)")
    (record,) = relay.stop_after(1, "public.t")
    assert record.headers[:3] == (
        ("__debezium.context.connectorLogicalName", database.name.encode()),
        ("__debezium.context.taskId", b"0"),
        ("__debezium.context.connectorName", b"postgresql"),
    )
    assert record.headers[3][0] == "__debezium.context.runId"
