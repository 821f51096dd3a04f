"""make bench: what Outflow costs, beside pgoutput and Debezium on the same WAL.

Prints a table for each part and ends with PASS and FAIL lines; exit 1 when one fails. Everything
it starts is private and removed at the end.
"""

import argparse
import json
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import gates, machine, report, walsender  # noqa: E402
from bench.build import build  # noqa: E402
from bench.debezium import HEAP, Debezium  # noqa: E402
from bench.delivery import Delivery, Rival, deliver  # noqa: E402
from bench.outflow import Outflow  # noqa: E402
from bench.source import Source  # noqa: E402
from bench.workloads import WORKLOADS  # noqa: E402
from stack import Stack  # noqa: E402

PARTS = ("walsender", "memory", "kafka", "debezium")
DELIVERED = "tx_100"
# Decoding holds a transaction in memory up to logical_decoding_work_mem: the most a walsender needs.
LARGE_TRANSACTION = "tx_bulk"


class Bench:
    """One run, in the order of its methods."""

    def __init__(self, options: argparse.Namespace, resources: ExitStack):
        self.options = options
        self.resources = resources
        self.directory = resources.enter_context(Stack(postgres=False)).directory
        self.kept: Source | None = None  # the source of the deliveries, when it is loaded already
        self.gates: list[gates.Gate] = []
        self.record: dict[str, object] = {}

    def run(self) -> None:
        parts = self.options.parts
        self.show_machine()
        if "walsender" in parts:
            for name in self.options.workloads:
                self.measure_walsender(name)
        if "memory" in parts:
            self.measure_memory()
        if "kafka" in parts or "debezium" in parts:
            self.measure_delivery()

    def show_machine(self) -> None:
        facts = machine.describe()
        self.record["machine"] = facts
        show(report.machine(facts))

    def measure_walsender(self, name: str) -> None:
        source = self.load(name)
        self.report_walsender(walsender.measure(source, self.options.rounds))
        if name == DELIVERED:
            self.kept = source
        else:
            source.stop()

    def measure_memory(self) -> None:
        source = self.load(LARGE_TRANSACTION)
        rivals = (walsender.OUTFLOW, walsender.PGOUTPUT)
        self.report_walsender(walsender.measure(source, 1, rivals), key="memory")
        source.stop()

    def measure_delivery(self) -> None:
        with_debezium = "debezium" in self.options.parts
        source = self.kept or self.load(DELIVERED)
        connect = {"heap": HEAP} if with_debezium else False
        stack = self.resources.enter_context(
            Stack(postgres=False, kafka={"heap": "1g"}, connect=connect)
        )
        rivals: list[Rival] = []
        if "kafka" in self.options.parts:
            rivals.append(Outflow(stack.directory, stack.kafka, self.options.set))
        if with_debezium:
            rivals.append(Debezium(stack.connect))
        for rival in rivals:
            say(f"{rival.name}, warming up")
            deliver(rival, source, stack.kafka, 0)
        runs: dict[str, list[Delivery]] = {rival.name: [] for rival in rivals}
        for number in range(1, self.options.delivery_rounds + 1):
            for rival in rivals if number % 2 else reversed(rivals):
                say(f"{rival.name}, round {number}")
                runs[rival.name].append(deliver(rival, source, stack.kafka, number))
        source.check_wal_is_unchanged()
        self.report_delivery(runs)

    def load(self, name: str) -> Source:
        workload = WORKLOADS[name]
        say(f"loading {workload.rows(self.options.rows):,} rows of {name}")
        source = Source(self.directory, workload, self.options.rows)
        self.resources.callback(source.stop)
        return source

    def report_walsender(self, result: walsender.WalsenderResult, key: str = "walsender") -> None:
        self.record.setdefault(key, {})[result.workload] = asdict(result)
        self.gates += gates.of_walsender(result)
        show(report.walsender(result))

    def report_delivery(self, runs: dict[str, list[Delivery]]) -> None:
        self.record["delivery"] = {name: [asdict(run) for run in of] for name, of in runs.items()}
        show(report.delivery(DELIVERED, runs))
        ours, theirs = runs.get(Outflow.name), runs.get(Debezium.name)
        if ours and theirs:
            show(report.rivals(ours, theirs))
        if ours:
            self.gates.append(gates.of_relay(ours))


def say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def show(text: str) -> None:
    print(text + "\n", flush=True)


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python test/bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )

    def names(known: tuple[str, ...]):
        def parse_names(text: str) -> list[str]:
            chosen = text.split(",")
            if unknown := set(chosen) - set(known):
                raise argparse.ArgumentTypeError(
                    f"no {', '.join(sorted(unknown))}; there is {', '.join(known)}"
                )
            return chosen

        return parse_names

    parser.add_argument("--quick", action="store_true", help="100,000 rows, few rounds")
    parser.add_argument("--rounds", type=int, help="of the walsender part (5)")
    parser.add_argument("--delivery-rounds", type=int, help="of the Kafka parts (3)")
    parser.add_argument("--rows", type=int, help="of a workload, at most (1,000,000)")
    parser.add_argument(
        "--workloads",
        type=names(tuple(WORKLOADS)),
        default=["tx_1", "tx_100"],
        help=f"of {','.join(WORKLOADS)} (tx_1,tx_100)",
    )
    parser.add_argument(
        "--parts", type=names(PARTS), default=list(PARTS), help=f"of {','.join(PARTS)} (all)"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a property for the relay"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="every single figure")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (2 if options.quick else 5)
    options.delivery_rounds = options.delivery_rounds or (1 if options.quick else 3)
    options.rows = options.rows or (100_000 if options.quick else 1_000_000)
    return options


def main() -> int:
    options = parse()
    begun = time.monotonic()
    try:
        build()
        with ExitStack() as resources:
            bench = Bench(options, resources)
            bench.run()
    except (OSError, RuntimeError, ValueError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    for gate in bench.gates:
        print(report.gate(gate))
    print(f"measured in {time.monotonic() - begun:.0f} s")
    if options.json:
        record = bench.record | {"gates": [asdict(gate) for gate in bench.gates]}
        options.json.write_text(json.dumps(record, indent=2) + "\n")
    return 0 if all(gate.passed for gate in bench.gates) else 1


if __name__ == "__main__":
    sys.exit(main())
