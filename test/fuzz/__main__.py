"""make fuzz-compare: random schemas, options and changes through Debezium and Outflow.

The same seed makes the same rounds. Exit code 1 on any difference.
"""

import argparse
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(REPOSITORY / directory) for directory in ("test", "test/integration")]

from compare.case import Case  # noqa: E402
from compare.run import run_pair  # noqa: E402
from fuzz.judge import Finding, judge  # noqa: E402
from fuzz.kinds import Options  # noqa: E402
from fuzz.round import make_round, options_of_group  # noqa: E402
from stack import Stack  # noqa: E402

CASES = REPOSITORY / "build/fuzz"
_SHOWN_SQL = 400


def main() -> int:
    options = parse_arguments()
    with Stack(postgres=True, connect=True) as stack:
        run = Run(stack, options)
        for group in run.groups():
            run.compare(group)
    print(run.verdict(), flush=True)
    return 0 if run.is_identical else 1


class Run:
    def __init__(self, stack: Stack, options: argparse.Namespace):
        self._stack = stack
        self._seed = options.seed
        self._size = options.group
        self._rounds = [options.round] if options.round is not None else range(options.rounds)
        self._events = 0
        self._differing: set[int | None] = set()
        self._failed = 0

    def groups(self) -> list[int]:
        return sorted({number // self._size for number in self._rounds})

    @property
    def is_identical(self) -> bool:
        return not self._differing and not self._failed

    def compare(self, group: int) -> None:
        """The rounds of a group have their options and their two connectors in common."""
        started = time.monotonic()
        options = options_of_group(self._seed, group)
        numbers = [number for number in self._rounds if number // self._size == group]
        these = f"rounds {numbers[0]} to {numbers[-1]}"
        print(f"fuzz-compare: {these} with {_shown(options)}", flush=True)
        cases = {number: make_round(self._seed, number, options) for number in numbers}
        for case in cases.values():
            write_case(self._seed, case, options)
        try:
            pair = run_pair(self._stack, self._stack.directory, list(cases.values()), options)
        except Exception as error:
            self._failed += 1
            print(f"fuzz-compare: {these} failed: {error}", flush=True)
            return
        judgement = judge(pair, options)
        for number, case in cases.items():
            found = [finding for finding in judgement.findings if finding.round == number]
            count = judgement.events.get(number, 0)
            state = "identical" if not found else f"{len(found)} topics differ"
            print(f"fuzz-compare: round {number}: {count} events, {state}", flush=True)
            self._show(found, case)
        self._show([finding for finding in judgement.findings if finding.round is None], None)
        self._events += sum(judgement.events.values())
        self._differing |= {finding.round for finding in judgement.findings}
        print(f"fuzz-compare: these took {time.monotonic() - started:.0f} s", flush=True)

    def _show(self, findings: list[Finding], case: Case | None) -> None:
        for finding in findings:
            print(f"fuzz-compare: seed {self._seed}, round {finding.round}: {finding.text}")
        if findings and case is not None:
            print(f"fuzz-compare: SQL of the round, also in {path_of(self._seed, case)}:")
            for line in "".join((case.setup, *case.steps)).splitlines():
                print("    " + line[:_SHOWN_SQL])

    def verdict(self) -> str:
        state = "identical" if self.is_identical else f"{len(self._differing)} rounds differ"
        if self._failed:
            state += f", {self._failed} groups failed"
        counts = f"{len(self._rounds)} rounds, {self._events} events"
        return f"fuzz-compare: seed {self._seed}, {counts}: {state}"


def _shown(options: Options) -> str:
    return ", ".join(f"{name}={value}" for name, value in options.items()) or "defaults"


def path_of(seed: int, case: Case) -> Path:
    return CASES / f"seed_{seed}_{case.name}.sql"


def write_case(seed: int, case: Case, options: Options) -> None:
    """A file that compare/cases would take; its schema is the name of the round."""
    CASES.mkdir(parents=True, exist_ok=True)
    head = f"-- fuzz-compare, seed {seed}: {_shown(options)}\n\n"
    steps = "-- @sync\n".join(case.steps)
    path_of(seed, case).write_text(f"{head}{case.setup}-- @stream\n{steps}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python test/fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default: 1")
    parser.add_argument("--rounds", type=int, default=200, metavar="N", help="default: 200")
    parser.add_argument("--round", type=int, metavar="N", help="only this one")
    parser.add_argument(
        "--group", type=int, default=25, metavar="N", help="rounds of one pair of connectors"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
