"""A cluster whose WAL holds one workload, drained as often as wanted through copies of one slot."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from stack.deadline import wait_until
from stack.postgres import Postgres

from .build import NULL_PLUGIN, null_plugin_file
from .workloads import Workload

PUBLICATION = "bench"
_BASE_SLOT = "base"

# Nothing but the drains may cost time or write WAL.
_SETTINGS = {
    "autovacuum": "off",
    "checkpoint_timeout": "1d",
    "full_page_writes": "off",
    "fsync": "off",
    "jit": "off",
    "max_wal_size": "64GB",
    "shared_buffers": "2GB",
    "synchronous_commit": "off",
    "wal_sender_timeout": 0,
}


# 15 s after a load the background writer notes once which transactions run: about 60 bytes.
_OWN_WAL_BYTES = 1024


class Source:
    def __init__(self, directory: Path, workload: Workload, rows: int):
        self.workload = workload
        self.rows = workload.rows(rows)
        self.server = _server(directory, workload.name)
        try:
            self._load()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """The cluster's files go with the stack's directory."""
        self.server.stop("immediate")

    @contextmanager
    def slot(self, name: str, plugin: str) -> Iterator[str]:
        """A slot before the load, gone afterwards. Copying and dropping write no WAL."""
        self.server.psql(
            f"select pg_copy_logical_replication_slot('{_BASE_SLOT}', '{name}', false, '{plugin}')"
        )
        try:
            yield name
        finally:
            wait_until(lambda: self._drop(name), 30, f"slot {name} to be free")

    def check_wal_is_unchanged(self) -> None:
        grown = self.server.psql(f"select pg_current_wal_insert_lsn() - '{self._wal_end}'")
        if int(grown) > _OWN_WAL_BYTES:
            raise RuntimeError(f"{self.workload.name}: {grown} bytes of WAL came after the load")

    def _load(self) -> None:
        sql = self.server.psql
        sql("create extension outflow")
        sql(self.workload.setup.format(rows=self.rows))
        sql(f"create publication {PUBLICATION} for table {self.workload.table}")
        sql("checkpoint")
        self.start_lsn = sql(
            "select lsn from pg_create_logical_replication_slot"
            f"('{_BASE_SLOT}', '{NULL_PLUGIN}')"
        )
        sql(self.workload.load(self.rows))
        self.end_lsn = sql("select pg_current_wal_insert_lsn()")
        # Its record lies behind the end: whoever has read everything is beyond it.
        sql("checkpoint")
        self._wal_end = sql("select pg_current_wal_insert_lsn()")

    def _drop(self, name: str) -> bool:
        try:
            self.server.psql(f"select pg_drop_replication_slot('{name}')")
            return True
        except RuntimeError as error:
            if "is active" in str(error):
                return False
            raise


def _server(directory: Path, name: str) -> Postgres:
    modules = directory / "modules"  # the server's user may not be able to enter the checkout
    modules.mkdir(exist_ok=True)
    shutil.copy(null_plugin_file(), modules)
    settings = _SETTINGS | {"dynamic_library_path": f"{modules}:$libdir"}
    server = Postgres(directory, name=name, settings=settings)
    if server.has_plugin_list():
        server.set(output_plugin_libraries=["pgoutput", "outflow", NULL_PLUGIN])
    server.start()
    return server
