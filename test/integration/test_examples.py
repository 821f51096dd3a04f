"""Each example of test/examples ends with its own check: the copy equals the source.

The check must be able to fail: over an event that is lost, that came twice, or in another order.
"""

import pytest

from examples.check import CopyDiffers, require_equal
from examples.run import NAMES, run
from examples.transactions import Assembly, DeliveryBroken, Event

FIRST = [("a", 1), ("b", 2), ("a", 3)]  # topic and number of each event
SECOND = [("a", 1), ("a", 2)]


@pytest.mark.parametrize("name", NAMES)
def test_the_copy_equals_the_source_at_every_transaction_boundary(stack, tmp_path, name):
    assert "100 transactions, 0 lost" in run(stack, tmp_path, name, transactions=100)


class Delivery:
    """Two transactions as they should come; tests spoil them. Offsets count in each topic."""

    def __init__(self):
        self.events = [("first", *event) for event in FIRST]
        self.events += [("second", *event) for event in SECOND]
        self.ends = [("first", len(FIRST)), ("second", len(SECOND))]

    def assemble(self) -> list[list[int]]:
        assembly = Assembly()
        offsets = {"a": 0, "b": 0}
        complete = []
        for end in self.ends:
            assembly.end(*end)
        for transaction, topic, order in self.events:
            offsets[topic] += 1
            assembly.add(Event(topic, 0, offsets[topic], transaction, order, None, None))
            while (events := assembly.next_transaction()) is not None:
                complete.append([event.order for event in events])
        assembly.require_empty()
        return complete


@pytest.fixture
def delivery() -> Delivery:
    return Delivery()


def test_transactions_are_complete_in_the_order_of_their_ends(delivery):
    assert delivery.assemble() == [[1, 2, 3], [1, 2]]


def test_topics_may_be_read_at_different_times(delivery):
    delivery.events.sort(key=lambda event: event[1], reverse=True)
    assert delivery.assemble() == [[1, 2, 3], [1, 2]]


@pytest.mark.parametrize("index", range(len(FIRST + SECOND)))
def test_an_event_that_is_lost_is_found(delivery, index):
    del delivery.events[index]
    with pytest.raises(DeliveryBroken, match="is lost"):
        delivery.assemble()


@pytest.mark.parametrize("index", range(len(FIRST + SECOND)))
@pytest.mark.parametrize("later", (True, False), ids=("at the end", "at once"))
def test_an_event_that_came_twice_is_found(delivery, index, later):
    again = len(delivery.events) if later else index
    delivery.events.insert(again, delivery.events[index])
    with pytest.raises(DeliveryBroken, match="came twice"):
        delivery.assemble()


@pytest.mark.parametrize("one, other", [(0, 2), (2, 3), (3, 4), (0, 4)])
def test_another_order_within_a_partition_is_found(delivery, one, other):
    events = delivery.events
    events[one], events[other] = events[other], events[one]
    with pytest.raises(DeliveryBroken, match="came before"):
        delivery.assemble()


def test_an_end_that_is_lost_is_found(delivery):
    delivery.ends.pop()
    with pytest.raises(DeliveryBroken, match="the end of transaction second is lost"):
        delivery.assemble()


def test_an_end_that_came_twice_is_found(delivery):
    delivery.ends.append(delivery.ends[0])
    with pytest.raises(DeliveryBroken, match="the end of transaction first came twice"):
        delivery.assemble()


def test_a_transaction_more_than_were_awaited_is_found():
    assembly = Assembly()
    assembly.add(Event("a", 0, 1, "first", 1, None, None))
    assembly.end("first", 1)
    with pytest.raises(DeliveryBroken, match="transaction first is one more"):
        assembly.require_empty()


def test_an_event_more_than_the_end_counts_is_found(delivery):
    delivery.ends[0] = ("first", 2)
    with pytest.raises(DeliveryBroken, match="one more"):
        delivery.assemble()


def test_equal_databases_may_answer_in_another_order():
    require_equal(["(a)", "(b)", "(b)"], ["(b)", "(a)", "(b)"])


@pytest.mark.parametrize(
    "copy, problem",
    [
        pytest.param(["(a)", "(b)"], r"^lost: \(b\)$", id="a row lost"),
        pytest.param(["(a)", "(b)", "(b)", "(b)"], r"^too much: \(b\)$", id="a row twice"),
        pytest.param(["(a)", "(b)", "(c)"], r"lost: \(b\); too much: \(c\)", id="another row"),
    ],
)
def test_a_copy_that_differs_is_found(copy, problem):
    with pytest.raises(CopyDiffers, match=problem):
        require_equal(["(a)", "(b)", "(b)"], copy)
