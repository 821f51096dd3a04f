"""The benchmark's own programs, built on demand into build/bench."""

import os
import subprocess
from pathlib import Path

_HERE = Path(__file__).resolve().parent
REPOSITORY = _HERE.parents[1]
OUT = REPOSITORY / "build/bench"

DRAIN = OUT / "drain"
NULL_PLUGIN = "outflow_null"


def build() -> None:
    run = subprocess.run(["make", "-C", str(_HERE)], capture_output=True, text=True)
    if run.returncode != 0:
        raise RuntimeError(f"make -C {_HERE} failed\n{run.stdout}{run.stderr}")


def pg_config(question: str) -> str:
    command = os.environ.get("PG_CONFIG", "pg_config")
    return subprocess.check_output([command, question], text=True).strip()


def postgres_version() -> str:
    return pg_config("--version").split()[1]


def null_plugin_file() -> Path:
    major = postgres_version().split(".")[0]
    return OUT / f"pg{major}/{NULL_PLUGIN}.so"
