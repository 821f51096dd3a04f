"""A copy of captured tables in another PostgreSQL database, kept with plain SQL.

An event's row is JSON, and PostgreSQL makes a row of it: `jsonb_populate_record`. That works for
every type whose JSON text is one of the type's own spellings, hence `decimal.handling.mode=string`
and `time.precision.mode=isostring` in `feed.py`.
"""

import json
from typing import Any

from psycopg2 import sql

from .transactions import Event


class Copy:
    """Table names and columns are those of the source; its tables are in the schema public."""

    def __init__(self, connection):
        self.connection = connection
        self.cursor = connection.cursor()

    def apply(self, event: Event) -> None:
        """Inserts, updates and snapshot reads put the row, deletes remove it."""
        if event.value["op"] == "d":
            self.delete(event.value["source"]["table"], event.key)
        else:
            self.put(event.value["source"]["table"], event.key, event.value["after"])

    def put(self, table: str, key: dict[str, Any], row: dict[str, Any]) -> None:
        statement = sql.SQL(
            "INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)"
            " ON CONFLICT ({key}) DO UPDATE SET ({columns}) = ROW({values})"
        ).format(
            table=sql.Identifier(table),
            key=_names(key),
            columns=_names(row),
            values=sql.SQL(", ").join(sql.Identifier("excluded", name) for name in row),
        )
        self.cursor.execute(statement, [json.dumps(row)])

    def delete(self, table: str, key: dict[str, Any]) -> None:
        statement = sql.SQL(
            "DELETE FROM {table} AS t USING jsonb_populate_record(NULL::{table}, %s) AS k"
            " WHERE ({columns}) = ({keys})"
        ).format(
            table=sql.Identifier(table),
            columns=sql.SQL(", ").join(sql.Identifier("t", name) for name in key),
            keys=sql.SQL(", ").join(sql.Identifier("k", name) for name in key),
        )
        self.cursor.execute(statement, [json.dumps(key)])


def _names(columns: dict[str, Any]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
