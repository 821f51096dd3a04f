"""Random DDL on a schema. Each method returns the statements, or none when it does not apply."""

from dataclasses import replace
from random import Random
from typing import Callable

from .kinds import KINDS, Kind
from .schema import KEY_NAMES, NO_DEFAULTS, Column, Schema, Table
from .values import identifier, quoted

# What a column's type may become, and the expression where there is no implicit one.
_CONVERSIONS = {
    "smallint": ("integer", "bigint", "numeric", "text"),
    "integer": ("bigint", "numeric(38,10)", "double precision"),
    "bigint": ("numeric", "text"),
    "real": ("double precision",),
    "numeric(6,2)": ("numeric", "numeric(38,10)", "text"),
    "varchar(20)": ("varchar", "text"),
    "char(4)": ("text", "varchar"),
    "varchar": ("text",),
    "text": ("varchar", "bytea"),
    "date": ("text",),
    "timestamp": ("timestamp(3)", "timestamp(0)"),
    "json": ("jsonb", "text"),
    "jsonb": ("json",),
    "uuid": ("text",),
    "bit(8)": ("varbit",),
    "inet": ("text",),
    "cidr": ("inet",),
    "money": ("text",),
    "hstore": ("text",),
    "citext": ("text",),
}
_EXPRESSIONS = {"bytea": "convert_to({column}, 'UTF8')"}


