"""What decoding costs the walsender: the same WAL through several plugins, in turn."""

import json
import os
import subprocess
from dataclasses import dataclass, field

from .build import DRAIN, NULL_PLUGIN
from .source import PUBLICATION, Source


@dataclass(frozen=True)
class Configuration:
    name: str
    plugin: str
    counts: str  # how drain counts rows; it cannot count what sends nothing
    options: dict[str, str]


NULL = Configuration("null", NULL_PLUGIN, "nothing", {})
# What the relay sends for Debezium's defaults with schemas off.
OUTFLOW = Configuration(
    "outflow",
    "outflow",
    "chunks",
    {
        "format": "chunks",
        "topic.prefix": "bench",
        "publication.name": PUBLICATION,
        "key.converter.schemas.enable": "false",
        "value.converter.schemas.enable": "false",
    },
)
PGOUTPUT = Configuration(
    "pgoutput binary",
    "pgoutput",
    "pgoutput",
    {"proto_version": "1", "publication_names": PUBLICATION, "binary": "true"},
)
CONFIGURATIONS = (NULL, OUTFLOW, PGOUTPUT)


@dataclass(frozen=True)
class Drain:
    """One drain; `rows` are those that were counted, or the workload's where none are sent."""

    rows: int
    cpu_us_per_row: float
    rows_per_s: float
    messages_per_row: float
    bytes_per_row: float
    private_mb: float  # peak of the walsender's own memory
    high_water_mb: float  # with the shared buffers that it touched


@dataclass
class WalsenderResult:
    """`drains[name][round]`; one round is one pair."""

    workload: str
    rows: int
    drains: dict[str, list[Drain]] = field(default_factory=dict)

    def ratios(self, name: str, base: str) -> list[float]:
        """Of CPU per row, pair by pair."""
        return [
            one.cpu_us_per_row / other.cpu_us_per_row
            for one, other in zip(self.drains[name], self.drains[base])
        ]

    def peak_mb(self, name: str) -> float:
        return max(drain.private_mb for drain in self.drains[name])


def measure(
    source: Source, rounds: int, configurations: tuple[Configuration, ...] = CONFIGURATIONS
) -> WalsenderResult:
    result = WalsenderResult(source.workload.name, source.rows)
    for number in range(rounds):
        # Nobody is always the first of a round.
        first = number % len(configurations)
        for configuration in configurations[first:] + configurations[:first]:
            drain = drain_once(source, configuration)
            result.drains.setdefault(configuration.name, []).append(drain)
    source.check_wal_is_unchanged()
    return result


def drain_once(source: Source, configuration: Configuration) -> Drain:
    with source.slot("drain", configuration.plugin) as slot:
        raw = _run_drain(source, slot, configuration)
    rows = raw["rows"] if configuration.counts != "nothing" else source.rows
    if rows != source.rows:
        raise RuntimeError(
            f"{configuration.name} sent {rows} rows of {source.workload.name}, not {source.rows}"
        )
    return Drain(
        rows=rows,
        cpu_us_per_row=raw["cpu_ns"] / 1000 / rows,
        rows_per_s=rows / raw["wall_s"],
        messages_per_row=raw["messages"] / rows,
        bytes_per_row=raw["bytes"] / rows,
        private_mb=raw["private_kb"] / 1024,
        high_water_mb=raw["high_water_kb"] / 1024,
    )


def _run_drain(source: Source, slot: str, configuration: Configuration) -> dict[str, float]:
    command = [
        str(DRAIN),
        *("--dsn", source.server.dsn),
        *("--slot", slot),
        *("--until", source.end_lsn),
        *("--count", configuration.counts),
    ]
    cpus = sorted(os.sched_getaffinity(0))
    if len(cpus) > 1:
        command += ["--cpus", f"{cpus[0]},{cpus[1]}"]
    for name, value in configuration.options.items():
        command += ["--option", f"{name}={value}"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if run.returncode != 0:
        raise RuntimeError(f"{configuration.name} on {source.workload.name}: {run.stderr.strip()}")
    return json.loads(run.stdout)
