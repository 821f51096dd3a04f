"""The printed report: tables of medians with their ranges."""

from statistics import median
from typing import Callable, Sequence

from .delivery import Delivery
from .gates import Gate
from .walsender import NULL, PGOUTPUT, Drain, WalsenderResult


def machine(facts: dict[str, str]) -> str:
    return (
        f"{facts['machine']}\n"
        f"PostgreSQL {facts['postgres']}, librdkafka {facts['librdkafka']}, "
        f"Kafka {facts['kafka']} (JDK {facts['broker_jdk']}), Debezium {facts['debezium']} on "
        f"Connect {facts['connect']} (JDK {facts['connect_jdk']})\n"
        f"load average at the start {facts['load_at_start']}"
        + (" - the machine is not quiet: trust the ratios only" if _is_busy(facts) else "")
    )


def walsender(result: WalsenderResult) -> str:
    rounds = len(next(iter(result.drains.values())))
    title = f"Walsender, {result.workload}: {result.rows:,} rows, {_count(rounds, 'round')}"
    columns = ["", "CPU us/row", "/ null", "/ pgoutput"]
    columns += ["rows/s", "messages/row", "bytes/row", "peak MB"]
    rows = [_walsender_row(result, name, drains) for name, drains in result.drains.items()]
    return aligned(title, columns, rows)


def delivery(workload: str, runs: dict[str, list[Delivery]]) -> str:
    rows, rounds = 0, 0
    for of_rival in runs.values():
        rows, rounds = of_rival[0].rows, len(of_rival)
    title = f"Into Kafka, {workload}: {rows:,} rows, one partition, {_count(rounds, 'round')}"
    columns = [""] + list(runs)
    figures: list[tuple[str, Callable[[Delivery], float], str]] = [
        ("rows/s", lambda run: run.rows_per_s, ",.0f"),
        ("first record after s", lambda run: run.first_record_s, ".2f"),
        ("CPU us/row", lambda run: run.own_us_per_row, ".1f"),
        ("  relay or Connect worker", lambda run: run.rival_us_per_row, ".1f"),
        ("  broker", lambda run: run.broker_us_per_row, ".1f"),
        ("  walsender", lambda run: run.walsender_us_per_row, ".1f"),
        ("whole machine's CPU us/row", lambda run: run.machine_us_per_row, ".1f"),
        ("memory, sampled MB", lambda run: run.peak_rss_mb, ",.0f"),
        ("memory, VmHWM MB", lambda run: run.high_water_mb, ",.0f"),
        ("walsender memory MB", lambda run: run.walsender_private_mb, ".1f"),
        ("value bytes", lambda run: run.value_bytes, ".0f"),
    ]
    table = [
        [label] + [spread([of(run) for run in of_rival], form) for of_rival in runs.values()]
        for label, of, form in figures
    ]
    return aligned(title, columns, table)


def rivals(ours: Sequence[Delivery], theirs: Sequence[Delivery]) -> str:
    rate = [one.rows_per_s / other.rows_per_s for one, other in zip(ours, theirs)]
    cpu = [one.own_us_per_row / other.own_us_per_row for one, other in zip(ours, theirs)]
    return (
        f"Outflow / Debezium (strong), pair by pair: rows/s {spread(rate, '.2f')},"
        f" CPU per row {spread(cpu, '.2f')}"
    )


def gate(gate: Gate) -> str:
    return f"{'PASS' if gate.passed else 'FAIL'}  {gate.what}: {gate.measured}"


def _walsender_row(result: WalsenderResult, name: str, drains: list[Drain]) -> list[str]:
    def ratio(base: str) -> str:
        if name == base or base not in result.drains:
            return ""
        return spread(result.ratios(name, base), ".2f")

    sends = any(drain.messages_per_row for drain in drains)
    return [
        name,
        spread([drain.cpu_us_per_row for drain in drains], ".2f"),
        ratio(NULL.name),
        ratio(PGOUTPUT.name),
        f"{median(drain.rows_per_s for drain in drains):,.0f}",
        f"{median(drain.messages_per_row for drain in drains):.4f}" if sends else "",
        f"{median(drain.bytes_per_row for drain in drains):.0f}" if sends else "",
        f"{max(drain.private_mb for drain in drains):.1f}",
    ]


def spread(values: Sequence[float], form: str) -> str:
    """median [least most]; the range only where it shows."""
    middle, least, most = (format(of(values), form) for of in (median, min, max))
    return middle if least == most else f"{middle} [{least} {most}]"


def aligned(title: str, columns: list[str], rows: list[list[str]]) -> str:
    table = [columns] + rows
    widths = [max(len(row[i]) for row in table) for i in range(len(columns))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        ).rstrip()
        for row in table
    ]
    lines.insert(1, "-" * max(len(line) for line in lines))
    return "\n".join([title, "", *lines])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("s" if number != 1 else "")


def _is_busy(facts: dict[str, str]) -> bool:
    return float(facts["load_at_start"]) > 0.5
