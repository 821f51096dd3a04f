"""What the figures were measured on."""

import os
import platform
import re
import subprocess
from pathlib import Path

from stack.java import broker_jdk, newest_jdk

from .build import REPOSITORY, postgres_version


def describe() -> dict[str, str]:
    return {
        "machine": f"{len(os.sched_getaffinity(0))} cores of {_cpu_model()}, "
        f"{_memory_gib():.0f} GiB, Linux {platform.release()}",
        "postgres": postgres_version(),
        "librdkafka": _librdkafka_version(),
        "kafka": _jar_version("broker", "kafka_2.13"),
        "connect": _jar_version("connect", "connect-runtime"),
        "debezium": _jar_version("plugins/debezium-connector-postgres", "debezium-connector-postgres"),
        "broker_jdk": _jdk_version(broker_jdk),
        "connect_jdk": _jdk_version(newest_jdk),
        "load_at_start": f"{os.getloadavg()[0]:.2f}",
    }


def _cpu_model() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    return found[1] if found else platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _librdkafka_version() -> str:
    """The system's, which the relay is linked with; the Python client has its own."""
    run = subprocess.run(["pkg-config", "--modversion", "rdkafka"], capture_output=True, text=True)
    return run.stdout.strip() or "unknown"


def _jar_version(directory: str, artifact: str) -> str:
    for jar in (REPOSITORY / "build/jars" / directory).glob(f"{artifact}-*.jar"):
        if found := re.fullmatch(re.escape(artifact) + r"-(\d.*)\.jar", jar.name):
            return found[1]
    return "absent"


def _jdk_version(find) -> str:
    try:
        release = (find() / "release").read_text()
    except RuntimeError:
        return "absent"
    return re.search(r'^JAVA_VERSION="(.+)"', release, re.M)[1]
