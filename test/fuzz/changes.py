"""Random transactions on a schema, as SQL. Each method returns statements."""

from random import Random
from typing import Callable

from .schema import Column, Schema, Table
from .values import NULL, Value, quoted, word

Statements = list[str]

_SESSIONS = ("one", "two")


class Changes:
    def __init__(self, schema: Schema, random: Random):
        self._schema = schema
        self._random = random
        self._transactions: list[tuple[int, Callable[[], Statements]]] = [
            (6, self.change),
            (4, self._several),
            (2, self._savepoints),
            (1, self._rolled_back),
            (1, self._copy),
            (1, self._truncate),
            (1, self._message),
            (1, self._messages_inside),
            (1, self._sessions),
            (1, self._empty),
            (1, self._large_and_untouched),
            (1, self._on_conflict),
            (1, self._caught_error),
            (1, self._copied_rows),
            (1, self._every_row),
            (1, self._untold),
        ]

    def transaction(self) -> Statements:
        weights, makers = zip(*self._transactions)
        return self._random.choices(makers, weights)[0]()

    # -- single statements

    def insert(self, table: Table | None = None, *, is_streamed: bool = True) -> Statements:
        table = table or self._table()
        columns = self._some_written(table)
        if not columns:
            return [f"insert into {table.sql} default values"]
        rows = ", ".join(
            "(" + ", ".join(value.sql for value in self._row(table, columns, is_streamed)) + ")"
            for _ in range(self._random.choice((1, 1, 2, 4)))
        )
        return [f"insert into {table.sql} ({_names(columns)}) values {rows}"]

    def change(self) -> Statements:
        table = self._table()
        if not table.can_change_rows:
            return self.insert(table)
        return self._random.choice((self.insert, self._update, self._update, self._delete))(table)

    def _update(self, table: Table) -> Statements:
        columns = [column for column in table.columns if not column.generated]
        if not columns:
            return self.insert(table)
        chosen = self._random.sample(columns, min(len(columns), self._random.choice((1, 1, 2, 3))))
        settings, is_key_changed = [], False
        for column in chosen:
            if column.is_unique or column in table.key:
                if self._random.random() < 0.6:
                    continue
                is_key_changed = True
            value = self._new_value(table, column)
            settings.append(f"{column.sql} = {value.sql}")
        if not settings:
            column = chosen[0]
            settings = [f"{column.sql} = {column.sql}"]
        rows = 1 if is_key_changed else self._random.randint(1, 3)
        return [f"update {table.sql} set {', '.join(settings)} where {self._pick(table, rows)}"]

    def _delete(self, table: Table) -> Statements:
        if self._random.random() < 0.05:
            return [f"delete from {table.sql}"]
        return [f"delete from {table.sql} where {self._pick(table, self._random.randint(1, 2))}"]

    def _pick(self, table: Table, rows: int) -> str:
        """The same rows in each run, without knowing what is in the table."""
        offset = self._random.choice((0, 0, 0, 1, 2))
        return (
            f"(tableoid, ctid) in (select tableoid, ctid from {table.sql} picked"
            f' order by picked::text collate "C" limit {rows} offset {offset})'
        )

    # -- transactions

    def _several(self) -> Statements:
        return self._block([self.change() for _ in range(self._random.randint(2, 5))])

    def _savepoints(self) -> Statements:
        return self._block(
            [
                self.change(),
                ["savepoint s"],
                self.change(),
                ["rollback to s"] if self._random.random() < 0.6 else ["release s"],
                self.change(),
                ["savepoint t"],
                self.change(),
            ]
        )

    def _rolled_back(self) -> Statements:
        return self._block([self.change(), self.change()], "rollback")

    def _empty(self) -> Statements:
        return self._block([])

    def _copy(self) -> Statements:
        table = self._table()
        columns = self._some_written(table)
        if not columns:
            return self.insert(table)
        rows = [self._row(table, columns) for _ in range(self._random.randint(1, 6))]
        lines = ["\t".join(value.copy for value in row) for row in rows if _is_copied(row)]
        data = "".join(line + "\n" for line in lines)
        return [f"copy {table.sql} ({_names(columns)}) from stdin;\n{data}\\."]

    def _truncate(self) -> Statements:
        tables = self._random.sample(
            self._schema.tables, self._random.randint(1, len(self._schema.tables))
        )
        only = self._random.choice(("", "", "only "))
        how = self._random.choice(("", "", " restart identity", " cascade"))
        statement = f"truncate {', '.join(only + table.sql for table in tables)}{how}"
        return self._block([[statement], self.change()])

    def _message(self) -> Statements:
        prefix = self._schema.name + self._random.choice(("", ' "x"', " ü"))
        is_transactional = self._random.choice(("true", "false"))
        content = self._random.choice((quoted(word(self._random)), "'\\x00ff0a22'::bytea"))
        return [f"select pg_logical_emit_message({is_transactional}, {quoted(prefix)}, {content})"]

    def _messages_inside(self) -> Statements:
        end = self._random.choice(("commit", "commit", "rollback"))
        return self._block([self.change(), self._message(), self.change(), self._message()], end)

    def _large_and_untouched(self) -> Statements:
        """An update that leaves a large value where it is."""
        for table in self._schema.tables:
            if table.can_change_rows and any(column.kind.large for column in table.columns):
                columns = table.written
                row = [self._schema.value(table, c, may_be_large=True) for c in columns]
                values = ", ".join(value.sql for value in row)
                inserted = f"insert into {table.sql} ({_names(columns)}) values ({values})"
                return [inserted, *self._update(table), *self._update(table)]
        return self.change()

    def _on_conflict(self) -> Statements:
        """A row that is there already, once more."""
        table = self._table()
        others = [c for c in table.written if not c.is_unique and c not in table.key]
        if not table.key or table.is_child:
            return self.change()
        action = "do nothing"
        if others and table.can_change_rows and table.identity != "index":
            column = self._random.choice(others)
            value = self._schema.value(table, column)
            action = f"({_names(table.key)}) do update set {column.sql} = {value.sql}"
        columns = [c for c in table.columns if not c.generated or c.is_unique]
        return [
            f"insert into {table.sql} ({_names(columns)}) overriding system value"
            f" select {_names(columns)} from only {table.sql} picked"
            f' order by picked::text collate "C" limit 2'
            f" on conflict {action}"
        ]

    def _copied_rows(self) -> Statements:
        table = self._table()
        if any(column.is_unique for column in table.columns):
            return self.change()
        names = _names(table.written)
        rows = f'select {names} from {table.sql} picked order by picked::text collate "C" limit 5'
        return [f"insert into {table.sql} ({names}) {rows}"] if names else self.change()

    def _every_row(self) -> Statements:
        table = self._table()
        columns = [c for c in table.written if not c.is_unique and c not in table.key]
        if not table.can_change_rows or not columns:
            return self.change()
        column = self._random.choice(columns)
        value = self._new_value(table, column)
        return [f"update {table.sql} set {column.sql} = {value.sql}"]

    def _caught_error(self) -> Statements:
        """A subtransaction that ends inside of a function."""
        lost, kept = ("; ".join([*self.change(), *self.change()]) for _ in range(2))
        return [
            f"do $do$ begin begin {lost}; perform 1 / 0; exception when division_by_zero then"
            f" {kept}; end; end $do$"
        ]

    def _untold(self) -> Statements:
        """What writes, and is no change of a captured row."""
        table = self._table().sql
        return self._random.choice(
            (
                [f"vacuum full {table}"],
                [f"create temp table kept as select * from {table}", "drop table kept"],
                [
                    f"create materialized view seen as select * from {table}",
                    "refresh materialized view seen",
                    "drop materialized view seen",
                ],
                [f"create unlogged table passing as select * from {table}", "drop table passing"],
                self._block([[f"lock table {table}"], [f"select * from {table} for update"]]),
            )
        )

    def _sessions(self) -> Statements:
        """Transactions of two other sessions, open at the same time; rows of tables that are not
        shared may be updated, any table gets new ones."""
        tables = self._schema.tables
        half = len(tables) // 2
        own = {"one": tables[:half], "two": tables[half:]}
        todo = {name: self._session_statements(own[name]) for name in _SESSIONS}
        statements = []
        while any(todo.values()):
            name = self._random.choice([name for name in _SESSIONS if todo[name]])
            statement = todo[name].pop(0)
            statements.append(f"select dblink_exec('{name}', {quoted(statement)})")
            if self._random.random() < 0.2:
                statements += self.insert()
        return [*map(self._connect, _SESSIONS), *statements, *map(_disconnect, _SESSIONS)]

    def _session_statements(self, own: list[Table]) -> Statements:
        changing = [table for table in own if table.can_change_rows and not table.has_child]
        statements = ["begin"]
        for _ in range(self._random.randint(2, 4)):
            if changing and self._random.random() < 0.5:
                statements += self._update(self._random.choice(changing))
            else:
                statements += self.insert()
        return [*statements, self._random.choice(("commit", "commit", "rollback"))]

    def _connect(self, session: str) -> str:
        settings = f"-csearch_path={self._schema.name},public -clock_timeout=5s"
        return (
            f"select dblink_connect('{session}', format('host=127.0.0.1 port=%s dbname=%s user=%s"
            f" options=''{settings}''', current_setting('port'), current_database(), current_user))"
        )

    # -- parts

    def _table(self) -> Table:
        return self._random.choice(self._schema.tables)

    def _some_written(self, table: Table) -> list[Column]:
        """Always those that must have a value."""
        return [
            column
            for column in table.written
            if column.is_unique
            or column in table.key
            or (column.not_null and not column.default)
            or self._random.random() < 0.75
        ]

    def _row(self, table: Table, columns: list[Column], is_streamed: bool = True) -> list[Value]:
        return [self._schema.value(table, column, is_streamed=is_streamed) for column in columns]

    def _new_value(self, table: Table, column: Column) -> Value:
        if column.default and self._random.random() < 0.2 and not column.is_unique:
            return Value("default")
        if column.makes_itself:
            return Value(f"{column.sql} + 1000")
        if not column.not_null and not column.is_unique and self._random.random() < 0.2:
            return NULL
        return self._schema.value(table, column, may_be_large=True)

    @staticmethod
    def _block(parts: list[Statements], end: str = "commit") -> Statements:
        return ["begin", *(statement for part in parts for statement in part), end]


def _is_copied(row: list[Value]) -> bool:
    return all(value.copy is not None for value in row)


def _disconnect(session: str) -> str:
    return f"select dblink_disconnect('{session}')"


def _names(columns: list[Column]) -> str:
    return ", ".join(column.sql for column in columns)


def script(statements: Statements) -> str:
    """COPY brings its own end."""
    return "".join(
        statement + ("\n" if statement.endswith("\\.") else ";\n") for statement in statements
    )
