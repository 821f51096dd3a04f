"""From the WAL into a real Kafka: one run of one rival, timed from its first record to its last."""

import time
from dataclasses import dataclass
from typing import Any, Protocol

from stack.kafka import Kafka

from . import proc
from .source import Source
from .topic import Topic

DEADLINE_S = 600
_PERIOD_S = 0.05


class Rival(Protocol):
    name: str
    plugin: str

    def start(self, source: Source, slot: str) -> int:
        """Begins to stream from the slot into topics below the prefix `slot`; its process."""

    def done(self, records: int) -> bool:
        """Whether everything is delivered, with so many records in the topic. Raises when failed."""

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Delivery:
    rows: int
    rows_per_s: float  # first record in the topic to the last (with a commit marker: to that)
    first_record_s: float  # after the start
    value_bytes: float
    machine_us_per_row: float  # CPU of everything on the machine, from the start to the end
    rival_us_per_row: float
    broker_us_per_row: float
    walsender_us_per_row: float
    peak_rss_mb: float  # of the rival, sampled in this run
    high_water_mb: float  # VmHWM: of the rival, since its process began
    walsender_private_mb: float


class Progress:
    """When the topic had its first records, and when it last grew."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.first = self.last = 0.0
        self.first_records = self.records = 0

    def saw(self, records: int) -> None:
        if records == self.records:
            return
        self.last = time.monotonic()
        if not self.records:
            self.first, self.first_records = self.last, records
        self.records = records


def deliver(rival: Rival, source: Source, kafka: Kafka, number: int) -> Delivery:
    name = f"{rival.name.lower()}_{number}"
    with (
        source.slot(name, rival.plugin) as slot,
        Topic(kafka.bootstrap, f"{name}.public.{source.workload.table}") as topic,
    ):
        broker = proc.Watch(kafka.process.pid)
        busy = proc.machine_busy_s()
        progress = Progress()
        own = proc.Watch(rival.start(source, slot))
        try:
            walsender = _watch_to_the_end(rival, source, slot, topic, progress, (own, broker))
            busy = proc.machine_busy_s() - busy
        finally:
            rival.stop()
        records, value_bytes = topic.committed_records()
    if records != source.rows:
        raise RuntimeError(f"{rival.name} delivered {records} records of {source.rows} rows")
    us_per_row = 1e6 / source.rows
    return Delivery(
        rows=source.rows,
        # What was there at the first look had its own, unknown time.
        rows_per_s=(source.rows - progress.first_records) / (progress.last - progress.first),
        first_record_s=progress.first - progress.begun,
        value_bytes=value_bytes,
        machine_us_per_row=busy * us_per_row,
        rival_us_per_row=own.cpu_s * us_per_row,
        broker_us_per_row=broker.cpu_s * us_per_row,
        walsender_us_per_row=walsender.cpu_s * us_per_row if walsender else 0.0,
        peak_rss_mb=own.peak_rss_mb,
        high_water_mb=own.high_water_mb,
        walsender_private_mb=walsender.peak_private_mb if walsender else 0.0,
    )


def _watch_to_the_end(
    rival: Rival,
    source: Source,
    slot: str,
    topic: Topic,
    progress: Progress,
    watches: tuple[proc.Watch, ...],
) -> proc.Watch | None:
    """The walsender's watch; None when it was never seen."""
    walsender = None
    connection = source.server.connect()
    cursor = connection.cursor()
    try:
        while True:
            done = rival.done(topic_end := topic.end())
            progress.saw(topic_end)
            if walsender is None:
                walsender = _walsender(cursor, slot)
            for watch in (*watches, *([walsender] if walsender else [])):
                watch.sample()
            if done:
                return walsender
            if time.monotonic() - progress.begun > DEADLINE_S:
                raise TimeoutError(f"{rival.name} delivered {topic_end} records in {DEADLINE_S} s")
            time.sleep(_PERIOD_S)
    finally:
        connection.close()


def _walsender(cursor: Any, slot: str) -> proc.Watch | None:
    cursor.execute("select active_pid from pg_replication_slots where slot_name = %s", (slot,))
    (pid,) = cursor.fetchone()
    return proc.Watch(pid, whole_life=True) if pid else None
