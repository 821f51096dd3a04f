"""Two relays with one configuration: the one started last works, the other leaves."""

import itertools

from stack import wait_until
from topics import Reader


def test_a_second_relay_fences_the_first_and_nothing_is_doubled(database, stack, new_relay):
    database.sql("create table t(id int primary key)")
    first = new_relay().start_streaming()
    database.sql("insert into t select generate_series(1, 1000)")
    with Reader(stack.kafka.bootstrap, f"{database.name}.public.t") as reader:
        reader.read_until(lambda records: len(records) == 1000, 30)
        second = new_relay().start()
        # The first one learns of its successor at its next commit.
        numbers = itertools.count(1001)

        def has_left() -> bool:
            database.sql(f"insert into t values ({next(numbers)})")
            return not first.running

        wait_until(has_left, 60, "the first relay to leave")
        assert first.wait_exit(60) == 5, first.log
        database.sql("insert into t select generate_series(100001, 101000)")
        reader.read_until(lambda records: records[-1].key_json["id"] == 101000, 60)
        assert second.stop() == 0
        ids = [record.key_json["id"] for record in reader.read_to_end()]
    assert ids == [int(line) for line in database.sql("select id from t order by id").splitlines()]
