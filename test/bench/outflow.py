"""The real relay with its defaults: exactly once, context headers; schemas off as with the rival."""

from pathlib import Path

from stack.java import write_properties
from stack.kafka import Kafka
from stack.process import Process, ProcessFailed

from .build import REPOSITORY
from .source import PUBLICATION, Source

BINARY = REPOSITORY / "build/outflow"


class Outflow:
    """A new process for each run; it ends by itself when everything is delivered."""

    name = "Outflow"
    plugin = "outflow"

    def __init__(self, directory: Path, kafka: Kafka, overrides: list[str]):
        if not BINARY.exists():
            raise RuntimeError(f"{BINARY} is missing: run `make relay`")
        self._directory = directory
        self._kafka = kafka
        self._overrides = [word for override in overrides for word in ("--set", override)]
        self._process: Process

    def start(self, source: Source, slot: str) -> int:
        properties = write_properties(
            self._directory / f"{slot}.properties",
            {
                "name": slot,
                "bootstrap.servers": self._kafka.bootstrap,
                "database.hostname": "127.0.0.1",
                "database.port": source.server.port,
                "database.user": source.server.user,
                "database.dbname": "postgres",
                "topic.prefix": slot,
                "slot.name": slot,
                "publication.name": PUBLICATION,
                "publication.autocreate.mode": "disabled",
                "key.converter.schemas.enable": "false",
                "value.converter.schemas.enable": "false",
                "snapshot.mode": "no_data",
            },
        )
        # The slot is a copy, older than this relay's position: there is none.
        arguments = ["run", properties, "--until=current", "--adopt-slot", *self._overrides]
        self._process = Process(slot, [BINARY, *arguments], self._directory)
        self._process.start()
        return self._process.pid

    def done(self, records: int) -> bool:
        if self._process.running:
            return False
        if self._process.returncode != 0:
            raise ProcessFailed(
                f"the relay ended with {self._process.returncode}\n{self._process.log_tail()}"
            )
        return True

    def stop(self) -> None:
        self._process.stop()
