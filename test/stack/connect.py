"""One distributed Connect worker with the Debezium connector."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from .deadline import wait_until
from .java import command_line, newest_jdk, write_properties
from .kafka import Kafka
from .ports import free_port
from .process import Process

# log4j 2 syntax: Connect 4.x.
_LOG_SETTINGS = {
    "rootLogger.level": "INFO",
    "rootLogger.appenderRef.out.ref": "out",
    "appender.out.type": "Console",
    "appender.out.name": "out",
    "appender.out.layout.type": "PatternLayout",
    "appender.out.layout.pattern": "%d %p %m (%c)%n%ex",
}


class ConnectorFailed(RuntimeError):
    """The connector or its task is FAILED; carries the trace."""


class Connect:
    """Runs on the newest JDK: the text of floating-point numbers changed in 19."""

    def __init__(
        self,
        directory: Path,
        jars: Path,
        kafka: Kafka,
        *,
        heap: str = "768m",
        exactly_once: bool = False,
        settings: dict[str, object] | None = None,
        detached: bool = False,
    ):
        directory.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        storage = {
            f"{kind}.storage.{key}": value
            for kind in ("config", "offset", "status")
            for key, value in (("topic", f"connect-{kind}"), ("replication.factor", 1))
        }
        config = write_properties(
            directory / "connect.properties",
            {
                "bootstrap.servers": kafka.bootstrap,
                "group.id": "connect",
                "listeners": f"HTTP://127.0.0.1:{self.port}",
                "rest.advertised.host.name": "127.0.0.1",
                "plugin.path": jars / "plugins",
                "plugin.discovery": "service_load",
                "key.converter": "org.apache.kafka.connect.json.JsonConverter",
                "value.converter": "org.apache.kafka.connect.json.JsonConverter",
                **storage,
                "offset.storage.partitions": 1,
                "status.storage.partitions": 1,
                "scheduled.rebalance.max.delay.ms": 0,
                "exactly.once.source.support": "enabled" if exactly_once else "disabled",
                "connector.client.config.override.policy": "All",
                **(settings or {}),
            },
        )
        log_config = write_properties(directory / "connect-log4j2.properties", _LOG_SETTINGS)
        self.process = Process(
            "connect",
            command_line(
                newest_jdk(),
                heap,
                jars / "connect",
                "org.apache.kafka.connect.cli.ConnectDistributed",
                config,
                f"-Dlog4j2.configurationFile={log_config}",
            ),
            directory,
            detached=detached,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def launch(self) -> None:
        self.process.start()

    def wait_ready(self) -> None:
        self.process.wait_ready(self._answers)

    def stop(self) -> None:
        self.process.stop(seconds=10)

    # -- connectors

    def create(self, name: str, config: dict[str, object], seconds: float = 60) -> None:
        """Creates or changes a connector; returns when it and its task run."""
        self._call("PUT", f"/connectors/{name}/config", {k: str(v) for k, v in config.items()})
        wait_until(lambda: self._runs(name), seconds, f"connector {name} to run")

    def halt(self, name: str, seconds: float = 60) -> None:
        """Ends the connector's task, and keeps its offsets."""
        self._call("PUT", f"/connectors/{name}/stop")
        wait_until(lambda: not self.status(name)["tasks"], seconds, f"connector {name} to stop")

    def resume(self, name: str, seconds: float = 60) -> None:
        self._call("PUT", f"/connectors/{name}/resume")
        wait_until(lambda: self._runs(name), seconds, f"connector {name} to run")

    def delete(self, name: str) -> None:
        self._call("DELETE", f"/connectors/{name}")

    def status(self, name: str) -> dict | None:
        """None while the worker does not know the connector yet."""
        return self._call("GET", f"/connectors/{name}/status", missing_is_none=True)

    def check(self, name: str) -> None:
        """Raises ConnectorFailed with the trace when the connector or a task failed."""
        status = self.status(name)
        if status is None:
            return
        for part in (status["connector"], *status["tasks"]):
            if part["state"] == "FAILED":
                raise ConnectorFailed(f"connector {name}: {part.get('trace', part)}")

    def _runs(self, name: str) -> bool:
        self.check(name)
        status = self.status(name)
        if status is None or not status["tasks"]:
            return False
        return all(part["state"] == "RUNNING" for part in (status["connector"], *status["tasks"]))

    def _answers(self) -> bool:
        try:
            self._call("GET", "/connectors")
            return True
        except OSError:
            return False

    def _call(
        self, method: str, path: str, body: dict | None = None, missing_is_none: bool = False
    ):
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            if error.code == 404 and missing_is_none:
                return None
            raise OSError(f"{method} {path}: {error.code} {error.read().decode()}") from None
        return json.loads(text) if text else None