class Definitions:
    def __init__(self, schema: Schema, random: Random):
        self._schema = schema
        self._random = random
        self._makers: tuple[Callable[[], list[str]], ...] = (
            self._add_column,
            self._add_column,
            self._drop_column,
            self._rename_column,
            self._change_type,
            self._change_type,
            self._set_default,
            self._drop_default,
            self._drop_not_null,
            self._add_label,
            self._change_identity,
            self._rename_table,
            self._create_table,
            self._drop_table,
            self._drop_key,
            self._add_key,
            self._rename_key,
            self._set_not_null,
            self._create_table_as,
            self._identify_by_index,
        )

    def some(self) -> list[str]:
        """A few changes of what exists."""
        statements: list[str] = []
        for _ in range(self._random.randint(1, 3)):
            maker = self._random.choice(self._makers)
            statements += maker()
            if maker == self._create_table_as:
                break  # it makes rows, which no later definition of the step may overtake
        return statements

    def _table(self) -> Table | None:
        tables = [table for table in self._schema.tables if not table.is_frozen]
        return self._random.choice(tables) if tables else None

    def _column(self, wanted: Callable[[Column], bool] = lambda _: True) -> tuple[Table, Column]:
        table = self._table()
        columns = [
            column
            for column in (table.columns if table else ())
            if not column.is_unique and not column.makes_itself and wanted(column)
        ]
        return (table, self._random.choice(columns)) if columns else (None, None)

    def _add_column(self) -> list[str]:
        table = self._table()
        if table is None:
            return []
        column = self._schema.random_column(table)
        if column.not_null and not column.default:
            column.not_null = False
        return [f"alter table {table.sql} add column {column.definition}"]

    def _drop_column(self) -> list[str]:
        table, column = self._column()
        if column is None or len(table.columns) < 3:
            return []
        table.columns.remove(column)
        return [f"alter table {table.sql} drop column {column.sql}"]

    def _rename_column(self) -> list[str]:
        table, column = self._column()
        if column is None:
            return []
        old = column.sql
        column.name = table.free_name(self._random)
        return [f"alter table {table.sql} rename column {old} to {column.sql}"]

    def _change_type(self) -> list[str]:
        table, column = self._column(lambda c: c.kind.sql in _CONVERSIONS and not c.default)
        if column is None:
            return []
        kind = _kind(self._random.choice(_CONVERSIONS[column.kind.sql]))
        if column.not_null and kind.stops_if_required(self._schema.options):
            return []
        using = "{column}::" + kind.sql
        using = _EXPRESSIONS.get(kind.sql, using).format(column=column.sql)
        column.kind = kind
        return [f"alter table {table.sql} alter {column.sql} type {kind.sql} using {using}"]

    def _set_default(self) -> list[str]:
        table, column = self._column(lambda c: bool(c.kind.defaults))
        if column is None:
            return []
        default = self._random.choice(column.kind.defaults)
        if default in NO_DEFAULTS and column.not_null:
            return []
        column.default = default
        return [f"alter table {table.sql} alter {column.sql} set default {default}"]

    def _drop_default(self) -> list[str]:
        table, column = self._column(lambda c: bool(c.default))
        if column is None:
            return []
        column.default = ""
        return [f"alter table {table.sql} alter {column.sql} drop default"]

    def _drop_not_null(self) -> list[str]:
        table, column = self._column(lambda c: c.not_null)
        if column is None or column in table.key:
            return []
        column.not_null = False
        return [f"alter table {table.sql} alter {column.sql} drop not null"]

    def _add_label(self) -> list[str]:
        name, labels = self._random.choice(list(self._schema.enums.items()))
        label = f"new {len(labels)}"
        place = self._random.choice(("", f" before {quoted(labels[0])}"))
        labels.append(label)
        for kind in [kind for kind in self._schema.kinds if kind.sql == identifier(name)]:
            self._with_label(kind, label)
        return [f"alter type {identifier(name)} add value {quoted(label)}{place}"]

    def _with_label(self, kind: Kind, label: str) -> None:
        grown = replace(kind, values=(*kind.values, label))
        self._schema.kinds = [grown if each is kind else each for each in self._schema.kinds]
        for table in self._schema.tables:
            for column in table.columns:
                if column.kind is kind:
                    column.kind = grown

    def _change_identity(self) -> list[str]:
        table = self._table()
        if table is None or table.identity == "index":
            return []
        had = table.identity
        statements = self._schema.choose_identity(table)
        if not statements and had != "default":
            return [f"alter table {table.sql} replica identity default"]
        return statements

    def _rename_table(self) -> list[str]:
        table = self._table()
        if table is None:
            return []
        old = table.sql
        table.name = f"renamed {self._random.randint(0, 10**6)}"
        return [f"alter table {old} rename to {table.sql}"]

    def _create_table(self) -> list[str]:
        return self._schema.add_table() if len(self._schema.tables) < 6 else []

    def _drop_table(self) -> list[str]:
        table = self._table()
        if table is None or len(self._schema.tables) < 3:
            return []
        self._schema.tables.remove(table)
        return [f"drop table {table.sql}"]

    def _drop_key(self) -> list[str]:
        table = self._table()
        if table is None or not table.key or table.key_is_index or table.identity == "index":
            return []
        for column in table.key:
            column.is_unique = False
        table.key = []
        return [f"alter table {table.sql} drop constraint {table.key_name}"]

    def _add_key(self) -> list[str]:
        table = self._table()
        if table is None or table.key or table.has_child:
            return []
        column = Column("", _kind("bigint"), not_null=True, is_unique=True)
        column.name = table.free_name(self._random, KEY_NAMES)
        column.generated = "generated by default as identity"
        table.columns.append(column)
        table.key, table.key_is_index = [column], False
        table.key_name = self._schema.new_name("key")
        return [
            f"alter table {table.sql} add column {column.definition},"
            f" add constraint {table.key_name} primary key ({column.sql})"
        ]

    def _rename_key(self) -> list[str]:
        table = self._table()
        if table is None or not table.key:
            return []
        column = self._random.choice(table.key)
        old = column.sql
        column.name = table.free_name(self._random, KEY_NAMES)
        return [f"alter table {table.sql} rename column {old} to {column.sql}"]

    def _set_not_null(self) -> list[str]:
        """Without an event: the reference would read NOT NULL for an earlier row as well."""
        table, column = self._column(
            lambda c: (
                not c.not_null
                and not c.kind.nullable
                and not c.kind.stops_if_required(self._schema.options)
                and c.default not in NO_DEFAULTS
            )
        )
        if column is None:
            return []
        column.not_null = True
        value = self._schema.value(table, column)
        return [
            f"alter table {table.sql} alter {column.sql} type {column.kind.sql}"
            f" using coalesce({column.sql}, {value.sql}), alter {column.sql} set not null"
        ]

    def _create_table_as(self) -> list[str]:
        """Its rows come with the transaction that makes it."""
        table = self._table()
        if table is None or len(self._schema.tables) > 5:
            return []
        columns = [replace(c, not_null=False, default="", generated="") for c in table.columns]
        columns = [replace(c, is_unique=False) for c in columns if not c.makes_itself]
        made = Table(self._schema.new_name("made"), columns)
        self._schema.tables.append(made)
        return [f"create table {made.sql} as select {_names(columns)} from {table.sql}"]

    def _identify_by_index(self) -> list[str]:
        table = self._table()
        if table is None or table.identity == "index":
            return []
        column = Column(self._schema.new_name("code"), Kind("bigserial"), not_null=True)
        column.is_unique = True
        table.columns.append(column)
        table.identity = "index"
        index = self._schema.new_name("code_index")
        return [
            f"alter table {table.sql} add column {column.definition}",
            f"create unique index {index} on {table.sql} ({column.sql})",
            f"alter table {table.sql} replica identity using index {index}",
        ]


def _names(columns: list[Column]) -> str:
    return ", ".join(column.sql for column in columns)


def _kind(sql: str) -> Kind:
    return next(kind for kind in KINDS if kind.sql == sql)
