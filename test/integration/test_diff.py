"""`outflow diff` beside a real Debezium: clean while both write, and not clean over a difference;
`outflow capture`."""

import json
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import pytest
from confluent_kafka import Producer

from database import Database
from debezium import beside
from relay import BINARY, run
from topics import Record, read_topics

SCHEMAS = {"key__converter__schemas__enable": "true", "value__converter__schemas__enable": "true"}
ROUNDS = 120


@dataclass
class Pair:
    """Both connectors stream from `database`. The relay's prefix begins with Debezium's, so that
    one topic family could be taken for a part of the other."""

    database: Database
    bootstrap: str
    left: str
    right: str

    def start_diff(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [BINARY, "diff", "--bootstrap", self.bootstrap]
            + ["--left", self.left, "--right", self.right, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def diff(self, *arguments: str, seconds: float = 90) -> tuple[int, str]:
        return finish(self.start_diff(*arguments), seconds)

    def capture(self, prefix: str, file: Path) -> Path:
        with open(file, "wb") as output:
            command = [BINARY, "capture", prefix, "--bootstrap", self.bootstrap, "--until-end"]
            subprocess.run(command, stdout=output, check=True, timeout=60)
        return file

    def change_rows(self) -> None:
        for number in range(ROUNDS):
            self.database.sql(
                f"""
                insert into t(id, label) values ({number + 100}, '{self.left}. {number}');
                update t set amount = {number}.25, ratio = 1e-7 * {number} where id = {number + 100};
                insert into n values ({number % 7}), ({number % 7});
                update t set id = -id where id = {number + 100} and {number} % 5 = 0;
                delete from t where id = {number + 50};
                """
            )


def run_diff(*arguments: str) -> subprocess.CompletedProcess:
    command = [BINARY, "diff", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def finish(process: subprocess.Popen, seconds: float) -> tuple[int, str]:
    try:
        output, log = process.communicate(timeout=seconds)
    finally:
        process.kill()
    print(output, log, sep="\n")
    return process.returncode, output


@pytest.fixture
def pair(database, stack_with_connect, new_relay) -> Iterator[Pair]:
    database.sql(
        """
        create table t(id int primary key, label text not null default 'x', amount numeric(10, 2),
                       ratio double precision, at timestamptz default now());
        create table n(a int);
        alter table n replica identity full;
        insert into t(id) select generate_series(1, 60);
        insert into n values (1), (1), (2);
        """
    )
    connect = stack_with_connect.connect
    reference = beside(database, **SCHEMAS)
    left, right = str(reference["topic.prefix"]), f"{reference['topic.prefix']}.shadow"
    connect.create(left, reference)
    try:
        database.wait_streaming(str(reference["slot.name"]))
        new_relay(topic__prefix=right, publication__name="outflow", **SCHEMAS).start_streaming()
        yield Pair(database, stack_with_connect.kafka.bootstrap, left, right)
    finally:
        connect.delete(left)


def test_two_writers_of_one_database_compare_clean_while_they_write(pair):
    changes = threading.Thread(target=pair.change_rows)
    live = pair.start_diff("--until-clean=400", "--settle=60")
    changes.start()
    code, output = finish(live, 120)
    changes.join()
    assert output.endswith("verdict: all identical\n")
    assert code == 0
    assert "topics 2/2 matched" in output

    wait_until_both_have(pair, "the end")
    code, output = pair.diff("--until-end", "--json")
    result = json.loads(output)
    assert (code, result["verdict"]) == (0, "all identical")
    # 60 + 3 rows of the snapshot; of each round 2 + 2 changes, a delete and its tombstone or
    # nothing, every fifth a changed key: delete, tombstone, create.
    deleted = 11 + sum(1 for number in range(ROUNDS) if number >= 50 and (number - 50) % 5)
    assert result["events"]["identical"] == (
        63 + 4 * ROUNDS + 2 * deleted + 3 * (ROUNDS // 5) + 1
    )
    assert result["ignored"]["topic prefix"] == result["compared"]
    assert result["ignored"]["snapshot ts_*/txId/lsn/sequence"] == 63


def test_a_difference_is_named_and_ends_with_1(pair):
    wait_until_both_have(pair, "the end")
    assert pair.diff("--until-end")[0] == 0
    left, right = (last_event(pair, prefix, "the end") for prefix in (pair.left, pair.right))

    # The same change on both sides, but for one value.
    produce(pair, left, b'"the end"', b'"the  end"', lsn=1)
    produce(pair, right, b'"the end"', b'"the ond"', lsn=1)
    code, output = pair.diff("--until-end")
    assert code == 1
    assert output.endswith("verdict: differences\n")
    assert "differs: public.t op c lsn 0/1 " in output
    assert 'value payload.after.label' in output
    assert f'{pair.left}         "the  end"' in output
    assert f'{pair.right}  "the ond"' in output

    # A change that only one side has.
    produce(pair, right, b'"the end"', b'"extra"', lsn=2)
    code, output = pair.diff("--until-end", "--settle=0.5", "--json")
    result = json.loads(output)
    assert code == 1
    assert result["events"]["differs"] == 1
    assert result["events"]["only_right"] == 1
    (table,) = (each for each in result["tables"] if each["table"] == "public.t")
    extra = table["first_differences"][1]
    assert (extra["class"], extra["lsn"], extra["key"]) == ("only right", 2, '{"id":9999}')
    assert '"extra"' in extra["right"]


def test_a_family_compares_with_its_capture_and_another_ones(pair, tmp_path):
    pair.change_rows()
    wait_until_both_have(pair, "the end")
    # Also the other family's topics, which a comparison leaves out.
    file = pair.capture(pair.left, tmp_path / "left.jsonl")
    # Exactly what is in the topics, in the order of each.
    captured = [json.loads(line) for line in file.read_text().splitlines()]
    for table in ("t", "n"):
        topic = f"{pair.left}.public.{table}"
        records = read_topics(pair.bootstrap, topic)
        assert [record.value and json.loads(record.value) for record in records] == [
            line["value"] for line in captured if line["topic"] == topic
        ]
    compared = sum(line["topic"].startswith(f"{pair.left}.public.") for line in captured)

    code, output = pair.diff(f"--left-capture={file}", "--json")
    result = json.loads(output)
    assert (code, result["verdict"], result["compared"]) == (0, "all identical", compared)
    assert (result["left"], result["right"]) == (str(file), pair.right)

    # With itself, and two files without any broker.
    same = Pair(pair.database, pair.bootstrap, pair.left, pair.left)
    code, output = same.diff(f"--right-capture={file}", "--json")
    assert (code, json.loads(output)["compared"]) == (0, len(captured))
    other = pair.capture(pair.right, tmp_path / "right.jsonl")
    nowhere = Pair(pair.database, "127.0.0.1:1", pair.left, pair.right)
    files = (f"--left-capture={file}", f"--right-capture={other}")
    code, output = nowhere.diff(*files, "--json")
    assert (code, json.loads(output)["compared"]) == (0, compared)

    # Lines of one side alone, and one that differs.
    lines = other.read_text().splitlines(keepends=True)
    changed = [line for line in lines if '"the end"' not in line][:-1]
    other.write_text("".join(changed).replace('"label":"x"', '"label":"y"', 1))
    code, output = nowhere.diff(*files, "--json", "--settle=0")
    result = json.loads(output)
    assert (code, result["verdict"]) == (1, "differences")
    assert (result["events"]["differs"], result["events"]["only_left"]) == (1, 2)


def test_what_stdout_shows_is_a_capture(pair, new_relay, tmp_path):
    config = pair.database.relay_config(
        topic__prefix="shown", slot__name="shown", publication__name="outflow", **SCHEMAS
    )
    assert run(tmp_path, config, "--sink=stdout", "--until=current").returncode == 0
    wait_until_both_have(pair, "the end")
    ended = run(tmp_path, config, "--sink=stdout", "--until=current")
    (tmp_path / "shown.jsonl").write_text(ended.stdout)
    ours = Pair(pair.database, pair.bootstrap, pair.right, "shown")
    code, output = ours.diff(f"--right-capture={tmp_path / 'shown.jsonl'}", "--settle=0", "--json")
    result = json.loads(output)
    # The snapshot went into the first run.
    assert (code, result["events"]["identical"], result["events"]["only_left"]) == (1, 1, 63)


def test_a_file_that_cannot_be_read_is_told_by_line(tmp_path):
    line = '{"topic":"a.public.t","key":{"id":1},"value":{"op":"c"}}\n'
    file, fine = tmp_path / "some.jsonl", tmp_path / "fine.jsonl"
    fine.write_text(line)
    sides = ("--right=a", f"--right-capture={fine}")
    for text, number in ((line + "{}\n", 2), (line * 3 + line[:30], 4), ("Traceback:\n", 1)):
        file.write_text(text)
        ended = run_diff("--left=a", *sides, f"--left-capture={file}")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert f"{file}, line {number}, cannot be read" in ended.stderr
    ended = run_diff("--left=a", *sides, f"--left-capture={tmp_path}/none")
    assert ended.returncode == 2 and "none cannot be opened" in ended.stderr
    ended = run_diff("--left=b", *sides, f"--left-capture={fine}")
    assert ended.returncode == 1 and f"no topic is called b.* in {fine}" in ended.stderr


def test_one_side_far_ahead_stays_within_its_memory(tmp_path):
    """Files whose tables come in opposite order, each larger than what may wait."""
    filler = "x" * 1000
    sides = []
    for side, tables in (("left", "abc"), ("right", "cba")):
        with open(tmp_path / side, "w") as file:
            for table in tables:
                for number in range(4000):
                    value = f'{{"id":{number},"filler":"{filler}"}}'
                    file.write(f'{{"topic":"s.{table}","key":{number},"value":{value}}}\n')
        sides.append(f"--{side}-capture={tmp_path / side}")
    ended = run_diff("--left=s", "--right=s", *sides, "--settle=0", "--json")
    assert (ended.returncode, json.loads(ended.stdout)["events"]["identical"]) == (0, 12000)
    ended = run_diff(
        "--left=s", "--right=s", *sides, "--settle=0", "--json", "--max-pending-mb=2"
    )
    result = json.loads(ended.stdout)
    assert (ended.returncode, result["compared"] + result["events"]["identical"]) == (1, 24000)
    assert result["given_up"] > 0


def test_usage_and_missing_topics_are_told(pair):
    code, output = pair.diff("--until-end", "--until-clean=1")
    assert (code, output) == (2, "")
    nothing = Pair(pair.database, pair.bootstrap, "nobody", pair.right)
    assert nothing.diff("--until-end")[0] == 1
    same = Pair(pair.database, pair.bootstrap, pair.right, pair.right)
    assert same.diff("--until-end")[0] == 2


def wait_until_both_have(pair: Pair, label: str) -> None:
    """Also everything before it: topics have one partition."""
    pair.database.sql(f"insert into t(id, label) values (9999, '{label}')")
    assert pair.diff("--until-clean=64", "--settle=60")[0] == 0
    for prefix in (pair.left, pair.right):
        last_event(pair, prefix, label)


def last_event(pair: Pair, prefix: str, label: str) -> Record:
    for _ in range(100):
        for record in reversed(read_topics(pair.bootstrap, f"{prefix}.public.t")):
            if record.value and record.json["after"] and record.json["after"]["label"] == label:
                return record
    raise AssertionError(f"{label} is not in {prefix}")


def produce(pair: Pair, record: Record, old: bytes, new: bytes, lsn: int) -> None:
    """The record again, with another LSN and another value."""
    place = b'"lsn":%d' % record.json["source"]["lsn"]
    assert record.value.count(old) == 1 and record.value.count(place) == 1
    producer = Producer({"bootstrap.servers": pair.bootstrap})
    producer.produce(
        record.topic,
        record.value.replace(old, new).replace(place, b'"lsn":%d' % lsn),
        record.key,
        headers=list(record.headers),
    )
    assert producer.flush(10) == 0
