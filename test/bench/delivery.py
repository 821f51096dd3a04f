"""From the WAL into a real Kafka: one run of one rival, timed from its first record to its last."""

import time
from dataclasses import dataclass
from typing import Protocol

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

    @property
    def own_us_per_row(self) -> float:
        """Without whatever else ran on the machine."""
        return self.rival_us_per_row + self.broker_us_per_row + self.walsender_us_per_row


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

    def rate(self, rows: int) -> float:
        """Without those of the first look, whose own time is unknown."""
        if self.last == self.first:  # everything came between two looks
            return rows / (self.last - self.begun)
        return (rows - self.first_records) / (self.last - self.first)


def deliver(rival: Rival, source: Source, kafka: Kafka, number: int) -> Delivery:
    name = f"{rival.name.lower()}_{number}"
    with (
        source.slot(name, rival.plugin) as slot,
        Topic(kafka.bootstrap, f"{name}.public.{source.workload.table}") as topic,
        Walsenders(source, slot) as walsenders,
    ):
        broker = proc.Watch(kafka.process.pid)
        busy = proc.machine_busy_s()
        progress = Progress()
        own = proc.Watch(rival.start(source, slot))
        try:
            _watch_to_the_end(rival, topic, progress, (own, broker, walsenders))
            busy = proc.machine_busy_s() - busy
        finally:
            rival.stop()
        records, value_bytes = topic.committed_records()
    if records != source.rows:
        raise RuntimeError(f"{rival.name} delivered {records} records of {source.rows} rows")
    us_per_row = 1e6 / source.rows
    return Delivery(
        rows=source.rows,
        rows_per_s=progress.rate(source.rows),
        first_record_s=progress.first - progress.begun,
        value_bytes=value_bytes,
        machine_us_per_row=busy * us_per_row,
        rival_us_per_row=own.cpu_s * us_per_row,
        broker_us_per_row=broker.cpu_s * us_per_row,
        walsender_us_per_row=walsenders.cpu_s * us_per_row,
        peak_rss_mb=own.peak_rss_mb,
        high_water_mb=own.high_water_mb,
        walsender_private_mb=walsenders.peak_private_mb,
    )


def _watch_to_the_end(
    rival: Rival, topic: Topic, progress: Progress, watches: tuple["Watched", ...]
) -> None:
    while True:
        records = topic.end()
        done = rival.done(records)
        progress.saw(topic.end() if done else records)
        for watch in watches:
            watch.sample()
        if done:
            return
        if time.monotonic() - progress.begun > DEADLINE_S:
            raise TimeoutError(f"{rival.name} delivered {records} records in {DEADLINE_S} s")
        time.sleep(_PERIOD_S)


class Watched(Protocol):
    def sample(self) -> None: ...


class Walsenders:
    """Every process that served the slot: Debezium opens its stream twice."""

    def __init__(self, source: Source, slot: str):
        self._connection = source.server.connect()
        self._cursor = self._connection.cursor()
        self._slot = slot
        self._watches: dict[int, proc.Watch] = {}

    def __enter__(self) -> "Walsenders":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def sample(self) -> None:
        self._cursor.execute(
            "select active_pid from pg_replication_slots where slot_name = %s", (self._slot,)
        )
        (pid,) = self._cursor.fetchone()
        if pid and pid not in self._watches:
            self._watches[pid] = proc.Watch(pid, whole_life=True)
        for watch in self._watches.values():
            watch.sample()

    @property
    def cpu_s(self) -> float:
        return sum(watch.cpu_s for watch in self._watches.values())

    @property
    def peak_private_mb(self) -> float:
        return max((watch.peak_private_mb for watch in self._watches.values()), default=0.0)
