"""The real Debezium, configured for throughput (performance.md §7, "strong")."""

import json
import urllib.error
import urllib.request

from stack.connect import Connect

from .source import PUBLICATION, Source

HEAP = "4g"

_STRONG = {
    "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
    "tasks.max": 1,
    "max.batch.size": 20480,
    "max.queue.size": 81920,
    "poll.interval.ms": 10,
    "producer.override.batch.size": 1024 * 1024,
    "producer.override.linger.ms": 5,
    "producer.override.buffer.memory": 128 * 1024 * 1024,
    "producer.override.compression.type": "lz4",
    "key.converter": "org.apache.kafka.connect.json.JsonConverter",
    "key.converter.schemas.enable": "false",
    "value.converter": "org.apache.kafka.connect.json.JsonConverter",
    "value.converter.schemas.enable": "false",
    "plugin.name": "pgoutput",
    "publication.name": PUBLICATION,
    "publication.autocreate.mode": "disabled",
    "snapshot.mode": "no_data",
}


class Debezium:
    """One worker for all runs, so that its JVM stays warm; a connector for each."""

    name = "Debezium"
    plugin = "pgoutput"

    def __init__(self, connect: Connect):
        self._connect = connect
        self._connector = ""
        self._rows = 0

    def start(self, source: Source, slot: str) -> int:
        self._connector, self._rows = slot, source.rows
        # Without an offset the connector would begin at the end of the WAL.
        high, low = source.start_lsn.split("/")
        lsn = (int(high, 16) << 32) + int(low, 16)
        offset = {"lsn": lsn, "lsn_proc": lsn, "ts_usec": 0}
        self._call(
            "POST",
            "/connectors",
            {"name": slot, "config": _config(source, slot), "initial_state": "STOPPED"},
        )
        self._call(
            "PATCH",
            f"/connectors/{slot}/offsets",
            {"offsets": [{"partition": {"server": slot}, "offset": offset}]},
        )
        self._call("PUT", f"/connectors/{slot}/resume")
        return self._connect.process.pid

    def done(self, records: int) -> bool:
        self._connect.check(self._connector)
        return records >= self._rows

    def stop(self) -> None:
        self._connect.delete(self._connector)

    def _call(self, method: str, path: str, body: dict | None = None) -> None:
        request = urllib.request.Request(
            self._connect.url + path,
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            urllib.request.urlopen(request, timeout=60).close()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from None


def _config(source: Source, prefix: str) -> dict[str, str]:
    config = _STRONG | {
        "database.hostname": "127.0.0.1",
        "database.port": source.server.port,
        "database.user": source.server.user,
        "database.password": "none",
        "database.dbname": "postgres",
        "topic.prefix": prefix,
        "slot.name": prefix,
    }
    return {key: str(value) for key, value in config.items()}
