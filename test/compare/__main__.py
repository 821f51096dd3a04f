"""make compare: a real Debezium and Outflow on the same tables, compared live by `outflow diff`.

Starts a private PostgreSQL, ZooKeeper, Kafka and Connect, both writers, the generator for each
table of the demo, and the type zoo beside it. The last line is the verdict. Everything is stopped
and removed.
"""

import argparse
import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[1:1] = [
    str(REPOSITORY / directory)
    for directory in ("test", "test/integration", "test/demo", "docker/generator")
]

from changes import Changes, changes_of, start_generator  # noqa: E402
from confluent_kafka import KafkaException  # noqa: E402
from database import Database, create_database  # noqa: E402
from debezium import beside  # noqa: E402
from relay import Relay  # noqa: E402
from stack import Stack  # noqa: E402
from stack.process import Process, ProcessFailed  # noqa: E402
from topics import Reader  # noqa: E402
from variants import VARIANTS  # noqa: E402
from zoo import Zoo  # noqa: E402

FIRST_ROWS = 40
FIRST_ROWS_OF_ZOO = 3
DRAIN_DEADLINE_S = 120
VERDICT_DEADLINE_S = 120


class Comparison:
    """One run, in the order of its methods."""

    def __init__(self, stack: Stack, options: argparse.Namespace):
        self.stack = stack
        self.options = options
        self.database = create_database(stack.postgres, "shop")
        self.zoo = Zoo(options.seed)
        reference = beside(self.database, **self.properties())
        self.reference = reference
        self.left = str(reference["topic.prefix"])
        self.right = self.database.name
        self.relay = Relay(
            stack.directory,
            self.database.relay_config(
                stack.kafka.bootstrap,
                publication__name="outflow",
                topic__creation__default__replication__factor=1,
                **self.properties(),
            ),
        )
        self.diff: subprocess.Popen | None = None
        self.generators: list[Process] = []
        self.expected = 0

    def properties(self) -> dict[str, object]:
        """Both connectors', beside their names."""
        enabled = str(self.options.schemas).lower()
        return {
            "include__unknown__datatypes": "true",
            "key__converter__schemas__enable": enabled,
            "value__converter__schemas__enable": enabled,
        }

    def make_rows(self) -> None:
        for changes in self.generate(f"--rows={FIRST_ROWS}", "--rate=0", "--mix=1:0:0"):
            self.expected += changes.events
        self.database.sql(self.zoo.create())
        self.expected += self.zoo.fill(self.dsn, FIRST_ROWS_OF_ZOO)

    @property
    def dsn(self) -> str:
        return self.stack.postgres.dsn_of(self.database.name)

    def generate(self, *arguments: str, seconds: float = 60) -> list[Changes]:
        """Each table has a generator of its own; they run side by side."""
        self.generators = [
            start_generator(
                self.stack,
                variant,
                self.database.name,
                self.options.seed,
                *arguments,
                name=f"generator-{variant}-{len(arguments)}",
            )
            for variant in sorted(VARIANTS)
        ]
        for generator in self.generators:
            generator.wait(seconds)
        return [changes_of(generator) for generator in self.generators]

    def start_writers(self) -> None:
        """Both have taken their snapshot of the same rows when this returns."""
        self.stack.connect.create(self.left, self.reference)
        self.database.wait_streaming(str(self.reference["slot.name"]))
        self.relay.start_streaming()

    def start_diff(self) -> None:
        self.diff = subprocess.Popen(
            [
                str(self.options.outflow),
                "diff",
                f"--left={self.left}",
                f"--right={self.right}",
                f"--bootstrap={self.stack.kafka.bootstrap}",
                "--settle=60",
                "--json",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def change_rows(self) -> None:
        """The zoo's writer runs beside the generators."""
        options = self.options
        with ThreadPoolExecutor(1) as pool:
            writer = pool.submit(
                self.zoo.change, self.dsn, options.seconds, options.zoo_rate, options.batch
            )
            for changes in self.generate(
                f"--rate={options.rate:g}",
                f"--batch={options.batch}",
                f"--seconds={options.seconds:g}",
                seconds=options.seconds + 60,
            ):
                self.expected += changes.events + changes.deleted  # a delete has its tombstone
            self.expected += writer.result()

    def drain(self) -> None:
        """Until both have written everything: what neither has is no difference."""
        for prefix in (self.left, self.right):
            topics = [f"{prefix}.public.{variant.table}" for variant in VARIANTS.values()]
            topics += [f"{prefix}.{topic}" for topic in self.zoo.topics]
            with Reader(self.stack.kafka.bootstrap, *topics, keep=lambda _: None) as reader:
                reader.read_until(
                    lambda records: len(records) >= self.expected,
                    DRAIN_DEADLINE_S,
                    f"{self.expected} records of {prefix}",
                )
        self.stack.connect.check(self.left)

    def verdict(self) -> bool:
        self.diff.send_signal(signal.SIGINT)
        output, _ = self.diff.communicate(timeout=VERDICT_DEADLINE_S)
        if not output:
            raise ProcessFailed(f"outflow diff ended with {self.diff.returncode}")
        result = json.loads(output)
        for table in result["tables"]:
            print(f"compare: {table['table']}: {table['state']}, {counts(table['events'])}")
            for difference in table["first_differences"]:
                print(f"compare:   {json.dumps(difference, ensure_ascii=False)}")
        ignored = ", ".join(f"{name} {count:,}" for name, count in result["ignored"].items())
        print(f"compare: ignored: {ignored}")
        missing = self.expected - result["compared"]
        print(
            f"compare: {result['compared']:,} events compared, {counts(result['events'])}"
            + (f", {missing:,} of {self.expected:,} missing" if missing > 0 else "")
            + f"; verdict: {result['verdict']}",
            flush=True,
        )
        return self.diff.returncode == 0 and missing <= 0

    def stop(self) -> None:
        if self.diff is not None and self.diff.poll() is None:
            self.diff.kill()
            self.diff.wait()
        for generator in self.generators:
            generator.stop(seconds=10)
        self.relay.end()


def counts(events: dict[str, int]) -> str:
    shown = {name: count for name, count in events.items() if count or name == "identical"}
    return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in shown.items())


def run(options: argparse.Namespace) -> bool:
    print("compare: starting a private PostgreSQL, ZooKeeper, Kafka and Connect", flush=True)
    with Stack(postgres=True, connect=True) as stack:
        comparison = Comparison(stack, options)
        try:
            comparison.make_rows()
            comparison.start_writers()
            print(
                f"compare: {comparison.left} (Debezium) and {comparison.right} (Outflow) stream; "
                f"changes for {options.seconds:g} s in the demo's tables and the zoo: "
                f"{comparison.zoo.size}",
                flush=True,
            )
            comparison.start_diff()
            comparison.change_rows()
            comparison.drain()
            return comparison.verdict()
        finally:
            comparison.stop()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python test/compare", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="default: 60")
    parser.add_argument(
        "--rate", type=float, default=50, help="events a second of each table (default: 50)"
    )
    parser.add_argument(
        "--zoo-rate", type=float, default=30, help="changes a second of the zoo (default: 30)"
    )
    parser.add_argument(
        "--batch", type=int, default=3, help="events in one transaction (default: 3)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same number gives the same rows")
    parser.add_argument(
        "--no-schemas", dest="schemas", action="store_false", help="events without their schemas"
    )
    parser.add_argument(
        "--outflow",
        type=Path,
        default=REPOSITORY / "build/outflow",
        help="what compares (default: build/outflow)",
    )
    return parser.parse_args()


def main() -> int:
    options = parse_arguments()
    try:
        return 0 if run(options) else 1
    except (
        KafkaException,
        OSError,
        ProcessFailed,
        RuntimeError,
        subprocess.TimeoutExpired,
    ) as error:
        print(f"compare: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("compare: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
