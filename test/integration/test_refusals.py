"""What the relay refuses: the exit code (operability.md §7) and words that lead to the way out."""

import psycopg2
import pytest
from psycopg2.extras import LogicalReplicationConnection

from database import create_database
from relay import Relay, run
from stack.ports import free_port
from topics import delete_topic


@pytest.fixture
def config(database, stack) -> dict[str, object]:
    return database.relay_config(stack.kafka.bootstrap)


def once_streamed(database, new_relay) -> Relay:
    """A relay that has a slot and a position, and has stopped."""
    database.sql("create table t(id int primary key)")
    relay = new_relay().start_streaming()
    database.sql("insert into t values (1)")
    relay.stop_after(1, "public.t")
    return relay


# -- configuration: 2


def test_the_pgoutput_plugin_is_refused(config, tmp_path):
    ended = run(tmp_path, config | {"plugin.name": "pgoutput"})
    assert ended.returncode == 2
    assert "plugin.name" in ended.stderr and "pgoutput" in ended.stderr


def test_an_unsupported_property_is_refused_with_the_reason(config, tmp_path):
    ended = run(tmp_path, config | {"converters": "isbn", "isbn.type": "com.example.Isbn"})
    assert ended.returncode == 2
    assert "converters" in ended.stderr


def test_a_malformed_value_is_refused_with_the_choices(config, tmp_path):
    ended = run(tmp_path, config | {"decimal.handling.mode": "presice"})
    assert ended.returncode == 2
    assert "decimal.handling.mode" in ended.stderr and "precise" in ended.stderr


def test_a_missing_topic_prefix_is_refused(config, tmp_path):
    del config["topic.prefix"]
    ended = run(tmp_path, config)
    assert ended.returncode == 2
    assert "topic.prefix" in ended.stderr


def test_an_unknown_property_gets_a_warning_with_the_nearest_name(config, tmp_path):
    ended = run(tmp_path, config | {"tabel.include.list": "public.t"}, "--until=current")
    assert ended.returncode == 0, ended.stderr
    assert "tabel.include.list" in ended.stderr and "table.include.list" in ended.stderr


def test_a_wrong_command_line_is_refused(config, tmp_path):
    assert run(tmp_path, config, "--no-such-flag").returncode == 2


# -- the server: 2, 4, 1


def test_a_server_that_is_not_logical_is_refused_with_the_statement(stack, tmp_path):
    server = stack.add_postgres("not-logical", settings={"wal_level": "replica"})
    database = create_database(server, "not_logical")
    ended = run(tmp_path, database.relay_config(stack.kafka.bootstrap))
    server.stop()
    assert ended.returncode == 2, ended.stderr
    assert "ALTER SYSTEM SET wal_level" in ended.stderr


def test_a_plugin_that_is_not_allowed_is_refused_with_the_statement(stack, tmp_path):
    if not stack.postgres.has_plugin_list():
        pytest.skip("this minor release has no output_plugin_libraries")
    server = stack.add_postgres("not-allowed", allow_plugin=False)
    database = create_database(server, "not_allowed")
    config = database.relay_config(stack.kafka.bootstrap)
    refused = run(tmp_path, config)
    assert refused.returncode == 4, refused.stderr
    statement = "ALTER ROLE postgres SET output_plugin_libraries = pgoutput, test_decoding, outflow"
    assert statement in refused.stderr

    server.psql(statement)
    accepted = run(tmp_path, config, "--until=current")
    server.stop()
    assert accepted.returncode == 0, accepted.stderr


def test_a_role_without_the_replication_right_is_refused(database, config, tmp_path):
    role = f"{database.name}_plain"[-60:]
    database.sql(
        f"""
        create role {role} login;
        create extension outflow;
        grant execute on all functions in schema outflow to {role};
        create publication dbz_publication for all tables;
        """
    )
    try:
        ended = run(tmp_path, config | {"database.user": role})
        assert ended.returncode == 2, ended.stderr
        assert "REPLICATION" in ended.stderr
    finally:
        database.sql(f"drop owned by {role}; drop role {role}")


def test_a_role_that_may_not_create_the_extension_gets_the_statement(database, config, tmp_path):
    role = f"{database.name}_plain"[-60:]
    database.sql(f"create role {role} login replication")
    try:
        ended = run(tmp_path, config | {"database.user": role})
        assert ended.returncode == 2, ended.stderr
        assert "CREATE EXTENSION IF NOT EXISTS outflow" in ended.stderr
    finally:
        database.sql(f"drop role {role}")


def test_a_busy_slot_is_given_up_after_the_retries(database, stack, new_relay):
    relay = once_streamed(database, new_relay)
    holder = psycopg2.connect(
        stack.postgres.dsn_of(database.name), connection_factory=LogicalReplicationConnection
    )
    with holder.cursor() as cursor:
        cursor.start_replication(slot_name=database.slot, decode=False)
        relay.config |= {"slot.max.retries": 2, "slot.retry.delay.ms": 200}
        relay.start()
        assert relay.wait_exit() == 1, relay.log
        assert database.slot in relay.log
    holder.close()


def test_what_does_not_answer_within_thirty_seconds_ends_the_start(database, config, tmp_path):
    without_server = Relay(tmp_path, config | {"database.port": free_port()}).start()
    without_broker = Relay(
        tmp_path, config | {"bootstrap.servers": f"127.0.0.1:{free_port()}"}
    ).start()
    assert without_server.wait_exit(45) == 1, without_server.log
    assert without_broker.wait_exit(15) == 1, without_broker.log
    assert str(without_server.config["database.port"]) in without_server.log
    assert str(without_broker.config["bootstrap.servers"]) in without_broker.log


# -- position and slot that do not fit: 4


def test_a_slot_that_somebody_advanced_is_refused(database, new_relay):
    relay = once_streamed(database, new_relay)
    database.sql("insert into t values (2)")
    database.sql(f"select pg_replication_slot_advance('{database.slot}', pg_current_wal_lsn())")
    relay.start()
    assert relay.wait_exit() == 4, relay.log
    assert "OUT-4107" in relay.log


def test_a_slot_that_somebody_dropped_is_refused(database, new_relay):
    relay = once_streamed(database, new_relay)
    database.sql(f"select pg_drop_replication_slot('{database.slot}')")
    relay.start()
    assert relay.wait_exit() == 4, relay.log
    assert "OUT-4104" in relay.log


def test_a_position_topic_that_somebody_deleted_is_refused(database, stack, new_relay):
    relay = once_streamed(database, new_relay)
    delete_topic(stack.kafka.bootstrap, f"__outflow-position.{database.name}")
    relay.start()
    assert relay.wait_exit() == 4, relay.log
    assert "OUT-4110" in relay.log


def test_a_slot_of_another_plugin_is_refused(database, new_relay):
    relay = once_streamed(database, new_relay)
    database.sql(f"select pg_drop_replication_slot('{database.slot}')")
    database.sql(f"select pg_create_logical_replication_slot('{database.slot}', 'test_decoding')")
    relay.start()
    assert relay.wait_exit() == 4, relay.log
    assert "OUT-4103" in relay.log
