"""E-commerce: what one channel sells, all the others must see at once, or they sell it again."""

from random import Random

from ..example import Example

CHANNELS = ("shop", "web", "marketplace")
PRODUCTS = 20
FIRST_STOCK = 100


class Stock(Example):
    tables = ("public.products", "public.stock", "public.orders")

    def seed(self, cursor) -> None:
        cursor.execute(
            "INSERT INTO products SELECT 'sku-' || n, 'Product ' || n, n * 1.25"
            " FROM generate_series(1, %s) AS n",
            [PRODUCTS],
        )
        cursor.execute(
            "INSERT INTO stock SELECT sku, channel, %s FROM products, unnest(%s) AS channel",
            [FIRST_STOCK, list(CHANNELS)],
        )

    def change(self, cursor, random: Random) -> None:
        sku = f"sku-{random.randint(1, PRODUCTS)}"
        random.choices((self.sell, self.restock, self.reprice, self.cancel), (6, 2, 1, 1))[0](
            cursor, random, sku
        )

    def sell(self, cursor, random: Random, sku: str) -> None:
        """An order in one channel takes the goods out of all of them, or does not happen."""
        quantity = random.randint(1, 5)
        cursor.execute(
            "UPDATE stock SET available = available - %s WHERE sku = %s AND available >= %s",
            [quantity, sku, quantity],
        )
        if cursor.rowcount == len(CHANNELS):
            cursor.execute(
                "INSERT INTO orders (sku, channel, quantity) VALUES (%s, %s, %s)",
                [sku, random.choice(CHANNELS), quantity],
            )

    def restock(self, cursor, random: Random, sku: str) -> None:
        cursor.execute(
            "UPDATE stock SET available = available + %s WHERE sku = %s",
            [random.randint(10, 50), sku],
        )

    def reprice(self, cursor, random: Random, sku: str) -> None:
        cursor.execute(
            "UPDATE products SET price = %s WHERE sku = %s",
            [f"{random.randint(100, 9999) / 100:.2f}", sku],
        )

    def cancel(self, cursor, random: Random, sku: str) -> None:
        cursor.execute(
            "WITH gone AS (DELETE FROM orders WHERE id ="
            " (SELECT min(id) FROM orders WHERE sku = %s) RETURNING sku, quantity)"
            " UPDATE stock SET available = available + gone.quantity FROM gone"
            " WHERE stock.sku = gone.sku",
            [sku],
        )


EXAMPLE = Stock()
