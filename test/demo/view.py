"""The live view: one line for each event as far as a person can read, one summary a second."""

import json
import os
import shutil
import sys
import time
from collections import deque
from typing import Any

from replay import Change

LINES_PER_SECOND = 12
LINES_AT_ONCE = 4
LAST_LATENCIES = 1000
COLORS = {"c": "32", "u": "33", "d": "31", "r": "36"}
WIDTH_WITHOUT_TERMINAL = 160
LONGEST_VALUE = 28


class View:
    """Latency is commit → read: from `source.ts_us` to the receive time of a committed read. That
    of an outbox event begins when it was told, before the commit."""

    def __init__(self, source: str):
        self.source = source
        self.terminal = sys.stdout.isatty()
        self.color = self.terminal and "NO_COLOR" not in os.environ
        self.started = self.last_summary = time.monotonic()
        self.total = 0
        self.in_this_second = 0
        self.shown_in_this_second = 0
        self.allowance = float(LINES_AT_ONCE)
        self.allowance_at = self.started
        self.latencies_us: deque[int] = deque(maxlen=LAST_LATENCIES)

    def show(self, change: Change, received_us: int) -> None:
        self.total += 1
        self.in_this_second += 1
        latency_us = None
        if change.op != "r":  # a snapshot row was committed long ago
            latency_us = received_us - change.commit_us
            self.latencies_us.append(latency_us)
        if self._may_print():
            self.shown_in_this_second += 1
            self._print_change(change, received_us, latency_us)

    def tick(self, rows: int) -> None:
        """Call often; prints at most one summary a second."""
        now = time.monotonic()
        passed = now - self.last_summary
        if passed < 1.0:
            return
        rate = self.in_this_second / passed
        parts = [f"{rate:,.0f} events/s", f"{self.total:,} events", f"{rows:,} rows"]
        if self.latencies_us:
            parts.append(f"lag p50 {milliseconds(percentile(self.latencies_us, 50))}")
        if hidden := self.in_this_second - self.shown_in_this_second:
            parts.append(f"{hidden:,} not shown")
        self._line(f"{clock(time.time())}     " + " · ".join(parts), "1")
        self.last_summary = now
        self.in_this_second = self.shown_in_this_second = 0

    def _may_print(self) -> bool:
        now = time.monotonic()
        grown = self.allowance + (now - self.allowance_at) * LINES_PER_SECOND
        self.allowance, self.allowance_at = min(float(LINES_AT_ONCE), grown), now
        if self.allowance < 1:
            return False
        self.allowance -= 1
        return True

    def _print_change(self, change: Change, received_us: int, latency_us: int | None) -> None:
        line = (
            f"{clock(received_us / 1e6)} {change.op} {self.source} "
            f"{change.key} {describe(change)}"
        )
        end = "" if latency_us is None else f"  +{milliseconds(latency_us)}"
        self._line(line, COLORS.get(change.op, "0"), end)

    def _line(self, text: str, color: str, end: str = "") -> None:
        width = shutil.get_terminal_size().columns if self.terminal else WIDTH_WITHOUT_TERMINAL
        room = max(20, width - len(end) - 1)
        if len(text) > room:
            text = text[: room - 1] + "…"
        text += end
        print(f"\033[{color}m{text}\033[0m" if self.color else text, flush=True)


def describe(change: Change) -> str:
    if change.op == "u":
        names = change.changed_columns()
        return (
            "  ".join(
                f"{name}: {short(change.before[name])} → {short(change.after[name])}"
                for name in names
            )
            or "(no column changed)"
        )
    row = change.after or change.before or {}
    shown = [
        f"{name}={short(value)}"
        for name, value in row.items()
        if value is not None and name in ("user_name", "amount", "currency", "merchant", "city")
    ]
    return "  ".join(shown)


def short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 2] + "…" + text[-1]


def percentile(values_us, percent: int) -> int:
    ordered = sorted(values_us)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def milliseconds(microseconds: int) -> str:
    return f"{microseconds / 1000:.0f} ms"


def clock(seconds: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds)) + f".{int(seconds * 1000) % 1000:03d}"
