"""Whether two databases say the same to one question.

An example's `check.sql` gives lines of text that must be equal in source and copy. While the source
goes on, only their fingerprint can be compared; at the end, line by line.
"""

from collections import Counter
from typing import Iterable

SHOWN = 3


class CopyDiffers(Exception):
    pass


def fingerprint(cursor, query: str) -> str:
    cursor.execute(
        "SELECT md5(coalesce(string_agg(line, E'\\n' ORDER BY line), ''))"
        f" FROM ({query}) AS lines(line)"
    )
    return cursor.fetchone()[0]


def lines(cursor, query: str) -> list[str]:
    cursor.execute(query)
    return [line for (line,) in cursor]


def require_equal(source: Iterable[str], copy: Iterable[str]) -> None:
    """Order does not matter, numbers do: a line that is there twice is not one."""
    wanted, found = Counter(source), Counter(copy)
    problems = [
        f"{what}: {line}"
        for what, surplus in (("lost", wanted - found), ("too much", found - wanted))
        for line in sorted(surplus.elements())
    ]
    if problems:
        shown = "; ".join(problems[:SHOWN])
        more = f"; {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise CopyDiffers(shown + more)
