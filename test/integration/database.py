"""A database of its own for a test, and the relay's names in it."""

import itertools
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Callable, Iterator

import psycopg2

from stack import Postgres, wait_until

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """`name` is also the topic prefix and the slot's name: unique in the whole stack."""

    server: Postgres
    name: str

    @property
    def slot(self) -> str:
        return self.name

    def sql(self, text: str) -> str:
        return self.server.psql(text, self.name)

    def wait_for(
        self,
        query: str,
        seconds: float = 30,
        what: str = "",
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Until `query` answers t; `meanwhile` raises when that can no longer be."""

        def answered() -> bool:
            meanwhile()
            return self.sql(query) == "t"

        wait_until(answered, seconds, what or query)

    @contextmanager
    def running(self, sql: str) -> Iterator[subprocess.Popen]:
        """SQL in the background; it must have succeeded at the end."""
        psql = [self.server.bindir / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
        client = subprocess.Popen([*psql, "-d", self.server.dsn_of(self.name), "-c", sql])
        try:
            yield client
            assert client.wait(120) == 0
        finally:
            client.kill()
            client.wait()

    @contextmanager
    def held(self, sql: str) -> Iterator[None]:
        """A transaction that has executed this and stays open."""
        connection = psycopg2.connect(self.server.dsn_of(self.name))
        try:
            connection.cursor().execute(sql)
            yield
        finally:
            connection.close()

    def wait_streaming(
        self, slot: str, seconds: float = 60, meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        self.wait_for(
            "select count(*) = 1 from pg_replication_slots s join pg_stat_replication r"
            f" on r.pid = s.active_pid where s.slot_name = '{slot}' and r.state = 'streaming'",
            seconds,
            f"slot {slot} to stream",
            meanwhile,
        )

    def relay_config(self, bootstrap: str | None = None, **changes: object) -> dict[str, object]:
        """What every test's relay has; `changes` use __ for a dot in the name."""
        config: dict[str, object] = {
            "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
            "plugin.name": "outflow",
            "database.hostname": "127.0.0.1",
            "database.port": self.server.port,
            "database.user": self.server.user,
            "database.dbname": self.name,
            "topic.prefix": self.name,
            "slot.name": self.slot,
            "key.converter.schemas.enable": "false",
            "value.converter.schemas.enable": "false",
        }
        if bootstrap:
            config["bootstrap.servers"] = bootstrap
        return config | {key.replace("__", "."): value for key, value in changes.items()}


def create_database(server: Postgres, label: str) -> Database:
    database = Database(server, f"{label[:30]}_{next(_numbers)}")
    server.psql(f"create database {database.name}")
    return database


def drop_database(database: Database) -> None:
    """Also ends the slots in it, which would keep WAL and a place among the slots."""
    database.server.psql(
        f"""
        select pg_terminate_backend(active_pid) from pg_replication_slots
          where database = '{database.name}' and active_pid is not null;
        """
    )

    def dropped() -> bool:
        try:
            database.server.psql(
                f"""
                select pg_drop_replication_slot(slot_name) from pg_replication_slots
                  where database = '{database.name}';
                drop database {database.name} with (force);
                """
            )
            return True
        except RuntimeError as error:
            if "is active" in str(error):
                return False
            raise

    wait_until(dropped, 30, f"the slots of {database.name} to be free")
