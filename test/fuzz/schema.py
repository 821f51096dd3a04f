"""A random schema: user types, tables of several shapes, and what each of them allows."""

from dataclasses import dataclass, field, replace
from random import Random

from .kinds import KINDS, SERIALS, Kind, Options, always, array_of
from .values import NULL, Value, identifier, quoted, text_value

_COLUMN_NAMES = (
    "id", "a", "b", "c", "val", "Mixed", "order", "näme x", 'q"uote', "1st", "sel-ect", "a.b",
    "it's", "dollar$", "😀", "back\\slash", "op", "source", "before", "x" * 63, "__op",
    "a,c", "ŋ", "per%cent", "col_u0020", "colon:x", "{brace}", "tab\there",
)  # fmt: skip
# Not of keys: the rules of options.py are for them.
UNKEYED_NAMES = ("val", "op", "source", "before")
# A key with a quote in its name stops the reference's snapshot.
KEY_NAMES = tuple(name for name in _COLUMN_NAMES if '"' not in name and name not in UNKEYED_NAMES)
_TABLE_NAMES = (
    "orders", "Täble $1", "UPPER", "with space", "emoji😀", "dash-ed", "select", "t" * 63, "x",
    'q"t', "Ünï", "per%cent",
)  # fmt: skip
_LABELS = (
    "sad", "ok", "so-so", "it's", 'a"b', "😀", "x,y", "", "two words", "Ü", "NULL", "back\\slash",
)  # fmt: skip

# Share of partitioned tables. None until a snapshot has the rows of their roots.
_PARTITIONED = 0
# Of columns that may not be null: as values, the reference stops at them.
NO_DEFAULTS = ("null", "'NaN'")
_KEYS = ("one", "one", "one", "several", "serial", "identity", "index", "none")


@dataclass
class Column:
    name: str
    kind: Kind
    not_null: bool = False
    default: str = ""
    generated: str = ""  # the clause of a column that cannot be written
    is_unique: bool = False  # of a key: each value is a new one

    @property
    def sql(self) -> str:
        return identifier(self.name)

    @property
    def definition(self) -> str:
        words = [self.sql, self.kind.sql, self.generated]
        if self.default:
            words.append(f"default {self.default}")
        if self.not_null:
            words.append("not null")
        return " ".join(filter(None, words))

    @property
    def makes_itself(self) -> bool:
        return bool(self.generated) or self.kind.sql in SERIALS


@dataclass
class Table:
    name: str
    columns: list[Column]
    key: list[Column] = field(default_factory=list)  # in key order
    key_name: str = "the_key"
    key_is_index: bool = False
    identity: str = "default"
    partition_key: Column | None = None
    is_frozen: bool = False  # its definition stays as it is
    has_child: bool = False  # that inherits: its rows are rows of this table as well
    is_child: bool = False  # has its parent's key columns, but not the key

    @property
    def sql(self) -> str:
        return identifier(self.name)

    @property
    def can_change_rows(self) -> bool:
        has_primary_key = bool(self.key) and not self.key_is_index
        return self.identity in ("full", "index") or (
            self.identity == "default" and has_primary_key
        )

    @property
    def written(self) -> list[Column]:
        return [column for column in self.columns if not column.makes_itself]

    def free_name(self, random: Random, names: tuple[str, ...] = _COLUMN_NAMES) -> str:
        taken = {column.name.lower() for column in self.columns}
        return random.choice([name for name in names if name.lower() not in taken])


