"""make demo: PostgreSQL → Outflow → Kafka on this machine, events shown as they arrive.

Starts a private PostgreSQL, ZooKeeper and Kafka, the generator and the relay. At the end it
compares the table with what a read_committed consumer saw: its change events, or with OUTBOX=1 the
outbox events that were written in the same transactions. Everything is stopped and removed.
"""

import argparse
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(REPOSITORY / "test"), str(REPOSITORY / "docker/generator")]

from changes import changes_of, start_generator  # noqa: E402
from confluent_kafka import KafkaException  # noqa: E402
from feed import feed_of  # noqa: E402
from reader import Reader  # noqa: E402
from replay import Comparison, compare  # noqa: E402
from stack import Stack  # noqa: E402
from stack.process import Process, ProcessFailed  # noqa: E402
from variants import OUTBOXES, VARIANTS, Variant  # noqa: E402
from view import View, milliseconds, percentile  # noqa: E402

FIRST_ROWS = 40
FIRST_ROWS_DEADLINE_S = 60
DRAIN_DEADLINE_S = 60
END_DEADLINE_S = 20
FIRST_EVENT_BUDGET_S = 10.0
PARTITIONS = 3


class DemoFailed(RuntimeError):
    pass


class Demo:
    """One run, in the order of its methods."""

    def __init__(self, stack: Stack, variant: Variant, options: argparse.Namespace):
        self.stack = stack
        self.variant = variant
        self.options = options
        self.feed = feed_of(variant, options.outbox, "demo")
        self.topic = self.feed.topic
        self.replay = self.feed.replay()
        self.view = View(variant.table if self.feed.has_snapshot else "payment")
        self.latencies_us: list[int] = []
        self.reader = Reader(stack.kafka.bootstrap, self.topic)
        self.relay = Process(
            "relay", [str(options.outflow), "run", str(self.write_config())], stack.directory
        )
        self.generator: Process | None = None
        self.expected_events = 0

    # -- before the relay starts

    def write_config(self) -> Path:
        path = self.stack.directory / "relay.properties"
        settings = {
            "name": "demo",
            "database.hostname": "127.0.0.1",
            "database.port": self.stack.postgres.port,
            "database.user": self.stack.postgres.user,
            "database.dbname": self.variant.database,
            "topic.prefix": "demo",
            "plugin.name": "outflow",
            "slot.name": "outflow_demo",
            "publication.name": "outflow_demo",
            "topic.creation.default.partitions": PARTITIONS,
            "topic.creation.default.replication.factor": 1,
            "bootstrap.servers": self.stack.kafka.bootstrap,
            "key.converter.schemas.enable": "false",
            "value.converter.schemas.enable": "false",
            **self.feed.properties,
        }
        path.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
        return path

    def make_database(self) -> None:
        self.stack.postgres.psql(f"CREATE DATABASE {self.variant.database}")
        self.stack.postgres.psql("CREATE EXTENSION outflow", self.variant.database)
        if self.feed.has_snapshot:
            self.make_first_rows()
        else:
            self.stack.postgres.psql(self.variant.ddl(self.options.outbox), self.variant.database)

    def make_first_rows(self) -> None:
        first_rows = self.generate(f"--rows={FIRST_ROWS}", "--rate=0", "--mix=1:0:0")
        first_rows.wait(30)
        self.count_generated(first_rows)

    def generate(self, *arguments: str) -> Process:
        return start_generator(
            self.stack,
            self.options.variant,
            self.variant.database,
            self.options.seed,
            f"--outbox={self.options.outbox}",
            *arguments,
        )

    def count_generated(self, generator: Process) -> None:
        self.expected_events += changes_of(generator).events

    # -- the run

    def show_first_rows(self) -> None:
        relay_started = time.monotonic()
        deadline = relay_started + FIRST_ROWS_DEADLINE_S
        self.relay.start()
        if not self.feed.has_snapshot:
            self.wait_streaming(deadline)
            self.make_first_rows()
        while not self.reader.open():
            self.require_running(self.relay)
            require_time(deadline, f"topic {self.topic} was not made")
            time.sleep(0.05)
        first_event_after_s = None
        while self.replay.distinct_events < self.expected_events:
            if self.take_one(0.1) and first_event_after_s is None:
                first_event_after_s = time.monotonic() - relay_started
            self.require_running(self.relay)
            require_time(deadline, f"the first rows stopped at {self.replay.distinct_events}")
        self.latencies_us.clear()  # these waited for their topic
        self.view.latencies_us.clear()
        what = "snapshot of" if self.feed.has_snapshot else "events of the first"
        print(
            f"demo: {what} {FIRST_ROWS} rows read, first event {first_event_after_s:.1f} s "
            "after the relay's start"
        )
        if first_event_after_s > FIRST_EVENT_BUDGET_S:
            print(f"demo: that is more than {FIRST_EVENT_BUDGET_S:g} s", file=sys.stderr)

    def wait_streaming(self, deadline: float) -> None:
        query = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
        while self.stack.postgres.psql(query) == "0":
            self.require_running(self.relay)
            require_time(deadline, "the relay does not stream")
            time.sleep(0.05)

    def show_stream(self) -> None:
        """Until the generator's time is up, or for ever; Ctrl-C ends it as well."""
        arguments = [f"--rate={self.options.rate:g}", f"--batch={self.options.batch}"]
        if self.options.seconds:
            arguments.append(f"--seconds={self.options.seconds:g}")
        self.generator = self.generate(*arguments)
        with stop_request() as requested:
            while self.generator.running and not requested:
                self.take_one(0.1)
                self.view.tick(len(self.replay.rows))
                self.require_running(self.relay)
        if requested:
            print("demo: stopping; Ctrl-C again leaves at once", file=sys.stderr)

    def take_one(self, seconds: float) -> bool:
        message = self.reader.poll(seconds)
        if message is None:
            return False
        received_us, *record = message
        change = self.replay.apply(*record)
        if change is None:
            return False
        if change.op != "r":
            self.latencies_us.append(received_us - change.commit_us)
        self.view.show(change, received_us)
        return True

    # -- the end

    def drain(self) -> None:
        """Reads what is on its way, stops the relay, and reads on to the end of the topic."""
        self.generator.stop()
        self.count_generated(self.generator)
        deadline = time.monotonic() + DRAIN_DEADLINE_S
        while self.replay.distinct_events < self.expected_events:
            self.take_one(0.1)
            self.view.tick(len(self.replay.rows))
            self.require_running(self.relay)
            if time.monotonic() > deadline:
                break  # the verdict says what is missing
        if (code := self.relay.stop()) != 0:
            raise DemoFailed(f"the relay ended with {code}\n{self.relay.log_tail()}")
        # What the relay sent twice, or while it stopped, is there now.
        self.reader.ended.clear()
        self.reader.open()
        deadline = time.monotonic() + END_DEADLINE_S
        tail = self.feed.replay()
        while not self.reader.at_end:
            if message := self.reader.poll(0.1):
                tail.apply(*message[1:])
            require_time(deadline, f"the end of topic {self.topic} was not reached")
        self.replay = tail

    def verdict(self) -> bool:
        with self.stack.postgres.connect(self.variant.database) as connection:
            cursor = connection.cursor()
            cursor.execute(f"SELECT row_to_json(t)::text FROM {self.variant.table} t")
            table = [text for (text,) in cursor]
        comparison = compare(table, self.replay.rows)
        for line in comparison.lines():
            print(f"demo: {line}", file=sys.stderr)
        print(self.verdict_line(len(table), comparison), flush=True)
        return (
            comparison.is_clean
            and self.replay.duplicates == 0
            and self.replay.distinct_events == self.expected_events
        )

    def verdict_line(self, rows: int, comparison: Comparison) -> str:
        missing = max(self.expected_events - self.replay.distinct_events, len(comparison.missing))
        parts = [
            f"{rows:,} rows",
            f"{self.replay.events:,} events",
            f"{missing:,} missing",
            f"{self.replay.duplicates:,} duplicated",
        ]
        if comparison.surplus or comparison.different:
            wrong = len(comparison.surplus) + len(comparison.different)
            parts.append(f"{wrong:,} wrong")
        for percent in (50, 99):
            if self.latencies_us:
                parts.append(f"p{percent} {milliseconds(percentile(self.latencies_us, percent))}")
        return "demo: " + ", ".join(parts)

    def stop(self) -> None:
        self.reader.close()
        for process in (self.generator, self.relay):
            if process is not None:
                process.stop(seconds=10)

    def require_running(self, process: Process) -> None:
        if not process.running:
            raise DemoFailed(
                f"the {process.name} ended with {process.returncode}\n{process.log_tail()}"
            )


