SELECT ('product', p)::text FROM products AS p
UNION ALL
SELECT ('stock', s)::text FROM stock AS s
UNION ALL
SELECT ('order', id, sku, channel, quantity, placed_at)::text FROM orders
