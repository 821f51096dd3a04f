"""Health care: a research copy of patient records that never holds a name.

The names leave the hospital's database masked, the national number as a salted hash: the relay,
Kafka and the copy cannot tell what they were. Merged records change their key; a patient who
withdraws is erased here and there.
"""

from random import Random
from uuid import UUID

from ..example import Example

SALT = "research"
WARDS = ("A1", "A2", "B1", None)
CODES = ("pulse", "temperature", "glucose")


class Patients(Example):
    tables = ("public.patients", "public.observations")
    options = {
        "column.mask.with.8.chars": r"public\.patients\.name",
        f"column.mask.hash.v2.SHA-256.with.salt.{SALT}": r"public\.patients\.national_id",
    }

    def seed(self, cursor) -> None:
        seeded = Random(7)
        for _ in range(10):
            self.admit(cursor, seeded)

    def change(self, cursor, random: Random) -> None:
        actions = (self.admit, self.observe, self.move, self.merge, self.erase)
        random.choices(actions, (3, 6, 2, 1, 1))[0](cursor, random)

    def admit(self, cursor, random: Random) -> None:
        cursor.execute(
            "INSERT INTO patients VALUES (%s, %s, %s, date '1940-01-01' + %s, %s)",
            [
                str(UUID(int=random.getrandbits(128))),
                f"{random.randrange(10**10):010}",
                random.choice(("Ada Löwe", "Grace O'Hopper", "José Ñandú")),
                random.randrange(30_000),
                random.choice(WARDS),
            ],
        )

    def observe(self, cursor, random: Random) -> None:
        cursor.execute(
            "INSERT INTO observations (patient, number, code, value)"
            " SELECT id,"
            " (SELECT coalesce(max(number), 0) + 1 FROM observations WHERE patient = id),"
            " %s, %s FROM patients ORDER BY md5(id::text || %s) LIMIT 3",
            [random.choice(CODES), random.choice(("36.6", "72", None)), str(random.random())],
        )

    def move(self, cursor, random: Random) -> None:
        cursor.execute(
            "UPDATE patients SET ward = %s WHERE id = (SELECT min(id::text)::uuid FROM patients)",
            [random.choice(WARDS)],
        )

    def merge(self, cursor, random: Random) -> None:
        """The record gets a new number, and its observations with it."""
        new = str(UUID(int=random.getrandbits(128)))
        cursor.execute("SELECT max(id::text) FROM patients")
        (old,) = cursor.fetchone()
        cursor.execute("UPDATE patients SET id = %s WHERE id = %s", [new, old])
        cursor.execute("UPDATE observations SET patient = %s WHERE patient = %s", [new, old])

    def erase(self, cursor, random: Random) -> None:
        cursor.execute("SELECT min(id::text) FROM patients")
        (patient,) = cursor.fetchone()
        cursor.execute("DELETE FROM observations WHERE patient = %s", [patient])
        cursor.execute("DELETE FROM patients WHERE id = %s", [patient])


EXAMPLE = Patients()
