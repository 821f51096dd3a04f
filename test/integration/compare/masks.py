"""What may differ between two readers of the same WAL; everything else must not."""

import json
import re

# The connector's own clock, when it built the record.
_ENVELOPE_TIMES = re.compile(
    rb'("op":"[crudt]","ts_ms":)\d+(,"ts_us":)\d+(,"ts_ns":)\d+(\}+)$'
)
_MESSAGE_TIME = re.compile(rb'("op":"m","ts_ms":)\d+(,"source":\{)')
# Each connector has a snapshot of its own.
_SNAPSHOT_SOURCE = re.compile(
    rb'("source":\{"version":"[^"]*","connector":"postgresql","name":"[^"]*","ts_ms":)\d+'
    rb'(,"snapshot":"[a-z_]+","db":"[^"]*","sequence":)"(?:[^"\\]|\\.)*"'
    rb'(,"ts_us":)\d+(,"ts_ns":)\d+'
    rb'(,"schema":"(?:[^"\\]|\\.)*","table":"(?:[^"\\]|\\.)*","txId":)\d+'
    rb'(,"lsn":)\d+'
)

# The same where a transform put it: names that say so, and what a snapshot's row says of its source.
_ADDED_CLOCK = re.compile(rb'("[^"]*clock_(?:ms|us|ns)":)\d+')
_ADDED_READ = re.compile(rb'"[^"]*op":"r"')
_ADDED_SOURCE = re.compile(
    rb'("[^"]*(?:source_ts_(?:ms|us|ns)|When|lsn|txId)":)\d+|("[^"]*sequence":)"(?:[^"\\]|\\.)*"'
)
_CLOCK_HEADER = re.compile(r".*clock_(?:ms|us|ns)")
_SOURCE_HEADER = re.compile(r".*(?:source_ts_(?:ms|us|ns)|lsn|txId|sequence)")
_READ_TEXTS = (b"r", b'"r"', b'{"schema":{"type":"string","optional":true},"payload":"r"}')
_NUMBER_OR_LIST = re.compile(rb"\d+|\[.*\]")
# Says nothing but when it was sent.
_HEARTBEAT = re.compile(rb'(\{"ts_ms":)\d+(\}+)\Z')
# Each reader asks for its own slot.
_XMIN = re.compile(rb'(,"xmin":)\d+')
# Each has random names in the reference, and with them a random place in the list.
_MESSAGE_COLLECTION = "LogicalDecodingMessage"


def mask_value(value: bytes | None) -> bytes | None:
    if value is None:
        return None
    if beat := _HEARTBEAT.search(value):
        return value[: beat.start()] + beat.expand(rb"\g<1>0\g<2>")
    value = _ENVELOPE_TIMES.sub(rb"\g<1>0\g<2>0\g<3>0\g<4>", value)
    value = _MESSAGE_TIME.sub(rb"\g<1>0\g<2>", value)
    value = _XMIN.sub(rb"\g<1>0", value)
    if b'"status":"END"' in value:
        value = _mask_message_collections(value)
    if b'"op":"r"' in value:
        value = _SNAPSHOT_SOURCE.sub(rb'\g<1>0\g<2>""\g<3>0\g<4>0\g<5>0\g<6>0', value)
    value = _ADDED_CLOCK.sub(rb"\g<1>0", value)
    if _ADDED_READ.search(value):
        value = _ADDED_SOURCE.sub(rb"\g<1>\g<2>0", value)
    return value


def _mask_message_collections(value: bytes) -> bytes:
    """Those of logical messages become one, at the end."""
    if _MESSAGE_COLLECTION.encode() not in value:
        return value
    record = json.loads(value)
    payload = record.get("payload", record)
    tables, messages = [], 0
    for collection in payload["data_collections"]:
        if _MESSAGE_COLLECTION in collection["data_collection"]:
            messages += collection["event_count"]
        else:
            tables.append(collection)
    payload["data_collections"] = [*tables, {"messages": messages}]
    return json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode()


def mask_headers(headers: tuple[tuple[str, bytes], ...]) -> list[tuple[str, bytes]]:
    read = any(name.endswith("op") and text in _READ_TEXTS for name, text in headers)
    return [(name, _mask_header(name, text, read)) for name, text in headers]


def _mask_header(name: str, text: bytes, read: bool) -> bytes:
    if name == "__debezium.context.runId":
        return b"(run)"
    if _CLOCK_HEADER.fullmatch(name) or (read and _SOURCE_HEADER.fullmatch(name)):
        return _NUMBER_OR_LIST.sub(b"0", text)
    return text
