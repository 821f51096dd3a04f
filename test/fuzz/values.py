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


# First and last of ranges that encoders treat apart; no surrogates.
_CHARACTERS = ((0x20, 0x7E), (0x80, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))


def word(random: Random) -> str:
    if random.random() < 0.6:
        return random.choice(WORDS)
    if random.random() < 0.3:
        places = random.choices(_CHARACTERS, k=random.randint(1, 8))
        return "".join(chr(random.randint(first, last)) for first, last in places)
    return "".join(random.choice("abcdefgh XYZ0189_-ÄÖß") for _ in range(random.randint(1, 12)))


def array_text(random: Random, elements: list[str | None]) -> str:
    return "{" + ",".join(map(_element, elements)) + "}"


def _element(text: str | None) -> str:
    if text is None:
        return "NULL"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
