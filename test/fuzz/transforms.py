"""The chains of transforms that both connectors get, one row each, and their predicates."""

from .kinds import Options

_FLAT = "io.debezium.transforms.ExtractNewRecordState"
_OUTBOX = "io.debezium.transforms.outbox.EventRouter"
_ROUTER = "org.apache.kafka.connect.transforms.RegexRouter"
_PLAIN_HEADERS = "org.apache.kafka.connect.storage.SimpleHeaderConverter"  # Outflow needs it here
_TOPIC = "org.apache.kafka.connect.transforms.predicates.TopicNameMatches"
_DELETE_MODES = ("tombstone", "drop", "rewrite", "rewrite-with-tombstone", "delete-to-tombstone")

# The topics of the tables that outbox.py fills; the rows of the harness's own table stay as they are.
OUTBOX_TABLE = "events"
_OUTBOX_TOPICS = rf".*[.-]r\d+[.-]{OUTBOX_TABLE}"


def is_outbox(options: Options) -> bool:
    return _OUTBOX in options.values()


def is_expanded(options: Options) -> bool:
    return any(name.endswith(".table.expand.json.payload") for name in options)


def _transform(alias: str, kind: str, **properties: str) -> Options:
    """An underscore stands for a dot."""
    named = {name.replace("_", "."): value for name, value in properties.items()}
    given = {"type": kind, **named}
    return {f"transforms.{alias}.{name}": value for name, value in given.items()}


def _where(alias: str, pattern: str, negate: str = "") -> Options:
    """The transform has only the topics that match."""
    return {
        f"transforms.{alias}.predicate": "topics",
        **({f"transforms.{alias}.negate": negate} if negate else {}),
        "predicates": "topics",
        "predicates.topics.type": _TOPIC,
        "predicates.topics.pattern": pattern,
    }


def _flat(mode: str, **properties: str) -> Options:
    properties["delete_tombstone_handling_mode"] = mode
    return {"transforms": "flat"} | _transform("flat", _FLAT, **properties)


def _routed(regex: str, replacement: str) -> Options:
    return {"transforms": "join"} | _transform(
        "join", _ROUTER, regex=regex, replacement=replacement
    )


def _outbox(**properties: str) -> Options:
    return (
        {"transforms": "outbox"}
        | _transform(
            "outbox", _OUTBOX, route_topic_replacement="{prefix}.${routedByValue}", **properties
        )
        | _where("outbox", _OUTBOX_TOPICS)
        | {"header.converter": _PLAIN_HEADERS}
    )


_JOIN = (r"(.*)([.-]r\d+[.-])(?:orders|x|UPPER)", "$1$2joined")

# No fields placed in an envelope: the reference names it after the first event of the connector.
TRANSFORMS = (
    *map(_flat, _DELETE_MODES),
    _flat("rewrite") | _where("flat", ".*e.*", negate="true"),
    _flat("rewrite", add_fields="op,table,schema:at", add_fields_prefix="at."),
    _flat("tombstone", add_headers="op,schema"),
    _routed(*_JOIN),
    _routed(*_JOIN) | _where("join", r".*[.-]r\d*[13579][.-].*"),
    _routed(*_JOIN) | _flat("rewrite-with-tombstone") | {"transforms": "join,flat"},
    _outbox(),
    _outbox(table_expand_json_payload="true"),
    _outbox(
        table_fields_additional_placement="type:header:eventType,note:header,version:header",
        table_field_additional_missing="ignore",
        route_tombstone_on_empty_payload="true",
    ),
    _outbox(
        table_expand_json_payload="true",
        table_json_payload_null_behavior="optional_bytes",
        table_field_event_key="id",
    ),
)  # fmt: skip
