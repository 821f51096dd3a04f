"""One round: a random schema, its first rows, and steps of changes, as a comparison case."""

from random import Random

from compare.case import Case

from .changes import Changes, script
from .definitions import Definitions
from .kinds import EXTENSIONS, Options
from .options import random_options
from .outbox import Outbox
from .schema import Schema
from .transforms import is_outbox

STEPS = 5
_TRANSACTIONS = (3, 8)


def options_of_group(seed: int, group: int) -> Options:
    """The first group of a seed has every default."""
    return random_options(Random(f"{seed}/options/{group}")) if group else {}


def make_round(seed: int, number: int, options: Options) -> Case:
    random = Random(f"{seed}/{number}")
    schema = Schema(f"r{number}", random, options)
    setup = [f"create extension if not exists {name} with schema public" for name in EXTENSIONS]
    setup += ["set client_min_messages = warning", *schema.create()]
    changes, definitions = Changes(schema, random), Definitions(schema, random)
    for table in list(schema.tables):
        for _ in range(random.randint(0, 2)):
            setup += changes.insert(table, is_streamed=False)
    outbox = Outbox(schema.name, random, options) if is_outbox(options) else None
    if outbox:
        setup += outbox.create()
    steps = []
    for step in range(STEPS):
        # The first message outside transactions would else have the connector's own start time.
        statements = definitions.some() if step else changes.insert()
        for _ in range(random.randint(*_TRANSACTIONS)):
            statements += changes.transaction()
            if outbox and random.random() < 0.5:
                statements += outbox.transaction()
        steps.append(script(statements))
    return Case(schema.name, (), (), (), script(setup), tuple(steps))
