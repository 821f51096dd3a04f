-- A copy has no foreign keys: its rows arrive table by table.
ALTER TABLE stock ADD FOREIGN KEY (sku) REFERENCES products;
ALTER TABLE orders ADD FOREIGN KEY (sku) REFERENCES products;
