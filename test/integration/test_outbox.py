"""outflow.outbox_emit for a consumer: beside a real EventRouter, through kills, under load."""

import os
import time

from debezium import beside
from outbox_load import AGGREGATES, Load, aggregate_and_number, problems
from topics import Reader, Record

EVENTS = int(os.environ.get("OUTBOX_EVENTS", "20000"))
WRITERS = 8
KILLS = 5
_SECONDS = 120 + EVENTS / 500
_EVENTS = """
    ('order', '42', 'created', '{"b": [1, 2.50], "a": "ü\\u0001"}'),
    ('order', '42', 'emptied', null),
    ('customer', 'ümläut "q"', 'listed', '[1, "x"]'),
    ('customer', '', 'spelled', '"text"')
"""


def _router(**properties: str) -> dict[str, str]:
    return {
        "transforms": "outbox",
        "transforms__outbox__type": "io.debezium.transforms.outbox.EventRouter",
    } | properties


def _seen(record: Record) -> tuple:
    """All but what names the connector and the event."""
    headers = [
        (name, b"" if name == "id" else text)
        for name, text in record.headers
        if not name.startswith("__debezium.context.")
    ]
    return record.key, record.value, headers


def _compare(database, stack, new_relay, options_of_both: dict[str, str]) -> None:
    """The same content in a table, through a real Debezium, and emitted, through Outflow."""
    database.sql("""
        create table outbox(id uuid primary key default gen_random_uuid(),
            aggregatetype varchar(255) not null, aggregateid varchar(255) not null,
            type varchar(255) not null, payload jsonb, trace text, n text);
        create table other(id int primary key)""")
    options = options_of_both | {
        "transforms.outbox.route.topic.replacement": database.name + ".${routedByValue}.ref"
    }
    reference = beside(database, **_router()) | options | {
        "table.include.list": "public.outbox",
        "transforms.outbox.table.fields.additional.placement": "n:header,trace:header",
    }
    relay = new_relay(**_router())
    relay.config |= options_of_both | {
        "table.include.list": "public.other",
        "transforms.outbox.route.topic.replacement": database.name + ".${routedByValue}"
    }
    stack.connect.create(f"{database.name}_ref", reference)
    try:
        database.wait_streaming(f"{database.name}_ref")
        relay.start_streaming()
        database.sql(f"""
            insert into outbox(aggregatetype, aggregateid, type, payload, trace)
            select column1, column2, column3, column4::jsonb, 't"x"' from (values {_EVENTS}) v""")
        database.sql(f"""
            select outflow.outbox_emit(column1, column2, column3, column4::jsonb,
                '{{"n": null, "trace": "t\\"x\\""}}') from (values {_EVENTS}) v""")
        for aggregate in ("order", "customer"):
            ours, theirs = f"{database.name}.{aggregate}", f"{database.name}.{aggregate}.ref"
            bootstrap = stack.kafka.bootstrap
            with Reader(bootstrap, ours) as emitted, Reader(bootstrap, theirs) as routed:
                routed.read_until(lambda records: len(records) >= 2, 60, theirs)
                emitted.read_until(lambda records: len(records) >= 2, 60, ours)
                assert [_seen(r) for r in emitted.records] == [_seen(r) for r in routed.records]
        assert relay.stop() == 0
    finally:
        stack.connect.delete(f"{database.name}_ref")


def test_an_emitted_event_has_the_bytes_of_one_that_debezium_routes_from_a_table(
    database, stack_with_connect, new_relay
):
    schemas = {"key.converter.schemas.enable": "true", "value.converter.schemas.enable": "true"}
    _compare(database, stack_with_connect, new_relay, schemas)


def test_an_emitted_event_is_expanded_as_debezium_expands_one_from_a_table(
    database, stack_with_connect, new_relay
):
    _compare(
        database,
        stack_with_connect,
        new_relay,
        {
            "transforms.outbox.table.expand.json.payload": "true",
            "transforms.outbox.route.tombstone.on.empty.payload": "true",
        },
    )


def test_an_event_that_is_rolled_back_is_not_delivered(database, stack, new_relay):
    relay = new_relay(**_default_topics(database)).start_streaming()
    database.sql("begin; select outflow.outbox_emit('o', '1', 't', 'lost'); rollback")
    database.sql("""
        begin; select outflow.outbox_emit('o', '1', 't', 'kept');
        savepoint s; select outflow.outbox_emit('o', '1', 't', 'lost'); rollback to s; commit""")
    with Reader(stack.kafka.bootstrap, f"{database.name}.o") as reader:
        reader.read_until(lambda records: bool(records), 30)
        assert relay.stop() == 0
        assert [record.value for record in reader.read_to_end()] == [b'"kept"']


def _default_topics(database) -> dict[str, str]:
    replacement = {
        "transforms__outbox__route__topic__replacement": database.name + ".${routedByValue}"
    }
    return _router(**replacement)


def test_events_of_an_aggregate_arrive_once_and_in_order_although_the_relay_is_killed(
    database, stack, new_relay
):
    """OUTBOX_EVENTS=1000000 makes it the proof of the issue (make torture-outbox)."""
    relay = new_relay(
        topic__creation__default__partitions=8,
        topic__creation__default__replication__factor=1,
        table__exclude__list="public.aggregates",
        **_default_topics(database),
    ).start_streaming()
    started = time.monotonic()
    load = Load(database, EVENTS, WRITERS).start()
    topic = f"{database.name}.load"
    with Reader(stack.kafka.bootstrap, topic, keep=aggregate_and_number) as reader:
        for kill in range(1, KILLS + 1):
            database.wait_for(
                f"select sum(events) >= {EVENTS * kill // (KILLS + 1)} from aggregates",
                _SECONDS,
                "the writers",
            )
            relay.kill9()
            relay.start_streaming()
        total = load.join()
        reader.read_until(lambda events: len(events) >= total, _SECONDS, "all events")
        assert relay.stop() == 0
        events = reader.read_to_end()
    found = problems(events)
    print(
        f"\n{WRITERS} writers, {AGGREGATES} aggregates, {KILLS} kills of the relay in "
        f"{time.monotonic() - started:.0f} s: {total} events written, {len(events)} read by a "
        f"read_committed consumer, {len(found)} lost, repeated or out of order"
    )
    assert total == EVENTS // WRITERS * WRITERS
    assert found[:5] == []
    assert len(events) == total
