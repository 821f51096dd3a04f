"""Values as SQL and as COPY want them, and the words that are worth trying."""

from dataclasses import dataclass
from random import Random

WORDS = (
    "",
    " ",
    "a",
    "two words",
    "it's",
    'q"uote',
    "back\\slash",
    "line\nbreak",
    "tab\tcr\rbs\bff\f",
    "\x01\x1b\x1f\x7f",
    "ü",
    "😀 and 𝒳",
    "\u2028\u2029\ufeff",
    "<&>'/",
    "NULL",
    "null",
    "{}",
    "[1, 2]",
    "a,b;c",
    "%s $1 \\N \\.",
    "__debezium_unavailable_value",
    "trailing   ",
    "ŋ" * 40,
)


@dataclass(frozen=True)
class Value:
    """`copy` is None for what only an expression can make."""

    sql: str
    copy: str | None = None


NULL = Value("null", "\\N")


def text_value(text: str) -> Value:
    return Value(quoted(text), _copied(text))


def quoted(text: str) -> str:
    """A string constant on one line."""
    if not any(character < " " or character in "\\\x7f" for character in text):
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return "E'" + "".join(_ESCAPES.get(character, character) for character in escaped) + "'"


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_ESCAPES = {chr(code): f"\\x{code:02x}" for code in (*range(1, 32), 127)}
_COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _copied(text: str) -> str:
    return text.translate(_COPY_ESCAPES)


def word(random: Random) -> str:
    if random.random() < 0.6:
        return random.choice(WORDS)
    return "".join(random.choice("abcdefgh XYZ0189_-ÄÖß") for _ in range(random.randint(1, 12)))


def array_text(random: Random, elements: list[str | None]) -> str:
    return "{" + ",".join(map(_element, elements)) + "}"


def _element(text: str | None) -> str:
    if text is None:
        return "NULL"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
