"""A record as a line of a golden file: as `outflow run --sink stdout` prints it, without what
differs from run to run, and without what the line before it in the topic says already."""

import json
import re
from typing import Callable, Iterable

from compare.masks import mask_headers, mask_value
from topics import Record

# A schema or headers that are those of the record before it in the topic.
_AS_BEFORE = b'"as before"'

# Where in the WAL, and when. Strings in it may hold anything.
_SOURCE = re.compile(rb'"source":\{"version":(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}')
_PLACE = re.compile(rb'("(?:ts_ms|ts_us|ts_ns|txId|lsn)":)\d+')
_SEQUENCE = re.compile(rb'"sequence":(?:0|"(?:[^"\\]|\\.)*")')  # masks.py leaves 0

_decoder = json.JSONDecoder()


def read_line(line: str) -> Record:
    """What --sink stdout printed, with the very bytes of key and value."""
    parts: dict[str, str] = {}
    at = 1
    while line[at] != "}":
        at += line[at] == ","
        name, at = _decoder.raw_decode(line, at)
        _, end = _decoder.raw_decode(line, at + 1)
        parts[name] = line[at + 1 : end]
        at = end
    headers = json.loads(parts["headers"], object_pairs_hook=list) or []
    return Record(
        json.loads(parts["topic"]),
        0,
        0,
        _bytes(parts["key"]),
        _bytes(parts["value"]),
        tuple((name, value.encode()) for name, value in headers),
    )


def golden_lines(records: Iterable[Record]) -> list[bytes]:
    """By topic; the records of one in their order."""
    topics: dict[str, list[Record]] = {}
    for record in records:
        topics.setdefault(record.topic, []).append(record)
    return [line for topic in sorted(topics) for line in _lines_of_topic(topics[topic])]


def _lines_of_topic(records: list[Record]) -> Iterable[bytes]:
    last: dict[str, bytes] = {}

    def shortened(name: str, data: bytes) -> bytes:
        known = last.get(name) == data
        last[name] = data
        return _AS_BEFORE if known else data

    for record in records:
        headers = [
            (name, _string(value.decode())) for name, value in mask_headers(record.headers)
        ]
        yield _object(
            ("topic", _string(record.topic)),
            ("key", _without_schema(_part(record.key), "key", shortened)),
            ("headers", shortened("headers", _object(*headers))),
            ("value", _without_schema(_part(_masked(record.value)), "value", shortened)),
        )


def _masked(value: bytes | None) -> bytes | None:
    if value is None:
        return None
    return _SOURCE.sub(_masked_source, mask_value(value))


def _masked_source(match: re.Match[bytes]) -> bytes:
    return _SEQUENCE.sub(b'"sequence":""', _PLACE.sub(rb"\g<1>0", match[0]))


def _without_schema(data: bytes, name: str, shortened: Callable[[str, bytes], bytes]) -> bytes:
    begin = b'{"schema":'
    if not data.startswith(begin):
        return data
    text = data.decode()
    _, end = _decoder.raw_decode(text, len(begin))
    schema, rest = text[len(begin) : end].encode(), text[end:].encode()
    return begin + shortened(name, schema) + rest


def _object(*members: tuple[str, bytes]) -> bytes:
    return b"{" + b",".join(_string(name) + b":" + value for name, value in members) + b"}"


def _string(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()


def _part(data: bytes | None) -> bytes:
    return b"null" if data is None else data


def _bytes(text: str) -> bytes | None:
    return None if text == "null" else text.encode()
