"""What the measured figures must keep. Ratios of one run, never absolute times."""

from dataclasses import dataclass
from statistics import median

from .delivery import Delivery
from .walsender import OUTFLOW, PGOUTPUT, WalsenderResult

CPU_RATIO = 0.5
CPU_RATIO_WORKLOADS = ("tx_100", "tx_1")
WALSENDER_EXTRA_MB = 16
RELAY_RSS_MB = 100


@dataclass(frozen=True)
class Gate:
    what: str
    measured: str
    passed: bool


def of_walsender(result: WalsenderResult) -> list[Gate]:
    gates = []
    if result.workload in CPU_RATIO_WORKLOADS and len(result.drains[OUTFLOW.name]) > 1:
        ratio = median(result.ratios(OUTFLOW.name, PGOUTPUT.name))
        gates.append(
            Gate(
                f"{result.workload}: walsender CPU per row <= {CPU_RATIO} x pgoutput binary",
                f"{ratio:.2f} x",
                ratio <= CPU_RATIO,
            )
        )
    extra = result.peak_mb(OUTFLOW.name) - result.peak_mb(PGOUTPUT.name)
    gates.append(
        Gate(
            f"{result.workload}: walsender memory within {WALSENDER_EXTRA_MB} MB of pgoutput's",
            f"{extra:+.1f} MB",
            extra <= WALSENDER_EXTRA_MB,
        )
    )
    return gates


def of_relay(runs: list[Delivery]) -> Gate:
    peak = max(max(run.peak_rss_mb, run.high_water_mb) for run in runs)
    return Gate(
        f"relay memory < {RELAY_RSS_MB} MB while {runs[0].rows:,} rows of"
        f" {runs[0].value_bytes:.0f} bytes stream",
        f"{peak:.1f} MB",
        peak < RELAY_RSS_MB,
    )
