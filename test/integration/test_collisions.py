"""Names that become one: refused, naming both, at the start and when they appear while streaming.
Nothing is lost: after a rename the relay goes on where it stopped."""

from relay import run
from topics import read_topics

AVRO_FIELDS = {"field__name__adjustment__mode": "avro"}


def ids(stack, topic: str) -> list[int]:
    return [r.json["after"]["id"] for r in read_topics(stack.kafka.bootstrap, topic)]


def assert_refused(exit_code: int, log: str, *words: str) -> None:
    assert exit_code == 2, log
    text = log.replace('\\"', '"')  # the log's lines are JSON
    assert [word for word in words if word not in text] == [], log


def refusal(relay, *words: str) -> None:
    assert_refused(relay.wait_exit(), relay.log, *words)


def test_a_table_that_comes_to_the_topic_of_another_stops_the_relay(database, stack, new_relay):
    database.sql('create table "a b"(id int primary key); insert into "a b" values (1)')
    relay = new_relay().start_streaming()
    database.sql('insert into "a b" values (2); create table a_b(id int primary key)')
    database.sql("insert into a_b values (3)")
    refusal(relay, "OUT-1108", '"public"."a b"', '"public"."a_b"')

    refusal(relay.start(), "OUT-1108", '"public"."a b"', '"public"."a_b"')

    database.sql('alter table a_b rename to apart; insert into apart values (4)')
    database.sql('insert into "a b" values (5)')
    assert relay.start("--until=current").wait_exit() == 0, relay.log
    assert "OUT-1108" in relay.log, "what was written before the rename shares the topic: told"
    topic = f"{database.name}.public.a_b"
    assert ids(stack, topic) == [1, 2, 3, 5]
    assert ids(stack, f"{database.name}.public.apart") == [4]


def test_a_table_that_is_renamed_to_the_topic_of_another_stops_the_relay(
    database, stack, new_relay
):
    database.sql('create table "a b"(id int primary key); create table c(id int primary key)')
    relay = new_relay().start_streaming()
    database.sql("insert into c values (1)")
    database.sql("alter table c rename to a_b; insert into a_b values (2)")
    database.sql('insert into "a b" values (3)')
    refusal(relay, "OUT-1108", '"public"."a b"', '"public"."a_b"')

    database.sql('alter table "a b" rename to d; insert into d values (4)')
    assert relay.start("--until=current").wait_exit() == 0, relay.log
    assert ids(stack, f"{database.name}.public.c") == [1]
    assert ids(stack, f"{database.name}.public.a_b") == [2, 3]
    assert ids(stack, f"{database.name}.public.d") == [4]


def test_columns_with_one_adjusted_name_are_refused_at_the_start(database, stack, tmp_path):
    database.sql('create table t(id int primary key, "a b" int, "a-b" int)')
    ended = run(tmp_path, database.relay_config(stack.kafka.bootstrap, **AVRO_FIELDS))
    assert_refused(ended.returncode, ended.stderr, "OUT-1114", '"a b"', '"a-b"')


def test_a_column_with_the_adjusted_name_of_another_stops_the_relay(database, stack, new_relay):
    database.sql('create table t(id int primary key, "a b" int)')
    relay = new_relay(**AVRO_FIELDS).start_streaming()
    database.sql("insert into t values (1, 1)")
    database.sql('alter table t add "a-b" int; insert into t values (2, 2, 2)')
    refusal(relay, "OUT-1114", '"a b"', '"a-b"')

    # The rows between have both columns for ever: they need another mode.
    database.sql('alter table t rename "a-b" to c; insert into t values (3, 3, 3)')
    relay.config |= {"field.name.adjustment.mode": "avro_unicode"}
    assert relay.start("--until=current").wait_exit() == 0, relay.log
    assert ids(stack, f"{database.name}.public.t") == [1, 2, 3]


def test_several_tables_share_a_topic_where_a_pattern_sends_them_there(
    database, stack, new_relay
):
    database.sql("create table t_1(id int primary key); create table t_2(id int primary key)")
    database.sql("insert into t_1 values (1)")
    relay = new_relay(
        topic__naming__strategy="io.debezium.schema.SchemaRegexTopicNamingStrategy",
        topic__regex="(.*)_[0-9]+",
        topic__replacement="$1",
    ).start_streaming()
    database.sql("insert into t_2 values (2)")
    database.sql("create table t_3(id int primary key); insert into t_3 values (3)")
    topic = f"{database.name}.public.t"
    records = relay.stop_after(3, "public.t")
    assert [r.key_json["__dbz__physicalTableIdentifier"] for r in records] == [
        f"{topic}_1",
        f"{topic}_2",
        f"{topic}_3",
    ]
