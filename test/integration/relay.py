"""Running build/outflow as its user does: a properties file and a command line."""

import itertools
import os
import signal
import subprocess
from pathlib import Path
from typing import Mapping

from stack.deadline import wait_until
from stack.process import Process, ProcessFailed
from topics import Reader, Record, by_place

BINARY = Path(
    os.environ.get("OUTFLOW", Path(__file__).resolve().parents[2] / "build/outflow")
)

_numbers = itertools.count(1)


def write_properties(path: Path, config: Mapping[str, object]) -> Path:
    """Java's format: a backslash in a value is doubled."""
    text = "".join(
        "{}={}\n".format(key, str(value).replace("\\", "\\\\")) for key, value in config.items()
    )
    path.write_text(text)
    return path


def run(
    directory: Path, config: Mapping[str, object], *arguments: str, seconds: float = 60
) -> subprocess.CompletedProcess:
    """Runs the relay until it ends by itself; stdout and stderr apart, both text."""
    file = write_properties(directory / f"once-{next(_numbers)}.properties", config)
    return subprocess.run(
        [BINARY, "run", file, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


class Relay:
    """A relay in the background. Each start() is a new process with a log of its own."""

    def __init__(self, directory: Path, config: Mapping[str, object]):
        self.config = dict(config)
        self._directory = directory
        self._process: Process | None = None

    def start(self, *arguments: str) -> "Relay":
        name = f"relay-{next(_numbers)}"
        file = write_properties(self._directory / f"{name}.properties", self.config)
        self._process = Process(name, [BINARY, "run", file, *arguments], self._directory)
        self._process.start()
        return self

    def start_streaming(self, *arguments: str) -> "Relay":
        self.start(*arguments)
        self.wait_for_log("streaming")
        return self

    @property
    def log(self) -> str:
        return self._process.log()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.running

    def wait_for_log(self, text: str, seconds: float = 60) -> None:
        def seen() -> bool:
            if text in self.log:
                return True
            if not self.running:
                raise ProcessFailed(
                    f"the relay ended with {self._process.returncode} before it logged {text!r}\n"
                    + self._process.log_tail()
                )
            return False

        try:
            wait_until(seen, seconds, f"{text!r} in the relay's log")
        except TimeoutError as late:
            raise TimeoutError(f"{late}\n{self._process.log_tail()}") from None

    def wait_exit(self, seconds: float = 60) -> int:
        return self._process.wait(seconds)

    def stop(self, seconds: float = 30) -> int:
        """SIGTERM; the exit code."""
        self._process.signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def stop_after(self, count: int, *topics: str) -> list[Record]:
        """Stops once `count` records are in the topics below the prefix; all that came."""
        prefix = self.config["topic.prefix"]
        names = [f"{prefix}.{topic}" for topic in topics]

        def enough(records: list[Record]) -> bool:
            if len(records) < count and not self.running:
                raise ProcessFailed(f"the relay ended early\n{self._process.log_tail()}")
            return len(records) >= count

        with Reader(str(self.config["bootstrap.servers"]), *names) as reader:
            try:
                reader.read_until(enough, 30, f"{count} records")
            except TimeoutError as late:
                raise TimeoutError(f"{late}\n{self._process.log_tail()}") from None
            code = self.stop()
            assert code == 0, f"exit code {code}\n{self._process.log_tail()}"
            return by_place(reader.read_to_end())

    def kill9(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """For teardown: whatever it does, it is gone afterwards."""
        if self.running:
            self._process.kill()
