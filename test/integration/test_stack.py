"""The stack itself: it must leave nothing behind, however its owner ends."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stack import Stack, wait_until

TEST_DIRECTORY = Path(__file__).resolve().parents[1]

OWNER = """
import sys, time
from stack import Stack
with Stack(postgres=True) as stack:
    print(stack.postgres.process.pid, stack.directory, flush=True)
    time.sleep(600)
"""


def start_owner() -> tuple[subprocess.Popen, int, Path]:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER], cwd=TEST_DIRECTORY, stdout=subprocess.PIPE, text=True
    )
    pid, directory = owner.stdout.readline().split()
    return owner, int(pid), Path(directory)


def is_gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    try:
        return "State:\tZ" in status.read_text()
    except OSError:
        return True


def test_sigterm_to_the_owner_stops_the_server_and_removes_the_directory():
    owner, pid, directory = start_owner()
    owner.send_signal(signal.SIGTERM)
    owner.wait(30)
    assert is_gone(pid)
    assert not directory.exists()


def test_killing_the_owner_stops_the_server():
    owner, pid, directory = start_owner()
    owner.kill()
    owner.wait(30)
    wait_until(lambda: is_gone(pid), 30, "the server to end after its owner")
    shutil.rmtree(directory)


def test_a_crashed_server_keeps_its_port_and_its_rows():
    with Stack(postgres={"fsync": True}) as stack:
        stack.postgres.psql("create table t as select 1 as id")
        dsn = stack.postgres.dsn
        stack.postgres.crash()
        stack.postgres.start()
        assert stack.postgres.dsn == dsn
        assert stack.postgres.psql("select id from t") == "1"


def test_a_server_that_cannot_start_says_why():
    with pytest.raises(RuntimeError, match="no_such_setting"):
        Stack(postgres={"settings": {"no_such_setting": 1}}).start()


def test_up_and_down_from_the_command_line():
    command = [sys.executable, TEST_DIRECTORY / "stack"]
    up = subprocess.run([*command, "up", "--with", "postgres"], capture_output=True, text=True)
    assert up.returncode == 0, up.stderr
    directory = Path(json.loads(up.stdout)["directory"])
    pid = json.loads((directory / "postgres/postgres.pid").read_text())["pid"]
    assert not is_gone(pid)
    subprocess.run([*command, "down", "--dir", directory], check=True)
    assert is_gone(pid)
    assert not directory.exists()
