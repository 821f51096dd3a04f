"""The two tables of the demo: where they live and how a row of each is made up."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

from faker import Faker
from psycopg2.extras import Json

DDL_DIR = Path(__file__).resolve().parents[2] / "sql" / "demo"

# How a change is told as an event as well: not, with outflow.outbox_emit, with an outbox table.
OUTBOXES = ("none", "emit", "table")

# Rows are reproducible by number, so their times must not depend on the clock.
FIRST_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)
LAST_DAY = datetime(2026, 12, 31, tzinfo=timezone.utc)

CURRENCIES = ("EUR", "USD", "GBP", "JPY", "CHF", "BRL")
PAYMENT_METHODS = ("credit_card", "debit_card", "online_transfer", "wallet", "cash on delivery")
VOUCHERS = ("", "DISCOUNT10", "SOMMERGLÜCK", 'SAY "HI"', "半額クーポン")

Maker = Callable[[Faker], Any]


@dataclass(frozen=True)
class Variant:
    database: str
    table: str
    columns: dict[str, Maker]
    mutable: tuple[str, ...]

    def ddl(self, outbox: str = "none") -> str:
        """The table; with `outbox`, a trigger that tells its changes as events."""
        table = _read_ddl(self.database)
        if outbox == "none":
            return table
        return (
            f"{table}{_read_ddl(f'outbox_{outbox}')}"
            "CREATE OR REPLACE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE\n"
            f"ON {self.table} FOR EACH ROW EXECUTE FUNCTION tell_change();\n"
        )


def _read_ddl(name: str) -> str:
    return (DDL_DIR / f"{name}.sql").read_text(encoding="utf-8")


def moment(fake: Faker) -> datetime:
    span_us = int((LAST_DAY - FIRST_DAY).total_seconds()) * 1_000_000
    microseconds = fake.random.randrange(span_us)
    return datetime.fromtimestamp(
        FIRST_DAY.timestamp() + microseconds // 1_000_000, timezone.utc
    ).replace(microsecond=microseconds % 1_000_000)


def amount(fake: Faker) -> str:
    return f"{fake.random.randrange(1, 10_000_000) / 100:.2f}"


def random_uuid(fake: Faker) -> str:
    return str(uuid.UUID(int=fake.random.getrandbits(128), version=4))


def sometimes(make: Maker, chance: float) -> Maker:
    """NULL now and then: `make` with this chance, else None."""
    return lambda fake: make(fake) if fake.random.random() < chance else None


def one_of(values: tuple[str, ...]) -> Maker:
    return lambda fake: fake.random.choice(values)


def details(fake: Faker) -> Json:
    return Json(
        {"device": fake.user_agent(), "risk": fake.random.randrange(100), "tags": fake.words(nb=2)}
    )


COMMON: dict[str, Maker] = {
    "user_name": lambda fake: fake.name(),
    "amount": amount,
    "currency": one_of(CURRENCIES),
    "city": lambda fake: fake.city(),
    "country": lambda fake: fake.country(),
    "merchant": lambda fake: fake.company(),
    "payment_method": one_of(PAYMENT_METHODS),
    "ip_address": lambda fake: fake.ipv4(),
    "voucher": sometimes(one_of(VOUCHERS), 0.5),
}

VARIANTS = {
    "financial": Variant(
        database="financial_db",
        table="transactions",
        columns={
            "transaction_id": random_uuid,
            "timestamp": moment,
            **COMMON,
            "affiliate": sometimes(random_uuid, 0.3),
            "details": sometimes(details, 0.5),
        },
        mutable=("amount", "merchant", "payment_method", "voucher", "affiliate", "details"),
    ),
    "retail": Variant(
        database="retail_info_db",
        table="retail_transaction_info",
        columns={
            "transaction_id": random_uuid,
            "timestamp": lambda fake: moment(fake).replace(tzinfo=None),
            **COMMON,
            "affiliate": sometimes(lambda fake: fake.domain_name(), 0.3),
            "items": lambda fake: fake.random.randrange(1, 20),
            "is_gift": lambda fake: fake.random.random() < 0.1,
        },
        mutable=("amount", "city", "payment_method", "voucher", "items", "is_gift"),
    ),
}
