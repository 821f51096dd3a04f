"""Waiting for a condition, never for a time."""

import os
import time
from typing import Callable, TypeVar

T = TypeVar("T")

POLL_SECONDS = 0.02
# PATIENCE=4 waits four times as long: for machines that do much else.
PATIENCE = float(os.environ.get("PATIENCE", "1"))


def wait_until(condition: Callable[[], T], seconds: float, what: str) -> T:
    """The first true value of `condition`; TimeoutError naming `what` after `seconds`."""
    seconds *= PATIENCE
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s for {what}")
        time.sleep(POLL_SECONDS)
