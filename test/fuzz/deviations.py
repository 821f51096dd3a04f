"""Differences that are meant, made equal before the comparison: the fuzz's part of
extension/DEVIATIONS.md. What a seed can avoid is not generated at all."""

import re
from dataclasses import replace

from topics import Record

# The reference keeps the labels that an enum had when the connector started; the generator calls
# each later one `new N`.
_LATER_LABEL = re.compile(rb'("allowed":"(?:[^"\\]|\\.)*?)(?:,new \d+|new \d+,)')


def without_deviations(record: Record) -> Record:
    return replace(record, key=_plain(record.key), value=_plain(record.value))


def _plain(data: bytes | None) -> bytes | None:
    while data is not None:
        data, count = _LATER_LABEL.subn(rb"\1", data)
        if count == 0:
            break
    return data
