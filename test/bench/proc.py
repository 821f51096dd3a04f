"""CPU time and memory of processes and of the machine, from /proc."""

import os
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """Run time of all threads, also of those that have ended; 0 for a process that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S


def memory_mb(pid: int) -> dict[str, float]:
    """VmHWM, VmRSS, RssAnon …; empty for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split(":") for line in lines if line.endswith(" kB"))
    return {name: int(value.split()[0]) / 1024 for name, value in pairs}


def machine_busy_s() -> float:
    """CPU seconds of everything on the machine since its start."""
    user, nice, system, _idle, _iowait, irq, softirq = (
        int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:8]
    )
    return (user + nice + system + irq + softirq) / _TICKS_PER_S


class Watch:
    """Of one process up to the last sample; it may have ended by then.

    CPU counts from now on, or with `whole_life` from the start of the process.
    """

    def __init__(self, pid: int, whole_life: bool = False):
        self.pid = pid
        self._cpu_before = 0.0 if whole_life else cpu_s(pid)
        self.cpu_s = 0.0
        self.peak_rss_mb = 0.0
        self.peak_private_mb = 0.0
        self.high_water_mb = 0.0
        self.sample()

    def sample(self) -> None:
        memory = memory_mb(self.pid)
        if "VmRSS" not in memory:  # gone, or a zombie: what was seen last stays
            return
        self.cpu_s = max(self.cpu_s, cpu_s(self.pid) - self._cpu_before)
        self.peak_rss_mb = max(self.peak_rss_mb, memory["VmRSS"])
        self.peak_private_mb = max(self.peak_private_mb, memory["RssAnon"])
        self.high_water_mb = max(self.high_water_mb, memory["VmHWM"])
