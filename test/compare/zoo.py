"""The type zoo: tables of every type that the fuzz knows and of its arrays, and a writer that fills
them with random and extreme values."""

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Iterator

import psycopg2
from fuzz.kinds import EXTENSIONS, Kind, array_of
from fuzz.schema import Column, Schema, Table

_SCHEMA = "zoo"
_COLUMNS = 14  # of a table
_IDENTITIES = ("default", "full")
_ROLLED_BACK = 0.1
_LONGEST_TABLE = 60  # rows


@dataclass
class _Cage:
    table: Table
    ids: list[int] = field(default_factory=list)


class Zoo:
    """The same seed makes the same tables and the same statements."""

    def __init__(self, seed: int):
        self._random = Random(f"zoo/{seed}")
        self._schema = Schema(_SCHEMA, self._random, {})
        self._types = self._schema.make_types()
        self._cages = [
            _Cage(_table(number, kinds, self._schema.options))
            for number, kinds in enumerate(_in_groups(_all_kinds(self._schema.kinds)))
        ]
        self._next_id = 0

    @property
    def topics(self) -> list[str]:
        """Behind the prefix."""
        return [f"{_SCHEMA}.{cage.table.name}" for cage in self._cages]

    @property
    def size(self) -> str:
        columns = sum(len(cage.table.columns) - 1 for cage in self._cages)
        return f"{columns} types and arrays of types in {len(self._cages)} tables"

    def create(self) -> str:
        statements = [f"create extension if not exists {name}" for name in EXTENSIONS]
        statements += [f"create schema {_SCHEMA}", f"set search_path = {_SCHEMA}, public"]
        statements += self._types
        for cage in self._cages:
            columns = ", ".join(column.definition for column in cage.table.columns)
            statements += [
                f"create table {cage.table.sql} ({columns}, primary key (id))",
                f"alter table {cage.table.sql} replica identity {cage.table.identity}",
            ]
        return ";\n".join(statements) + ";\n"

    def fill(self, dsn: str, rows: int) -> int:
        """The first rows of each table; how many there are."""
        with _session(dsn) as cursor:
            for cage in self._cages:
                for _ in range(rows):
                    self._insert(cursor, cage, is_streamed=False)
        return rows * len(self._cages)

    def change(self, dsn: str, seconds: float, rate: float, batch: int) -> int:
        """Random transactions at `rate` rows a second; how many records they make."""
        made, done, begin = 0, 0, time.monotonic()
        with _session(dsn) as cursor:
            while (now := time.monotonic()) < begin + seconds:
                if (ahead := begin + done / rate - now) > 0:
                    time.sleep(min(ahead, 1))
                    continue
                made += self._transaction(cursor, self._random.randint(1, 2 * batch - 1))
                done += batch
        return made

    def _transaction(self, cursor: Any, changes: int) -> int:
        is_kept = self._random.random() >= _ROLLED_BACK
        before = [list(cage.ids) for cage in self._cages]
        cursor.execute("begin")
        made = sum(self._change(cursor, self._random.choice(self._cages)) for _ in range(changes))
        cursor.execute("commit" if is_kept else "rollback")
        if is_kept:
            return made
        for cage, ids in zip(self._cages, before):
            cage.ids = ids
        return 0

    def _change(self, cursor: Any, cage: _Cage) -> int:
        if not cage.ids:
            return self._insert(cursor, cage)
        choice = self._random.random()
        if choice < 0.1 or len(cage.ids) > _LONGEST_TABLE:
            return self._delete(cursor, cage)
        return self._insert(cursor, cage) if choice < 0.5 else self._update(cursor, cage)

    def _insert(self, cursor: Any, cage: _Cage, *, is_streamed: bool = True) -> int:
        table = cage.table
        values = [self._new_id(cage)]
        values += [
            self._schema.value(table, column, is_streamed=is_streamed, may_be_large=True).sql
            for column in table.columns[1:]
        ]
        names = ", ".join(column.sql for column in table.columns)
        cursor.execute(f"insert into {table.sql} ({names}) values ({', '.join(values)})")
        return 1

    def _update(self, cursor: Any, cage: _Cage) -> int:
        """A changed key is a delete, its tombstone, and a create."""
        table, chosen = cage.table, self._random.choice(cage.ids)
        columns = self._random.sample(table.columns[1:], self._random.randint(1, 4))
        settings = [
            f"{column.sql} = {self._schema.value(table, column, may_be_large=True).sql}"
            for column in columns
        ]
        moves = self._random.random() < 0.1
        if moves:
            cage.ids.remove(chosen)
            settings.append(f"id = {self._new_id(cage)}")
        cursor.execute(f"update {table.sql} set {', '.join(settings)} where id = {chosen}")
        return 3 if moves else 1

    def _delete(self, cursor: Any, cage: _Cage) -> int:
        """With its tombstone."""
        chosen = self._random.choice(cage.ids)
        cage.ids.remove(chosen)
        cursor.execute(f"delete from {cage.table.sql} where id = {chosen}")
        return 2

    def _new_id(self, cage: _Cage) -> str:
        self._next_id += 1
        cage.ids.append(self._next_id)
        return str(self._next_id)


def _all_kinds(kinds: list[Kind]) -> list[Kind]:
    """Each type once, and its array. Not arrays in arrays: of those the reference prints some at
    random."""
    single = list({kind.sql: kind for kind in kinds}.values())
    arrays = [array_of(replace(kind, is_nested=False)) for kind in single if kind.is_in_arrays]
    return single + arrays


def _in_groups(kinds: list[Kind]) -> list[list[Kind]]:
    return [kinds[at : at + _COLUMNS] for at in range(0, len(kinds), _COLUMNS)]


def _table(number: int, kinds: list[Kind], options: dict[str, str]) -> Table:
    """Every third column must have a value, where the reference survives that."""
    columns = [
        Column(_name(kind), kind, not_null=at % 3 == 0 and not kind.stops_if_required(options))
        for at, kind in enumerate(kinds)
    ]
    id_ = Column("id", Kind("int"), not_null=True)
    identity = _IDENTITIES[number % len(_IDENTITIES)]
    return Table(f"cage_{number}", [id_, *columns], [id_], identity=identity)


def _name(kind: Kind) -> str:
    text = kind.sql.replace("[]", " array").replace('"char"', "one char")
    return re.sub(r"\W+", "_", text).strip("_").lower()


@contextmanager
def _session(dsn: str) -> Iterator[Any]:
    connection = psycopg2.connect(dsn)
    connection.autocommit = True  # begin and commit are statements
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"set search_path = {_SCHEMA}, public")
            yield cursor
    finally:
        connection.close()
