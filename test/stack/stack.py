"""Which services run, in which directory, and how all of them end."""

import atexit
import json
import shutil
import signal
import tempfile
import threading
from pathlib import Path
from typing import Any

from .connect import Connect
from .kafka import Kafka
from .postgres import Postgres
from .process import stop_by_pid_file
from .zookeeper import ZooKeeper

_REPOSITORY = Path(__file__).resolve().parents[2]
_MARK = "stack.json"


class Stack:
    """A context manager; everything that it starts is stopped and removed at its end.

    with Stack(kafka=True) as stack:
        stack.postgres.psql("select 1"), stack.kafka.bootstrap

    Kafka brings ZooKeeper, Connect brings Kafka. The end also comes at interpreter exit and
    with SIGTERM, which is turned into KeyboardInterrupt. `detached` services outlive the
    interpreter; `stop_directory` ends them.
    """

    def __init__(
        self,
        *,
        postgres: bool | dict[str, Any] = True,
        kafka: bool | dict[str, Any] = False,
        connect: bool | dict[str, Any] = False,
        directory: Path | None = None,
        jars: Path | None = None,
        keep: bool = False,
        detached: bool = False,
    ):
        """A dictionary instead of True is handed to that service's class."""
        self._wanted = {"postgres": postgres, "kafka": kafka or bool(connect), "connect": connect}
        self._jars = jars or _REPOSITORY / "build/jars"
        self._keep = keep
        self._detached = detached
        self._services: list[Any] = []
        self.directory = _make_directory(directory)
        self.postgres: Postgres
        self.zookeeper: ZooKeeper
        self.kafka: Kafka
        self.connect: Connect

    def __enter__(self) -> "Stack":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Launches what does not depend on each other side by side, then waits."""
        if not self._detached:
            atexit.register(self.stop)
            _interrupt_on_sigterm()
        try:
            if self._wanted["kafka"]:
                self.zookeeper = self._launch(ZooKeeper, self._jars)
            if self._wanted["postgres"]:
                self.postgres = self._launch(Postgres, **_options(self._wanted["postgres"]))
            if self._wanted["kafka"]:
                self.zookeeper.wait_ready()
                self.kafka = self._launch(
                    Kafka, self._jars, self.zookeeper, **_options(self._wanted["kafka"])
                )
            for service in self._services:
                service.wait_ready()
            if self._wanted["connect"]:
                self.start_connect(**_options(self._wanted["connect"]))
        except BaseException:
            self.stop()
            raise
        (self.directory / _MARK).write_text(json.dumps(self.addresses(), indent=2) + "\n")

    def start_connect(self, **options: Any) -> Connect:
        self.connect = self._launch(Connect, self._jars, self.kafka, **options)
        self.connect.wait_ready()
        return self.connect

    def add_postgres(self, name: str, **options: Any) -> Postgres:
        """One more cluster, for tests that need other settings."""
        server = self._launch(Postgres, name=name, **options)
        server.wait_ready()
        return server

    def stop(self) -> None:
        atexit.unregister(self.stop)
        while self._services:
            service = self._services.pop()
            if self._keep:
                service.stop()
            else:
                service.process.discard()
        if not self._keep:
            shutil.rmtree(self.directory, ignore_errors=True)

    def addresses(self) -> dict[str, str]:
        found = {"directory": str(self.directory)}
        if hasattr(self, "postgres"):
            found |= {"postgres": self.postgres.dsn, "postgres_port": str(self.postgres.port)}
        if hasattr(self, "kafka"):
            found |= {"zookeeper": self.zookeeper.address, "kafka": self.kafka.bootstrap}
        if hasattr(self, "connect"):
            found |= {"connect": self.connect.url}
        return found

    def _launch(self, kind: type, *arguments: Any, **options: Any) -> Any:
        service = kind(self.directory, *arguments, detached=self._detached, **options)
        self._services.append(service)
        service.launch()
        return service


def stop_directory(directory: Path) -> None:
    """Ends and removes a detached stack."""
    if not (directory / _MARK).exists():
        raise FileNotFoundError(f"no stack in {directory}")
    pid_files = sorted(directory.rglob("*.pid"), key=lambda path: path.stat().st_mtime_ns)
    for path in reversed([path for path in pid_files if path.name != "postmaster.pid"]):
        stop_by_pid_file(path)
    shutil.rmtree(directory, ignore_errors=True)


def _make_directory(directory: Path | None) -> Path:
    if directory is None:
        directory = Path(tempfile.mkdtemp(prefix="outflow-stack-"))
    else:
        directory = directory.absolute()
        directory.mkdir(parents=True, exist_ok=True)
        if any(directory.iterdir()):
            raise FileExistsError(f"{directory} is not empty")
    directory.chmod(0o755)  # the server's user goes through it
    return directory


def _options(wanted: bool | dict[str, Any]) -> dict[str, Any]:
    return wanted if isinstance(wanted, dict) else {}


def _interrupt_on_sigterm() -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt("SIGTERM")

    in_main_thread = threading.current_thread() is threading.main_thread()
    if in_main_thread and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, interrupt)
