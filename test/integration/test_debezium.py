"""Each case of compare/cases runs through Outflow and through Debezium: the bytes must agree.

Not compared: the clock of the connector in the envelope, the run id, and where a snapshot was
taken. See compare/masks.py.
"""

from functools import cache

import pytest

from compare.case import Case, all_cases, option_sets
from compare.difference import first_difference
from compare.floats import FIRST_SHORTEST_JDK
from compare.run import Capture, Pair, run_pair
from stack.java import major_version, newest_jdk

CASES = [case for case in all_cases() if case.is_runnable]
LEFT_OUT = [case for case in all_cases() if not case.is_runnable]
RUNS = {name: [case for case in CASES if name in case.runs] for name in option_sets()}


@pytest.fixture(scope="session")
def pair_of(stack_with_connect, tmp_path_factory):
    """The connectors of one option set run once, at its first test, failed or not."""

    @cache
    def run(name: str) -> Pair | BaseException:
        directory = tmp_path_factory.mktemp(name)
        try:
            return run_pair(stack_with_connect, directory, RUNS[name], option_sets()[name])
        except Exception as error:
            return error

    def of(name: str) -> Pair:
        pair = run(name)
        if isinstance(pair, BaseException):
            raise pair
        return pair

    return of


def of_case(capture: Capture, pair: Pair, case: Case) -> Capture:
    prefix = pair.naming.part(pair.database.name)
    schema = pair.naming.part(case.name)
    extra = case.topics(prefix)
    return {
        (topic, partition): records
        for (topic, partition), records in capture.items()
        if topic.startswith(f"{prefix}.{schema}.") or topic in extra
    }


def of_no_case(capture: Capture, pair: Pair, cases: list[Case]) -> Capture:
    """What all cases share: the marks, transaction metadata, heartbeats."""
    of_cases = {place for case in cases for place in of_case(capture, pair, case)}
    return {place: records for place, records in capture.items() if place not in of_cases}


def compare(reference: Capture, ours: Capture) -> None:
    assert reference, "the reference wrote nothing"
    differences = []
    old_jdk = major_version(newest_jdk()) < FIRST_SHORTEST_JDK
    for topic, partition in sorted(reference.keys() | ours.keys()):
        place = (topic, partition)
        records = (reference.get(place, []), ours.get(place, []))
        if found := first_difference(*records, floats_as_numbers=old_jdk):
            differences.append(f"{topic} [{partition}] {found}")
    if differences:
        pytest.fail("\n".join(differences), pytrace=False)


@pytest.mark.parametrize(
    "run, case",
    [
        pytest.param(name, case, id=f"{name}-{case.name}")
        for name, cases in RUNS.items()
        for case in cases
    ],
)
def test_outflow_writes_the_bytes_that_debezium_writes(pair_of, run, case):
    pair = pair_of(run)
    compare(of_case(pair.debezium, pair, case), of_case(pair.outflow, pair, case))


@pytest.mark.parametrize("run", RUNS)
def test_outflow_writes_the_bytes_that_no_single_case_is_about(pair_of, run):
    pair = pair_of(run)
    shared = [of_no_case(side, pair, RUNS[run]) for side in (pair.debezium, pair.outflow)]
    compare(*shared)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in LEFT_OUT])
def test_the_server_has_what_the_case_needs(case):
    pytest.skip("needs " + ", ".join(case.needs))


@pytest.mark.parametrize("run", RUNS)
def test_outflow_writes_no_topic_that_debezium_does_not(pair_of, run):
    pair = pair_of(run)
    assert {topic for topic, _ in pair.outflow} == {topic for topic, _ in pair.debezium}
