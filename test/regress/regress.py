"""Runs pg_regress over sql/*.sql on a private PostgreSQL; setup.sql first, the rest by name."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from stack import Stack  # noqa: E402


def pg_regress() -> Path:
    pg_config = os.environ.get("PG_CONFIG", "pg_config")
    pgxs = subprocess.check_output([pg_config, "--pgxs"], text=True).strip()
    return Path(pgxs).parents[1] / "test/regress/pg_regress"


def topics() -> list[str]:
    names = sorted(path.stem for path in (HERE / "sql").glob("*.sql"))
    names.remove("setup")
    return ["setup", *names]


def main() -> int:
    output = HERE.parents[1] / "build/regress"
    output.mkdir(parents=True, exist_ok=True)
    with Stack(postgres=True) as stack:
        server = stack.postgres
        command = [
            str(pg_regress()),
            f"--inputdir={HERE}",
            f"--outputdir={output}",
            "--host=127.0.0.1",
            f"--port={server.port}",
            f"--user={server.user}",
            "--dbname=regress",
            "--encoding=UTF8",
            *(sys.argv[1:] or topics()),
        ]
        code = subprocess.run(command).returncode
    if code:
        diffs = output / "regression.diffs"
        if diffs.exists():
            print(diffs.read_text(errors="replace")[:20000])
    return code


if __name__ == "__main__":
    sys.exit(main())