@contextmanager
def stop_request():
    """A list that the first Ctrl-C or SIGTERM makes true: an exception could come between the
    reader and the view, and lose an event."""
    requested: list[int] = []
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda got, _: requested.append(got)) for number in signals]
    try:
        yield requested
    finally:
        for number, handler in zip(signals, before):
            signal.signal(number, handler)


def require_time(deadline: float, what: str) -> None:
    if time.monotonic() > deadline:
        raise DemoFailed(what)


def run(options: argparse.Namespace) -> bool:
    variant = VARIANTS[options.variant]
    print("demo: starting a private PostgreSQL, ZooKeeper and Kafka")
    with Stack(postgres=True, kafka=True) as stack:
        print(
            f"demo: PostgreSQL 127.0.0.1:{stack.postgres.port} · Kafka {stack.kafka.bootstrap} · "
            f"all in {stack.directory}",
            flush=True,
        )
        demo = Demo(stack, variant, options)
        try:
            demo.make_database()
            demo.show_first_rows()
            demo.show_stream()
            demo.drain()
            return demo.verdict()
        finally:
            demo.stop()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python test/demo", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--seconds",
        type=float,
        default=0,
        metavar="S",
        help="end by itself after S seconds of changes; 0: run until Ctrl-C",
    )
    parser.add_argument("--variant", choices=sorted(VARIANTS), default="financial")
    parser.add_argument(
        "--outbox",
        choices=OUTBOXES,
        default="none",
        help="read outbox events instead, written by outflow.outbox_emit or into a table",
    )
    parser.add_argument("--rate", type=float, default=50, help="events a second (default: 50)")
    parser.add_argument(
        "--batch", type=int, default=1, help="events in one transaction (default: 1)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same number gives the same rows")
    parser.add_argument(
        "--outflow",
        type=Path,
        default=REPOSITORY / "build/outflow",
        help="the relay to run (default: build/outflow)",
    )
    return parser.parse_args()


def main() -> int:
    options = parse_arguments()
    try:
        return 0 if run(options) else 1
    except (DemoFailed, ProcessFailed, KafkaException, OSError, RuntimeError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("demo: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
