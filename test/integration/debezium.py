"""A real Debezium connector beside the relay on one database, under a prefix of its own."""

from database import Database


def beside(database: Database, **changes: object) -> dict[str, object]:
    """What the relay of `database` is configured with, for the connector: its own prefix, slot and
    publication. `changes` as for Database.relay_config."""
    converter = "org.apache.kafka.connect.json.JsonConverter"
    return database.relay_config(
        plugin__name="pgoutput",
        topic__prefix=f"{database.name}_ref",
        slot__name=f"{database.name}_ref",
        publication__name=f"{database.name}_ref",
        key__converter=converter,
        value__converter=converter,
        **changes,
    )
