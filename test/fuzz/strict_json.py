"""JSON as RFC 8259 has it: Python's reader takes NaN and repeated names otherwise."""

import json
from typing import Any


def parse(data: bytes, halves: bool = False) -> Any:
    """Raises ValueError. `halves` of surrogate pairs may be there, escaped: the reference cuts a text
    between them."""
    parsed = json.loads(
        data.decode("utf-8", "strict"), parse_constant=_refuse, object_pairs_hook=_distinct
    )
    if not halves:
        json.dumps(parsed, ensure_ascii=False).encode()
    return parsed


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError(f"a name is repeated: {[name for name, _ in pairs]}")
    return members
