"""The types of columns, one row each. Adding a type is adding a row.

What the reference cannot survive, or prints at random, is left out here (see README.md).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Callable

from .values import WORDS, array_text, word

Options = dict[str, str]


def _never(_: Options) -> bool:
    return False


def always(_: Options) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """A type of SQL with values in the server's text form.

    `fresh` makes the n-th of values that all differ, for keys. `nullable` are values that the
    reference prints as null under some option, so the column must allow that; `streamed` are those
    that it reads differently in a snapshot. `large` is an expression of some kilobytes.
    `stops_if_required` says under which options a NOT NULL column of the type stops the reference.
    """

    sql: str
    values: tuple[str, ...] = ()
    random: Callable[[Random], str] | None = None
    fresh: Callable[[int], str] | None = None
    defaults: tuple[str, ...] = ()
    nullable: tuple[str, ...] = ()
    streamed: tuple[str, ...] = ()
    large: str = ""
    large_if_required: bool = False
    is_in_arrays: bool = True
    is_nested: bool = False
    element_is_required: bool = False
    stops_if_required: Callable[[Options], bool] = _never

    def text(self, random: Random, *, is_nullable: bool, is_streamed: bool) -> str:
        choices = self.values
        if is_nullable and random.random() < 0.3:
            choices = self.nullable or choices
        if is_streamed and random.random() < 0.3:
            choices = self.streamed or choices
        if self.random and (not choices or random.random() < 0.5):
            return self.random(random)
        return random.choice(choices)


def _number(low: int, high: int) -> Callable[[Random], str]:
    return lambda random: str(random.choice((random.randint(-9, 9), random.randint(low, high))))


def _decimal(digits: int, scale: int) -> Callable[[Random], str]:
    def make(random: Random) -> str:
        unscaled = random.randint(0, 10 ** random.randint(1, digits) - 1)
        sign = random.choice(("", "-"))
        text = str(unscaled).rjust(scale + 1, "0")
        return sign + (f"{text[:-scale]}.{text[-scale:]}" if scale else text)

    return make


def _bits(low: int, high: int) -> Callable[[Random], str]:
    return lambda random: "".join(random.choice("01") for _ in range(random.randint(low, high)))


def _bytes(random: Random) -> str:
    return "\\x" + random.randbytes(random.randint(0, 20)).hex()


def _uuid(random: Random) -> str:
    text = f"{random.getrandbits(128):032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _moment(form: str, digits: int = 6) -> Callable[[Random], str]:
    def make(random: Random) -> str:
        moment = datetime(1902, 1, 1) + timedelta(seconds=random.randint(0, 6_000_000_000))
        fraction = f"{random.randint(0, 999_999):06}"[:digits]
        return moment.strftime(form) + (f".{fraction}" if digits else "")

    return make


def _zoned(make: Callable[[Random], str]) -> Callable[[Random], str]:
    return lambda random: make(random) + random.choice(("Z", "+02", "-11:30", "+05:45"))


def _day(number: int) -> str:
    return (datetime(1990, 1, 1) + timedelta(days=number)).strftime("%Y-%m-%d")


def _json(random: Random) -> str:
    number, text = random.randint(-5, 10**18), word(random).replace("\\", "\\\\")
    text = "".join(c if c >= " " else f"\\u{ord(c):04x}" for c in text.replace('"', '\\"'))
    return random.choice((f'{{"a" : {number}, "b":["{text}",null]}}', f'"{text}"', f"[{number}]"))


def _word(length: int) -> Callable[[Random], str]:
    return lambda random: word(random)[:length]


def _fit(length: int) -> tuple[str, ...]:
    return tuple(word[:length] for word in WORDS)


def _hstore(random: Random) -> str:
    def quote(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    pairs = []
    for number in range(random.randint(0, 20)):
        key = word(random) + str(number)
        pairs.append(quote(key) + "=>" + random.choice(("NULL", quote(word(random)))))
    return ", ".join(pairs)


def _path(random: Random) -> str:
    point = lambda: f"({random.uniform(-9, 9):.3g},{random.randint(-9, 9)})"  # noqa: E731
    return f"({point()},{point()},{point()})"


_INTEGER_DEFAULTS = ("7", "-5", "0", "(2 + 3)", "length('abc')", "'12'")
_TEXT_DEFAULTS = (
    "'dflt'", "''", "'it''s'", "'a' || 'b'", "upper('x')", "E'tab\\t\"q\"'", "'ünï😀'",
    "current_user", "null", "'NULL'",
)  # fmt: skip
_DATES = ("1970-01-01", "1969-12-31", "2024-02-29", "9999-12-31")
_OLD_DATES = (
    "0044-03-15 BC", "1582-10-10", "0001-01-01", "4713-01-01 BC", "5874897-12-31", "0001-12-31 BC",
    "0401-02-29 BC", "1500-02-28", "10000-01-01",
)  # fmt: skip
_TIMES = ("00:00", "24:00:00", "23:59:59.999999", "10:20:11.5", "12:00:00.000001")
_STAMPS = ("1970-01-01 00:00", "1969-12-31 23:59:59.999999", "2024-01-31 10:20:11.5")
_OLD_STAMPS = (
    "0044-03-15 12:00 BC", "1582-10-10 12:00:00.000001", "infinity", "-infinity",
    "294276-12-31 23:59:59.999999", "4713-01-01 00:00 BC", "21016-01-01 01:02:03.4",
    "0001-12-31 23:59:59.999999 BC", "10000-01-01 00:00:00.000001", "1677-09-21 00:12:43.145224",
    "2262-04-11 23:47:16.854776",
)  # fmt: skip
_STAMP_DEFAULTS = (
    "now()", "current_timestamp", "'2020-02-03 04:05:06.789'", "'1969-12-31'", "localtimestamp",
)  # fmt: skip
_BIG = "9" * 60


def _nanoseconds(options: Options) -> bool:
    return options.get("time.precision.mode") == "nanoseconds"


def _time(sql: str, digits: int) -> Kind:
    return Kind(
        sql, _TIMES, _moment("%H:%M:%S", digits),
        lambda n: f"{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}",
        ("'10:20:30.12'", "localtime", "current_time"),
    )  # fmt: skip


def _timestamp(sql: str, digits: int) -> Kind:
    return Kind(
        sql, _STAMPS, _moment("%Y-%m-%d %H:%M:%S", digits), lambda n: f"{_day(n)} 10:20:11",
        _STAMP_DEFAULTS, _OLD_STAMPS, stops_if_required=_nanoseconds,
    )  # fmt: skip


def _timestamptz(sql: str, digits: int) -> Kind:
    return Kind(
        sql, tuple(stamp + "Z" for stamp in _STAMPS), _zoned(_moment("%Y-%m-%d %H:%M:%S", digits)),
        lambda n: f"{_day(n)} 10:20:11Z", _STAMP_DEFAULTS, _OLD_STAMPS,
    )  # fmt: skip


def _range(sql: str, *values: str) -> Kind:
    return Kind(sql, ("empty", "(,)", *values))


# fmt: off
KINDS = (
    Kind("boolean", ("t", "f"), defaults=("true", "false", "(1 > 0)"), is_nested=True),
    Kind("smallint", ("0", "-32768", "32767"), _number(-32768, 32767), str, _INTEGER_DEFAULTS),
    Kind("integer", ("0", "-2147483648", "2147483647"), _number(-2**31, 2**31 - 1), str,
         _INTEGER_DEFAULTS,
         is_nested=True),
    Kind("bigint", ("0", str(-2**63), str(2**63 - 1)), _number(-2**63, 2**63 - 1), str,
         (*_INTEGER_DEFAULTS, "9223372036854775807"), is_nested=True),
    Kind("oid", ("0", "4294967295"), _number(1, 9), str, is_nested=True),
    Kind("real", ("0", "-0", "1.5", "3.4028235e38", "1e-45", "NaN", "Infinity", "0.1", "1e7",
         "0.001"),
         lambda random: str(random.uniform(-1e4, 1e4)), defaults=("1.5", "0", "'NaN'")),
    Kind("double precision", ("0", "-0", "1e23", "4.9e-324", "NaN", "-Infinity", "1e7", "0.001",
         "100"),
         lambda random: repr(random.uniform(-1e9, 1e9)), defaults=("1e7", "-0.5", "random()"),
         is_nested=True),
    Kind("numeric", ("0", "10.50", "1e10", "1e-20", "0.000", "-100", _BIG, "1." + _BIG),
         _decimal(40, 7), str,
         ("2.50", "0", "'NaN'"), ("NaN", "Infinity", "-Infinity"),
         large="repeat('7', 20000)::numeric",
         is_nested=True),
    Kind("numeric(6,2)", ("0", "-1.10", "9999.99", "0.01"), _decimal(6, 2), None,
         ("1.5", "0", "-7.25"), ("NaN",),
         is_nested=True),
    Kind("numeric(38,10)", ("0", "1e27", "-0.0000000001"), _decimal(38, 10), str, ("1",), ("NaN",)),
    Kind("numeric(9)", ("0", "-1", "999999999"), _decimal(9, 0), str, ("12",), ("NaN",)),
    Kind("numeric(1000,400)", ("0", "1e500", "-1e-400"), _decimal(500, 400), None, (), ("NaN",)),
    Kind("numeric(2,5)", ("0", "0.00099", "-0.00001"), None, None, ("0.0001",)),
    Kind("money", ("0", "1234.56", "-1.25", "92233720368547758.07", "-92233720368547758.08")),
    Kind("text", WORDS, word, lambda n: f"key {n} ü", _TEXT_DEFAULTS, large="repeat('t ü😀', 2500)",
         large_if_required=True),
    Kind("varchar", WORDS, word, lambda n: f"{n}\"q", _TEXT_DEFAULTS, large="repeat('v', 5000)",
         large_if_required=True),
    Kind("varchar(20)", _fit(20), _word(20), str, _TEXT_DEFAULTS),
    Kind("char(4)", _fit(4), _word(4), None, ("'ab'", "''")),
    Kind("char", _fit(1), _word(1), None, ("'x'",)),
    Kind('"char"', ("a", "", "~"), None, None, ("'c'",)),
    Kind("name", ("n", "a name", ""), None, None, ("'nm'",)),
    Kind("bit(1)", ("0", "1"), None, None, ("B'1'",)),
    Kind("bit(8)", ("00000000", "10000000"), _bits(8, 8), None, ("B'01010101'",)),
    Kind("bit(13)", ("0" * 13, "1" * 13), _bits(13, 13), lambda n: f"{n:013b}"),
    Kind("varbit", ("", "0", "1" * 65), _bits(0, 40), None, ("B'0101'",),
         large="repeat('10', 20000)::varbit"),
    Kind("varbit(5)", ("", "0", "11111"), _bits(0, 5)),
    Kind("bytea", ("\\x", "\\x00ff"), _bytes, lambda n: f"\\x{n:06x}", ("'\\x01'",),
         large="convert_to(repeat('b', 5000), 'UTF8')"),
    Kind("uuid", ("00000000-0000-0000-0000-000000000000",), _uuid, lambda n: f"{n:032x}",
         ("gen_random_uuid()", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'")),
    Kind("json", ("{}", "null", '{"k": 1.50}'), _json, None, ("'{\"a\": 1}'", "'[]'"),
         large="to_json(repeat('j', 5000))", large_if_required=True),
    Kind("jsonb", ("{}", "null", '{"b": 1, "a": 2}'), _json, None, ("'{}'", "'\"s\"'"),
         large="to_jsonb(repeat('j', 5000))", large_if_required=True),
    Kind("xml", ("<a/>", "<r a='1'>ü😀</r>", "text"), None, None, ("'<x/>'",), is_in_arrays=False),
    Kind("date", _DATES, _moment("%Y-%m-%d", 0), _day, ("current_date", "'2024-01-31'"),
         streamed=(*_OLD_DATES, "infinity", "-infinity"), is_nested=True),
    _time("time", 6), _time("time(3)", 3), _time("time(0)", 0),
    Kind("timetz", ("00:00+00", "24:00:00+00", "23:59:59.999999+15:59"),
         _zoned(_moment("%H:%M:%S"))),
    Kind("timetz(2)", ("10:20:30.12-12",), _zoned(_moment("%H:%M:%S", 2))),
    _timestamp("timestamp", 6), _timestamp("timestamp(3)", 3), _timestamp("timestamp(0)", 0),
    _timestamptz("timestamptz", 6), _timestamptz("timestamptz(3)", 3),
    _timestamptz("timestamptz(0)", 0),
    Kind("interval", ("0", "1 year 2 mons 3 days 04:05:06.78", "-1 day +01:00",
         "33 years 11 mons -17 days",
                      "-00:00:01.5", "00:00:00.29", "178000000 years", "100:00:00.000001"),
         defaults=("'1 day'", "'-1 mon 2 days 03:04:05.6'")),
    Kind("inet", ("10.0.0.1", "::1/64", "192.168.0.0/24"), None,
         lambda n: f"10.{n >> 8 & 255}.{n & 255}.1"),
    Kind("cidr", ("10.0.0.0/8", "2001:db8::/32")),
    Kind("macaddr", ("08:00:2b:01:02:03",), None,
         lambda n: f"08:00:2b:01:{n >> 8 & 255:02x}:{n & 255:02x}"),
    Kind("macaddr8", ("08:00:2b:01:02:03:04:05",)),
    _range("int4range", "[1,6)", "(,-1)"), _range("int8range", "[1,9223372036854775807)"),
    _range("numrange", "[1.50,2]", "(,1e3)"),
    _range("daterange", "[2024-01-01,2024-02-29]", "(,infinity)"),
    _range("tsrange", '["2024-01-31 10:20:11.5",)'),
    _range("tstzrange", '["2024-01-31 10:20:11.5+02",)'),
    Kind("int4multirange", ("{}", "{[1,3),[5,9)}")), Kind("nummultirange", ("{}", "{[1.5,2.5]}")),
    Kind("int8multirange", ("{}", "{(,)}")), Kind("datemultirange", ("{[2024-01-01,2024-02-29)}",)),
    Kind("tsmultirange", ('{["2024-01-31 10:20:11.5",)}',)),
    Kind("tstzmultirange", ('{["2024-01-31 10:20:11.5+02",)}',)),
    Kind("point", ("(0,0)", "(1.5,-2)", "(1e300,-1e-7)"), is_in_arrays=False),
    Kind("box", ("(3,4),(1,2)", "(0.1,1e20),(-1e-7,0)"), is_in_arrays=False),
    Kind("line", ("{1,2,3}", "{0.5,-1,1e10}")),
    Kind("lseg", ("[(0,0),(1.5,1)]",)), Kind("path", ("((0,0),(1,0.1))", "[(0,0),(1e7,1)]"), _path),
    Kind("polygon", ("((0,0),(1,0),(1,1))",), _path),
    Kind("circle", ("<(1,2),3>", "<(0.1,1e8),0>")),
    Kind("tsvector", ("", "'a':1 'b':2", "'it''s' 'x'")), Kind("tsquery", ("'a' & 'b'", "!'x'")),
    Kind("pg_lsn", ("0/0", "16/B3748", "FFFFFFFF/FFFFFFFF")), Kind("xid", ("5",)),
    Kind("xid8", ("99999999999",)),
    Kind("interval(3)", ("0", "1 mon 00:00:00.0006"), defaults=("'1 day'",)),
    Kind("interval year to month", ("0", "1 year 2 mons", "-5 mons")),
    Kind("int2vector", ("1 2 3", "0"), is_in_arrays=False),
    Kind("regproc", ("now",)), Kind("regnamespace", ("pg_catalog",)), Kind("lquery", ("*.a{1,3}",)),
    Kind("txid_snapshot", ("10:20:10,14",)), Kind("ean13", ("978-0-393-04002-9",)),
    Kind("tid", ("(1,2)",)), Kind("regclass", ("pg_class",)), Kind("regtype", ("integer",)),
    Kind("jsonpath", ("$.a[*]",)), Kind("pg_snapshot", ("10:20:10,14",)),
    Kind("hstore", ("", "a=>1", "b=>NULL, a=>2"), _hstore, large="hstore('k', repeat('h', 5000))"),
    Kind("ltree", ("", "Top.Science", "a_1.B"), None, lambda n: f"a.b{n}",
         large="(repeat('abcdefghi.', 400) || 'z')::ltree"),
    Kind("citext", WORDS, word, lambda n: f"Ci {n}", _TEXT_DEFAULTS, large="repeat('c', 5000)",
         large_if_required=True),
    Kind("isbn", ("039304002X",)), Kind("cube", ("(1,2)",)),
)
# fmt: on

EXTENSIONS = ("hstore", "ltree", "citext", "isn", "cube", "dblink")

# Their default makes the key.
SERIALS = ("smallserial", "serial", "bigserial")


# Arrays of other types become null as a whole when an element is null, and must not then.
_REQUIRED_ARRAYS = ("boolean", "integer", "bigint", "text", "double precision", "numeric(6,2)")


def array_of(kind: Kind) -> Kind:
    def make(random: Random) -> str:
        count = random.choice((0, 1, 1, 2, 3, 5))
        elements = [_element(random, kind) for _ in range(count)]
        if kind.is_nested and elements and random.random() < 0.15:
            return f"{{{array_text(random, elements)},{array_text(random, elements[::-1])}}}"
        if not kind.element_is_required and random.random() < 0.4:
            elements.insert(random.randint(0, len(elements)), None)
        return array_text(random, elements)

    large = ""
    if kind.values and kind.large:
        large = f"array[{kind.large}]"
    return replace(
        kind, sql=f"{kind.sql}[]", values=("{}",), random=make, fresh=None, defaults=("'{}'",),
        nullable=(), streamed=(), large=large, large_if_required=False,
        stops_if_required=_never if kind.sql in _REQUIRED_ARRAYS else always,
    )  # fmt: skip


def _element(random: Random, kind: Kind) -> str:
    return kind.text(random, is_nullable=False, is_streamed=True)
