"""The golden files: SET/CASE.jsonl beside this, what Debezium wrote for a comparison case under an
option set. The first line says which Debezium, and of which case."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from compare.case import CASES_DIRECTORY, Case, option_sets, read_case

HERE = Path(__file__).resolve().parent

# What makes other rows each time.
_BY_CHANCE = re.compile(r"\b(now|random|gen_random_uuid|clock_timestamp)\(|\b(current|local)_?time")
# Also the list of the sets that it runs with. The marks of its steps are none.
_REMARK = re.compile(r"^--(?! @).*\n", re.M)


@dataclass(frozen=True)
class Golden:
    """`SET-CASE`, as the comparison's tests are called."""

    options_name: str
    case_name: str

    @property
    def name(self) -> str:
        return f"{self.options_name}-{self.case_name}"

    @property
    def path(self) -> Path:
        return HERE / self.options_name / f"{self.case_name}.jsonl"

    @cached_property
    def case(self) -> Case:
        return read_case(CASES_DIRECTORY / f"{self.case_name}.sql")

    @cached_property
    def text(self) -> str:
        return (CASES_DIRECTORY / f"{self.case_name}.sql").read_text()

    @property
    def source(self) -> str:
        """Of the case's SQL and its options; another one when they were changed."""
        sql = _REMARK.sub("", self.text)
        options = json.dumps(option_sets()[self.options_name], sort_keys=True)
        return hashlib.sha256((sql + options).encode()).hexdigest()[:16]

    def read(self) -> tuple[dict[str, str], list[bytes]]:
        first, *lines = self.path.read_bytes().split(b"\n")[:-1]
        return json.loads(first)["captured"], lines

    def write(self, origin: dict[str, str], lines: list[bytes]) -> None:
        head = json.dumps({"captured": origin | {"case": self.source}}, separators=(",", ":"))
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_bytes(b"\n".join([head.encode(), *lines]) + b"\n")


# Tables before and behind all others, so that no case has the first or the last row of the
# snapshot, whichever cases run together.
_ENDS = "create table t(a int primary key); insert into t values (1);"
FRAME = tuple(Case(name, (), (), (), _ENDS, ("",)) for name in ("aa_head", "zz_tail"))


def parse(name: str) -> Golden:
    """Raises ValueError when the case does not run with the set."""
    options_name, _, case_name = name.partition("-")
    golden = Golden(options_name, case_name)
    if not (CASES_DIRECTORY / f"{case_name}.sql").exists():
        raise ValueError(f"{name}: there is no case {case_name}")
    if options_name not in golden.case.runs:
        raise ValueError(f"{name}: the case does not run with {options_name}")
    if golden.case.restarts or golden.case.needs or _BY_CHANCE.search(golden.text):
        raise ValueError(
            f"{name}: a case with restarts, with rows of the clock or of chance, or with extensions"
            " that not every server has, has no golden"
        )
    return golden


def all_goldens() -> list[Golden]:
    return [Golden(path.parent.name, path.stem) for path in sorted(HERE.glob("*/*.jsonl"))]


def by_options(goldens: list[Golden]) -> dict[str, list[Golden]]:
    sets: dict[str, list[Golden]] = {}
    for golden in goldens:
        sets.setdefault(golden.options_name, []).append(golden)
    return sets


def of_case(topic: str, prefix: str, case: Case) -> bool:
    return topic.startswith(f"{prefix}.{case.name}.") or topic in case.topics(prefix)
