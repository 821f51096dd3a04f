"""Finance: each payment is judged as it arrives, against the last minutes of its card.

Exactly once matters: a payment that came twice would be counted twice, and an alert raised for
nothing.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from ..example import Example
from ..materialised import Copy
from ..transactions import Event

CARDS = 15
COUNTRIES = ("DE", "FR", "US")
LIMIT = Decimal(1000)
LIMIT_WINDOW = timedelta(minutes=1)
TRAVEL_WINDOW = timedelta(minutes=10)
START = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


class Fraud(Example):
    tables = ("public.payments",)

    def __init__(self) -> None:
        self.now = START
        self.seen: dict[str, list[tuple[datetime, Decimal, str]]] = defaultdict(list)

    def seed(self, cursor) -> None:
        self.pay(cursor, "card-0", "10.00", "DE")

    def change(self, cursor, random: Random) -> None:
        for _ in range(random.randint(1, 3)):
            self.now += timedelta(seconds=random.randint(1, 20))
            self.pay(
                cursor,
                f"card-{random.randrange(CARDS)}",
                f"{random.randint(100, 90000) / 100:.2f}",
                random.choices(COUNTRIES, (8, 1, 1))[0],
            )

    def pay(self, cursor, card: str, amount: str, country: str) -> None:
        cursor.execute(
            "INSERT INTO payments (card, amount, country, paid_at) VALUES (%s, %s, %s, %s)",
            [card, amount, country, self.now],
        )

    def apply(self, copy: Copy, events: list[Event]) -> None:
        for event in events:
            payment = event.value["after"]
            for rule in self.judge(payment):
                key = {"payment": payment["id"], "rule": rule}
                copy.put("alerts", key, key)

    def judge(self, payment: dict) -> list[str]:
        paid_at = datetime.fromisoformat(payment["paid_at"])
        amount, country = Decimal(payment["amount"]), payment["country"]
        history = [
            one for one in self.seen[payment["card"]] if one[0] > paid_at - TRAVEL_WINDOW
        ]
        recent = sum(spent for at, spent, _ in history if at > paid_at - LIMIT_WINDOW)
        rules = ["amount"] if recent + amount > LIMIT else []
        if any(where != country for _, _, where in history):
            rules.append("country")
        self.seen[payment["card"]] = [*history, (paid_at, amount, country)]
        return rules


EXAMPLE = Fraud()
