"""heartbeat.interval.ms: records in a topic of their own, and a query for the source."""

from topics import Reader


def heartbeat_topic(database) -> str:
    return f"__debezium-heartbeat.{database.name}"


def test_an_idle_relay_sends_heartbeats(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay(heartbeat__interval__ms=200).start_streaming()
    with Reader(stack.kafka.bootstrap, heartbeat_topic(database)) as reader:
        beats = list(reader.read_until(lambda records: len(records) >= 3, 60))
    assert relay.stop() == 0
    assert {beat.partition for beat in beats} == {0}
    assert {beat.key for beat in beats} == {b'{"serverName":"%s"}' % database.name.encode()}
    times = [beat.json["ts_ms"] for beat in beats]
    assert times == sorted(set(times)), "each says when it was sent"


def test_heartbeats_take_the_way_of_the_transforms(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    router = {
        "transforms": "r",
        "transforms.r.type": "org.apache.kafka.connect.transforms.RegexRouter",
        "transforms.r.regex": "__debezium-(.*)",
        "transforms.r.replacement": "our-$1",
    }
    relay = new_relay(heartbeat__interval__ms=100, **router).start_streaming()
    with Reader(stack.kafka.bootstrap, f"our-heartbeat.{database.name}") as reader:
        reader.read_until(lambda records: len(records) >= 1, 60)
    assert relay.stop() == 0


def test_heartbeats_go_on_inside_a_transaction_that_is_being_sent(database, stack, new_relay):
    """They share its Kafka transaction; no row is lost or repeated for them."""
    database.sql("create table t(id int primary key)")
    relay = new_relay(heartbeat__interval__ms=1).start_streaming()
    with Reader(stack.kafka.bootstrap, f"{database.name}.public.t") as rows:
        database.sql("insert into t select generate_series(1, 50000)")
        rows.read_until(lambda records: len(records) >= 50_000, 60)
        assert relay.stop() == 0
        ids = [record.json["after"]["id"] for record in rows.read_to_end()]
    assert ids == list(range(1, 50_001))


def test_the_action_query_runs_and_its_rows_are_captured(database, stack, new_relay):
    database.sql("create table beats(id int generated always as identity primary key)")
    relay = new_relay(
        heartbeat__interval__ms=200, heartbeat__action__query="insert into beats default values"
    ).start_streaming()
    with Reader(stack.kafka.bootstrap, f"{database.name}.public.beats") as reader:
        reader.read_until(lambda records: len(records) >= 3, 60)
        assert relay.stop() == 0
        ids = [record.json["after"]["id"] for record in reader.read_to_end()]
    assert ids == list(range(1, len(ids) + 1))


def test_a_failing_action_query_is_told_and_the_stream_goes_on(database, new_relay):
    database.sql("create table t(id int primary key)")
    relay = new_relay(
        heartbeat__interval__ms=100, heartbeat__action__query="insert into later values (1)"
    ).start_streaming()
    relay.wait_for_log("OUT-2125")
    assert "does not exist" in relay.log
    database.sql("create table later(id int)")
    database.wait_for("select count(*) > 1 from later")
    database.sql("insert into t values (1)")
    relay.stop_after(1, "public.t")


def test_a_lost_connection_of_the_action_query_is_made_anew(database, new_relay):
    database.sql("create table beats(pid int)")
    relay = new_relay(
        heartbeat__interval__ms=100,
        heartbeat__action__query="insert into beats values (pg_backend_pid())",
    ).start_streaming()
    database.wait_for("select count(*) > 1 from beats")
    database.sql("select pg_terminate_backend(pid) from beats limit 1")
    database.wait_for("select count(distinct pid) > 1 from beats")
    assert relay.stop() == 0


def test_an_idle_slot_moves_on_beside_a_busy_database(database, stack, new_relay):
    """Nothing captured, nothing published: heartbeats or not, the WAL of others is confirmed."""
    database.sql("create table t(id int primary key)")
    relay = new_relay(heartbeat__interval__ms=100).start_streaming()
    stack.postgres.psql(
        "create table busy as select generate_series(1, 10000) as id; drop table busy"
    )
    lsn = stack.postgres.psql("select pg_current_wal_lsn()")
    database.wait_for(
        f"select confirmed_flush_lsn >= '{lsn}' from pg_replication_slots"
        f" where slot_name = '{database.slot}'"
    )
    assert relay.stop() == 0