class Schema:
    """What exists now, and how to make more. `numbers` makes keys that were not there before."""

    def __init__(self, name: str, random: Random, options: Options):
        self.name = name
        self.random = random
        self.options = options
        self.tables: list[Table] = []
        self.enums: dict[str, list[str]] = {}
        self.kinds = list(KINDS)
        self._next_key = 0
        self._next_name = 0

    # -- making it

    def create(self) -> list[str]:
        statements = self.make_types()
        for _ in range(self.random.randint(1, 3)):
            statements += self.add_table()
        return statements

    def add_table(self) -> list[str]:
        taken = {table.name for table in self.tables}
        name = self.random.choice([name for name in _TABLE_NAMES if name not in taken])
        table = Table(name, [], key_name=self.new_name("key"))
        is_partitioned = self.random.random() < _PARTITIONED
        self._make_key(table, is_partitioned)
        for _ in range(self.random.choice((1, 2, 4, 6, 9, 12))):
            self.random_column(table)
        if not table.key_is_index:
            self.random.shuffle(table.columns)
        self._make_generated(table)
        identity = [] if is_partitioned else self._index_identity(table)
        self.tables.append(table)
        if is_partitioned:
            return self._partitioned(table)
        statements = [self._definition(table)]
        if table.key_is_index:
            statements += self._indexes(table)
        if self.random.random() < 0.1:
            statements += self._drop_one(table)
        statements += self._external(table)
        statements += identity or self.choose_identity(table)
        if self.random.random() < 0.1:
            statements += self._child(table)
        return statements

    def new_name(self, stem: str) -> str:
        """Of an index or a further table: a table may get the name that another one had before,
        whose indexes keep theirs."""
        self._next_name += 1
        return f"{stem}_{self._next_name}"

    def random_column(self, table: Table) -> Column:
        kind = self.random_kind()
        column = Column(table.free_name(self.random), kind)
        if kind.defaults and self.random.random() < 0.3:
            column.default = self.random.choice(kind.defaults)
        stops = kind.stops_if_required(self.options)
        if self.random.random() < 0.25 and not stops and column.default not in NO_DEFAULTS:
            column.not_null = True
        table.columns.append(column)
        return column

    def random_kind(self) -> Kind:
        kind = self.random.choice(self.kinds)
        if kind.is_in_arrays and self.random.random() < 0.2:
            return array_of(kind)
        return kind

    def choose_identity(self, table: Table) -> list[str]:
        choices = ["default", "default", "full"]
        if table.partition_key is None:
            choices.append("nothing")
        table.identity = self.random.choice(choices)
        if table.identity == "default":
            return []
        return [f"alter table {table.sql} replica identity {table.identity}"]

    def make_types(self) -> list[str]:
        """No domain of an enum: the reference does not start in a database that has one."""
        random, statements = self.random, []
        labels = random.sample(_LABELS, random.randint(1, 5))
        name = random.choice(("mood", "Odd Mood"))
        self.enums[name] = labels
        listed = ", ".join(map(quoted, labels))
        statements.append(f"create type {identifier(name)} as enum ({listed})")
        enum = Kind(
            identifier(name), tuple(labels), defaults=(quoted(labels[0]),), element_is_required=True
        )
        pair = Kind("pair", ('(1,"x ü")', "(,)", '(-5,"a ""q"" \\\\ b")'))
        statements.append("create type pair as (a int, b text)")
        span = Kind("span", ("empty", "[1.5,2)"))
        statements.append("create type span as range (subtype = float8)")
        base = random.choice([kind for kind in KINDS if kind.sql not in ("hstore", "name")])
        if base.sql in ("timestamp", "timestamp(3)", "timestamp(0)"):
            base = KINDS[0]
        statements.append(f"create domain first as {base.sql}")
        statements.append("create domain second as first")
        domains = [
            replace(base, sql=name, defaults=(), large="", is_nested=False)
            for name in ("first", "second")
        ]
        statements.append("create type nest as (p pair, l text[])")
        nest = Kind("nest", ('("(1,x)","{a,NULL,""b c""}")', "(,)"))
        statements.append("create domain list as integer[]")
        numbers = Kind("list", ("{}", "{1,NULL,3}"), is_in_arrays=False, stops_if_required=always)
        statements.append("create domain checked as text default 'd' check (value <> 'no')")
        checked = replace(_kind("text"), sql="checked", defaults=(), large="")
        self.kinds += [enum, enum, enum, pair, span, nest, numbers, checked, *domains]
        return statements

    def _make_key(self, table: Table, is_partitioned: bool) -> None:
        choice = self.random.choice(_KEYS)
        if is_partitioned:
            choice = self.random.choice(("one", "none"))
        if choice in ("serial", "identity"):
            self._key_column(table, self._self_made(choice))
        elif choice != "none":
            for _ in range(self.random.randint(2, 3) if choice == "several" else 1):
                self._key_column(table, Column("", self._key_kind()))
            if choice == "index":
                table.key_is_index = True
                for column in table.key:
                    column.not_null = self.random.random() < 0.5
        if is_partitioned:
            column = Column(table.free_name(self.random), _kind("integer"), not_null=True)
            table.columns.append(column)
            table.partition_key = column
            if table.key:
                table.key.append(column)
        self.random.shuffle(table.key)

    def _self_made(self, choice: str) -> Column:
        if choice == "serial":
            return Column("", Kind(self.random.choice(SERIALS)))
        kind = _kind(self.random.choice(("smallint", "integer", "bigint")))
        return Column("", kind, generated="generated always as identity")

    def _key_column(self, table: Table, column: Column) -> None:
        column.name = table.free_name(self.random, KEY_NAMES)
        column.is_unique = True
        column.not_null = True
        table.columns.append(column)
        table.key.append(column)

    def _key_kind(self) -> Kind:
        kinds = [k for k in KINDS if k.fresh and not k.stops_if_required(self.options)]
        return self.random.choice(kinds)

    def _make_generated(self, table: Table) -> None:
        numbers = [c for c in table.columns if c.kind.sql == "integer" and not c.is_unique]
        if numbers and self.random.random() < 0.3 and table.partition_key is None:
            source = self.random.choice(numbers)
            clause = f"generated always as (nullif({source.sql}, 7) is null) stored"
            table.columns.append(Column(table.free_name(self.random), KINDS[0], generated=clause))
            table.is_frozen = True

    def _index_identity(self, table: Table) -> list[str]:
        if self.random.random() > 0.08:
            return []
        column = Column("code", self._key_kind(), not_null=True, is_unique=True)
        table.columns.append(column)
        table.identity = "index"
        index = self.new_name("code")
        return [
            f"create unique index {index} on {table.sql} (code)",
            f"alter table {table.sql} replica identity using index {index}",
        ]

    def _definition(self, table: Table, after: str = "") -> str:
        parts = [column.definition for column in table.columns]
        if table.key and not table.key_is_index:
            parts.append(f"constraint {table.key_name} primary key ({_names(table.key)})")
        return f"create table {table.sql} ({', '.join(parts)}){after}"

    def _indexes(self, table: Table) -> list[str]:
        return [
            f"create unique index {self.new_name('unique')} on {table.sql} ({_names(table.key)})"
        ]

    def _drop_one(self, table: Table) -> list[str]:
        return [
            f"alter table {table.sql} add column gone int",
            f"alter table {table.sql} drop column gone",
        ]

    def _external(self, table: Table) -> list[str]:
        changes = [f"alter {c.sql} set storage external" for c in table.columns if c.kind.large]
        return [f"alter table {table.sql} {', '.join(changes)}"] if changes else []

    def _partitioned(self, table: Table) -> list[str]:
        """Three leaves: of values, of the rest, and one with its columns in another order."""
        table.is_frozen = True
        table.identity = self.random.choice(("default", "full"))
        by = table.partition_key.sql
        stem = self.new_name(table.name[:50])
        leaves = [identifier(f"{stem}_{leaf}") for leaf in ("low", "turned", "rest")]
        turned = ", ".join(column.definition for column in reversed(table.columns))
        statements = [
            self._definition(table, f" partition by list ({by})"),
            f"create table {leaves[0]} partition of {table.sql} for values in (0, 1)",
            f"create table {leaves[1]} ({turned})",
            f"alter table {table.sql} attach partition {leaves[1]} for values in (2, 3)",
            f"create table {leaves[2]} partition of {table.sql} default",
        ]
        if table.identity != "default":
            statements += [f"alter table {name} replica identity full" for name in leaves]
        return statements

    def _child(self, parent: Table) -> list[str]:
        """A table that inherits; it has no key of its own, so its old rows have to be full."""
        parent.is_frozen = True
        if not parent.can_change_rows or any(column.generated for column in parent.columns):
            return []
        parent.has_child = True
        extra = Column("extra of child", _kind("text"))
        name = self.new_name(f"{parent.name[:50]}_child")
        child = Table(name, [*parent.columns, extra], parent.key, is_child=True)
        child.identity, child.key_is_index, child.is_frozen = "full", True, True
        self.tables.append(child)
        return [
            f"create table {child.sql} ({extra.definition}) inherits ({parent.sql})",
            f"alter table {child.sql} replica identity full",
        ]

    # -- filling it

    def value(
        self, table: Table, column: Column, *, is_streamed: bool = True, may_be_large: bool = False
    ) -> Value:
        random = self.random
        if column is table.partition_key:
            return text_value(str(random.randint(-1, 5)))
        is_nullable = not column.not_null
        if is_nullable and random.random() < 0.2:
            return NULL
        if column.is_unique:
            self._next_key += 1
            return text_value(column.kind.fresh(self._next_key))
        kind = column.kind
        if may_be_large and kind.large and (is_nullable or kind.large_if_required):
            if random.random() < 0.4:
                return Value(kind.large)
        return text_value(kind.text(random, is_nullable=is_nullable, is_streamed=is_streamed))


def _kind(sql: str) -> Kind:
    return next(kind for kind in KINDS if kind.sql == sql)


def _names(columns: list[Column]) -> str:
    return ", ".join(column.sql for column in columns)
