"""One PostgreSQL cluster ready for logical decoding."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any, Mapping

from .ports import free_port
from .process import Process, ProcessFailed

# Kernel limit of a Unix socket's path, less the server's own file name.
_LONGEST_SOCKET_DIRECTORY = 107 - len("/.s.PGSQL.65535")

_STOP_SIGNALS = {
    "smart": signal.SIGTERM,
    "fast": signal.SIGINT,
    "immediate": signal.SIGQUIT,
}


class Postgres:
    """Superuser `postgres`, trust on loopback; the server never runs as root.

    `allow_plugin` puts outflow on the list of output plugins where the server has such a list.
    """

    user = "postgres"

    def __init__(
        self,
        directory: Path,
        *,
        settings: Mapping[str, object] | None = None,
        allow_plugin: bool = True,
        fsync: bool = False,
        name: str = "postgres",
        detached: bool = False,
    ):
        self.bindir = _bindir()
        self.port = free_port()
        self._directory = directory / name
        self._data = self._directory / "data"
        self._sockets = self._directory / "socket"
        self._os_user = "postgres" if os.getuid() == 0 else None
        if len(str(self._sockets)) > _LONGEST_SOCKET_DIRECTORY:
            raise ValueError(f"path too long for a Unix socket: {self._sockets}")
        self._make_directories()
        self._initdb()
        self._settings: dict[str, object] = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self._sockets,
            "wal_level": "logical",
            "max_replication_slots": 20,
            "max_wal_senders": 20,
            "max_connections": 100,
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not fsync:
            self._settings |= {"fsync": "off", "full_page_writes": "off"}
        if allow_plugin and self.has_plugin_list():
            self._settings["output_plugin_libraries"] = ["pgoutput", "test_decoding", "outflow"]
        self._settings |= settings or {}
        self._write_settings()
        self.process = Process(
            name,
            [str(self.bindir / "postgres"), "-D", str(self._data)],
            self._directory,
            user=self._os_user,
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGQUIT,
            detached=detached,
        )

    # -- life

    def launch(self) -> None:
        self.process.start()

    def wait_ready(self) -> None:
        self.process.wait_ready(self._accepts)

    def start(self) -> None:
        self.launch()
        self.wait_ready()

    def stop(self, mode: str = "fast", seconds: float = 60) -> None:
        self.process.stop(_STOP_SIGNALS[mode], seconds)

    def restart(self, mode: str = "fast") -> None:
        self.stop(mode)
        self.start()

    def crash(self) -> None:
        """Stops without a shutdown checkpoint; start() then recovers."""
        self.stop("immediate")

    def set(self, **settings: object) -> None:
        """Changes settings for the next start."""
        self._settings |= settings
        self._write_settings()

    # -- use

    @property
    def dsn(self) -> str:
        return self.dsn_of("postgres")

    def dsn_of(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user={self.user} dbname={database}"

    def psql(self, sql: str, database: str = "postgres") -> str:
        """Runs SQL statement by statement; rows as unaligned text without headers."""
        run = subprocess.run(
            [self.bindir / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.dsn_of(database)],
            input=sql,
            capture_output=True,
            text=True,
        )
        if run.returncode != 0:
            raise RuntimeError(f"psql: {run.stderr.strip()}")
        return run.stdout.rstrip("\n")

    def connect(self, database: str = "postgres", **options: Any):
        """A psycopg2 connection in autocommit mode."""
        import psycopg2

        connection = psycopg2.connect(self.dsn_of(database), **options)
        connection.autocommit = True
        return connection

    def has_plugin_list(self) -> bool:
        """Whether this minor release knows output_plugin_libraries; older ones refuse it."""
        known = subprocess.run(
            [self.bindir / "postgres", "--describe-config"],
            capture_output=True,
            text=True,
            user=self._os_user,
            group=self._os_user,
            cwd="/",
        )
        return "output_plugin_libraries" in known.stdout

    # -- making the cluster

    def _make_directories(self) -> None:
        for path in (self._directory, self._sockets):
            path.mkdir(parents=True, exist_ok=True)
            if self._os_user:
                shutil.chown(path, self._os_user, self._os_user)
        if self._os_user:
            closed = [str(path) for path in self._directory.parents if not path.stat().st_mode & 1]
            if closed:
                raise PermissionError(f"user {self._os_user} cannot enter {closed[0]}")

    def _initdb(self) -> None:
        run = subprocess.run(
            [
                self.bindir / "initdb",
                f"--pgdata={self._data}",
                "--username=postgres",
                "--auth=trust",
                "--locale=C.UTF-8",
                "--encoding=UTF8",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            user=self._os_user,
            group=self._os_user,
            extra_groups=[] if self._os_user else None,
            cwd=self._directory,
        )
        if run.returncode != 0:
            raise ProcessFailed(f"initdb failed\n{run.stdout}{run.stderr}")
        with open(self._data / "postgresql.conf", "a") as config:
            config.write("include 'outflow.conf'\n")

    def _write_settings(self) -> None:
        path = self._data / "outflow.conf"
        path.write_text("".join(f"{key} = {_value(v)}\n" for key, v in self._settings.items()))

    def _accepts(self) -> bool:
        return (
            subprocess.run(
                [self.bindir / "pg_isready", "-q", "-d", self.dsn], stdout=subprocess.DEVNULL
            ).returncode
            == 0
        )


def _value(value: object) -> str:
    # A list stays unquoted: the server takes one quoted string as a single name. In the file
    # several names need quotes around all of them, though, and there they are split.
    if isinstance(value, (list, tuple)):
        value = ", ".join(value)
    return "'" + str(value).replace("'", "''") + "'"


def _bindir() -> Path:
    command = os.environ.get("PG_CONFIG", "pg_config")
    try:
        return Path(subprocess.check_output([command, "--bindir"], text=True).strip())
    except FileNotFoundError:
        raise RuntimeError(f"{command} not found: run `make deps` or set PG_CONFIG") from None
