"""One child process with a log file and a pid file, stopped by its pid alone."""

import ctypes
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Callable, Mapping, Sequence

from .deadline import wait_until

_libc = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


class ProcessFailed(RuntimeError):
    """A process ended or did not become ready; carries the tail of its log."""


class Process:
    """Starts and stops `argv`. Output is appended to DIRECTORY/NAME.log.

    Each process leads a session of its own, so a Ctrl-C on the terminal reaches only the
    owner, which then stops its processes in order. Unless `detached`, the kernel sends
    `death_signal` when the owner dies without a chance to do so (kill -9).
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        directory: Path,
        *,
        user: str | None = None,
        env: Mapping[str, str] | None = None,
        stop_signal: int = signal.SIGTERM,
        death_signal: int = signal.SIGKILL,
        detached: bool = False,
    ):
        self.name = name
        self.argv = [str(word) for word in argv]
        self.directory = directory
        self.log_path = directory / f"{name}.log"
        self.pid_path = directory / f"{name}.pid"
        self.user = user
        self.env = dict(env) if env is not None else None
        self.stop_signal = stop_signal
        self.death_signal = death_signal
        self.detached = detached
        self._child: subprocess.Popen | None = None

    @property
    def pid(self) -> int:
        assert self._child is not None, f"{self.name} was not started"
        return self._child.pid

    @property
    def returncode(self) -> int | None:
        return self._child.poll() if self._child else None

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        death_signal, detached = self.death_signal, self.detached

        def die_with_owner() -> None:
            if not detached:
                _libc.prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)

        with open(self.log_path, "ab") as log:
            self._child = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.directory,
                env=self.env,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                start_new_session=True,
                preexec_fn=die_with_owner,
            )
        self.pid_path.write_text(
            json.dumps(
                {
                    "pid": self.pid,
                    "started": _start_time(self.pid),
                    "stop_signal": int(self.stop_signal),
                }
            )
        )

    def wait_ready(self, ready: Callable[[], bool], seconds: float = 60) -> None:
        def ready_or_dead() -> bool:
            if not self.running:
                raise ProcessFailed(f"{self.name} ended with {self.returncode}\n{self.log_tail()}")
            return ready()

        try:
            wait_until(ready_or_dead, seconds, f"{self.name} to be ready")
        except TimeoutError as late:
            raise ProcessFailed(f"{late}\n{self.log_tail()}") from None

    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def log_tail(self, lines: int = 30) -> str:
        return "\n".join([f"last lines of {self.log_path}:"] + self.log().splitlines()[-lines:])

    def signal(self, number: int) -> None:
        if self.running:
            os.kill(self.pid, number)

    def wait(self, seconds: float) -> int:
        """The exit code; TimeoutError with the log's tail when it does not come."""
        assert self._child is not None
        try:
            code = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError(
                f"{self.name} did not end in {seconds:g} s\n{self.log_tail()}"
            ) from None
        self.pid_path.unlink(missing_ok=True)
        return code

    def stop(self, number: int | None = None, seconds: float = 30) -> int | None:
        """Stops it, by force after `seconds`; the exit code, None when it never ran."""
        if not self.running:
            return self.returncode
        self.signal(self.stop_signal if number is None else number)
        try:
            return self.wait(seconds)
        except TimeoutError:
            return self.kill()
        finally:
            _kill_group(self.pid)

    def kill(self) -> int | None:
        if not self.running:
            return self.returncode
        _kill_group(self.pid)
        return self.wait(10)

    def discard(self) -> None:
        """Ends it at once: its data is about to be removed."""
        self.stop(self.death_signal)


def stop_by_pid_file(path: Path, seconds: float = 30) -> None:
    """Stops what an earlier process of ours started; a reused pid is left alone."""
    record = json.loads(path.read_text())
    pid, started = record["pid"], record["started"]

    def gone() -> bool:
        return _start_time(pid) != started

    if not gone():
        os.kill(pid, record["stop_signal"])
        try:
            wait_until(gone, seconds, f"process {pid} to end")
        except TimeoutError:
            _kill_group(pid)
            wait_until(gone, 10, f"process {pid} to die")
    path.unlink(missing_ok=True)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _start_time(pid: int) -> str:
    """The kernel's start time of a live process, empty for a dead one or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]
