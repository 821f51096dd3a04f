"""A comparison case: one SQL file, and the option sets that it runs with."""

import os
import re
import subprocess
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
CASES_DIRECTORY = _HERE / "cases"
_STREAM_MARK = "-- @stream\n"
_STEP_MARK = re.compile(r"^-- @(sync|restart)\n", re.M)


@dataclass(frozen=True)
class Case:
    """`setup` runs before the connectors start, the `steps` while they stream.

    Before a step both connectors have delivered the one before it: the reference reads defaults
    and keys from the live catalogue, so DDL must not overtake rows. The steps in `restarts` run
    while both are stopped. All of it runs in a schema named like the case, so its topics are
    PREFIX.NAME.*; `extra_topics` are further ones that only this case writes to, without the
    prefix, or with a slash before the whole name. It `needs` these extensions of the server. It
    `publishes` these objects where the option set creates the publications by hand.
    """

    name: str
    runs: tuple[str, ...]
    extra_topics: tuple[str, ...]
    needs: tuple[str, ...]
    setup: str
    steps: tuple[str, ...]
    restarts: frozenset[int] = frozenset()
    publishes: tuple[str, ...] = ()

    def topics(self, prefix: str) -> set[str]:
        """The extra topics, in full."""
        return {
            topic[1:] if topic.startswith("/") else f"{prefix}.{topic}"
            for topic in self.extra_topics
        }

    @property
    def is_runnable(self) -> bool:
        return all((_extensions() / f"{name}.control").exists() for name in self.needs)


@cache
def _extensions() -> Path:
    pg_config = os.environ.get("PG_CONFIG", "pg_config")
    shared = subprocess.check_output([pg_config, "--sharedir"], text=True).strip()
    return Path(shared) / "extension"


def _header(text: str, word: str) -> tuple[str, ...]:
    match = re.search(rf"^-- {word}:(.*)$", text, re.M)
    return tuple(match[1].replace(",", " ").split()) if match else ()


def _published(text: str) -> tuple[str, ...]:
    """One object of CREATE PUBLICATION a line."""
    return tuple(line.strip() for line in re.findall(r"^-- publishes:(.*)$", text, re.M))


def read_case(path: Path) -> Case:
    text = path.read_text()
    setup, mark, stream = text.partition(_STREAM_MARK)
    if not mark:
        raise ValueError(f"{path}: no line '{_STREAM_MARK.strip()}'")
    runs = _header(setup, "runs") or ("default",)
    if unknown := set(runs) - set(option_sets()):
        raise ValueError(f"{path}: no option set named {', '.join(unknown)}")
    first, *rest = _STEP_MARK.split(stream)
    steps = (first, *rest[1::2])
    restarts = frozenset(at for at, kind in enumerate(rest[::2], 1) if kind == "restart")
    topics, needs = _header(setup, "topics"), _header(setup, "needs")
    return Case(path.stem, runs, topics, needs, setup, steps, restarts, _published(setup))


def all_cases() -> list[Case]:
    return [read_case(path) for path in sorted(CASES_DIRECTORY.glob("*.sql"))]


def option_sets() -> dict[str, dict[str, str]]:
    """Connector options by name; both connectors get them."""
    return tomllib.loads((_HERE / "option_sets.toml").read_text())
