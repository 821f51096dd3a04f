"""Text of floating-point numbers before JDK 19, which was not always the shortest: such numbers are
compared as numbers (the reference itself prints other bytes on a newer JDK)."""

import re
import struct

FIRST_SHORTEST_JDK = 19

_FLOAT = re.compile(rb'(?<=[:\[,])(-?\d+\.\d+(?:E-?\d+)?)(?=[,}\]])')
_FLOAT32_DIGITS = 9


def same_but_for_float_text(theirs: bytes, mine: bytes) -> bool:
    """Equal bytes around the numbers, and equal numbers."""
    left, right = _FLOAT.split(theirs), _FLOAT.split(mine)
    if len(left) != len(right):
        return False
    between = left[::2] == right[::2]
    return between and all(map(_same_number, left[1::2], right[1::2]))


def _same_number(theirs: bytes, mine: bytes) -> bool:
    if theirs == mine or float(theirs) == float(mine):
        return True
    both_short = max(map(_digits, (theirs, mine))) <= _FLOAT32_DIGITS
    return both_short and _float32(theirs) == _float32(mine)


def _digits(number: bytes) -> int:
    return len(number.split(b"E")[0].replace(b".", b"").strip(b"-0"))


def _float32(number: bytes) -> bytes:
    return struct.pack("f", float(number))
