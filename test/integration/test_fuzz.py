"""The random comparison of ../fuzz: a slice of it, and what makes it trustworthy."""

import pytest

from compare.run import run_pair
from fuzz import strict_json
from fuzz.judge import judge
from fuzz.options import OPTIONS
from fuzz.round import make_round, options_of_group

SEED, GROUP = 7, 1
ROUNDS = range(10)


def test_random_rounds_are_printed_as_debezium_prints_them(stack_with_connect, tmp_path):
    options = options_of_group(SEED, GROUP)
    cases = [make_round(SEED, number, options) for number in ROUNDS]
    pair = run_pair(stack_with_connect, tmp_path, cases, options)
    judgement = judge(pair, options)
    assert sum(judgement.events.values()) > 100
    if judgement.findings:
        shown = [f"round {finding.round}: {finding.text}" for finding in judgement.findings]
        pytest.fail(f"seed {SEED}, options {options}\n" + "\n".join(shown), pytrace=False)


def test_a_seed_always_makes_the_same_rounds():
    options = options_of_group(SEED, GROUP)
    assert options == options_of_group(SEED, GROUP)
    assert make_round(SEED, 3, options) == make_round(SEED, 3, options)
    assert make_round(SEED, 3, options) != make_round(SEED, 4, options)
    assert make_round(SEED, 3, options) != make_round(SEED + 1, 3, options)


def test_every_option_comes_up():
    drawn = [options_of_group(SEED, group) for group in range(1, 200)]
    names = {name for options in drawn for name in options}
    for option in OPTIONS:
        wanted = set().union(*(v if isinstance(v, dict) else {option.name} for v in option.values))
        assert wanted <= names


@pytest.mark.parametrize(
    "text",
    [
        b"NaN", b'{"a":1,"a":2}', b'"\xff"', b"{} {}", b'{"a":Infinity}', b'"\n"', b'"\\ud83d"',
        b'["\\ude00\\ud83d"]', b"",
    ],
)  # fmt: skip
def test_the_strict_parser_refuses(text):
    with pytest.raises(ValueError):
        strict_json.parse(text)


def test_the_strict_parser_takes_whole_pairs():
    assert strict_json.parse(b'"\\ud83d\\ude00"') == "\U0001f600"
    assert strict_json.parse(b'"\\ud83d"', halves=True) == "\ud83d"
