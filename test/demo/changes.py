"""The generator (docker/generator) as a process, and what it says it has done."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from stack import Stack
from stack.process import Process, ProcessFailed

_GENERATOR = Path(__file__).resolve().parents[2] / "docker/generator"


@dataclass(frozen=True)
class Changes:
    inserted: int
    updated: int
    deleted: int

    @property
    def events(self) -> int:
        """Without tombstones."""
        return self.inserted + self.updated + self.deleted


def start_generator(
    stack: Stack, variant: str, database: str, seed: int, *arguments: str, name: str = "generator"
) -> Process:
    process = Process(
        name,
        [
            sys.executable,
            str(_GENERATOR),
            f"--variant={variant}",
            f"--seed={seed}",
            f"--dsn={stack.postgres.dsn_of(database)}",
            *arguments,
        ],
        stack.directory,
    )
    process.start()
    return process


def changes_of(generator: Process) -> Changes:
    """From the last line of one that has ended."""
    counts = re.findall(
        r"([\d,]+) (?:rows inserted|updated|deleted)", (generator.log().splitlines() or [""])[-1]
    )
    if generator.returncode != 0 or len(counts) != 3:
        raise ProcessFailed(f"the generator failed\n{generator.log_tail()}")
    return Changes(*(int(count.replace(",", "")) for count in counts))
